"""What may be done on the findings board (*Papan Temuan*): post, support, put in order, close.

Nothing is lost on the board: a merged finding keeps its words, its supports and the actions that answer it.
Each verb also raises ValidationError (``stage``) where the state of the training does not allow it.
"""

import uuid
from collections.abc import Iterable, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from lms.cohorts.enums import FindingSource
from lms.cohorts.models import Cohort, Enrolment, Finding, FindingSupport
from lms.cohorts.registry import finding_answers
from lms.cohorts.stages import Deed, require_stage
from lms.uploads import CleanFile


def post_finding(
    *, enrolment: Enrolment, finding_id: uuid.UUID, fields: Mapping[str, Any], without_name: bool
) -> Finding:
    """Put a participant's finding on the board. The same form sent twice is kept once.

    ``without_name``: nothing is stored that leads to the person, not even the time of day; ``finding_id``
    must then be random. Raises ValidationError (``foreign``) if the id belongs to something else.
    """
    with transaction.atomic():
        cohort = _locked(enrolment.cohort_id, Deed.POST_FINDING)
        known = Finding.objects.filter(pk=finding_id).first()
        if known is not None:
            if known.cohort_id != cohort.pk or known.author_id not in (None, enrolment.pk):
                raise _foreign()
            return known
        now = timezone.now()
        return Finding.objects.create(
            pk=finding_id,
            cohort=cohort,
            source=FindingSource.APP,
            author=None if without_name else enrolment,
            created_at=_day_of(now, cohort) if without_name else now,
            **fields,
        )


def change_own_finding(*, enrolment: Enrolment, finding: Finding, fields: Mapping[str, Any]) -> Finding:
    """Let an author mend the own words while nobody relies on them. Raises ValidationError (``settled``)."""
    with transaction.atomic():
        _locked(enrolment.cohort_id, Deed.POST_FINDING)
        held = Finding.objects.get(pk=finding.pk)
        if held.author_id != enrolment.pk or is_settled(held, answers=finding_answers(enrolment.cohort)):
            raise ValidationError(
                _("Others already rely on this finding, so its words stay. Post another finding instead."),
                code="settled",
            )
        return _changed(held, fields)


def is_settled(finding: Finding, *, answers: Mapping[uuid.UUID, int]) -> bool:
    """Whether somebody relies on the words: it was closed, merged, supported, or an action answers it."""
    return (
        finding.closed_at is not None
        or finding.merged_into_id is not None
        or bool(answers.get(finding.pk))
        or FindingSupport.objects.filter(finding=finding).exists()
        or Finding.objects.filter(merged_into=finding).exists()
    )


def set_support(*, enrolment: Enrolment, finding: Finding, happens: bool) -> None:
    """Note that it also happens in the person's hamlet, or take that back. Repeating changes nothing.

    What was merged meanwhile counts for the finding that stayed. Raises ValidationError: ``closed``, ``own``.
    """
    with transaction.atomic():
        _locked(enrolment.cohort_id, Deed.POST_FINDING)
        held = Finding.objects.select_related("merged_into").get(pk=finding.pk)
        held = held.merged_into or held
        family = [held.pk, *Finding.objects.filter(merged_into=held).values_list("pk", flat=True)]
        if held.closed_at is not None:
            raise ValidationError(_("This finding is closed. Nothing changes on it any more."), code="closed")
        if held.author_id == enrolment.pk:
            raise ValidationError(_("This is your own finding; it counts already."), code="own")
        given = FindingSupport.objects.filter(finding__in=family, enrolment=enrolment)
        if not happens:
            given.delete()
        elif not given.exists():
            FindingSupport.objects.create(finding=held, enrolment=enrolment)


def add_card(
    *,
    cohort: Cohort,
    finding_id: uuid.UUID,
    fields: Mapping[str, Any],
    photo: CleanFile | None,
    user: Any,
) -> Finding:
    """Type a card of the flip chart, or what somebody said. The same form sent twice is kept once.

    Raises ValidationError (``foreign``) if the id belongs to another training.
    """
    with transaction.atomic():
        held = _locked(cohort.pk, Deed.KEEP_BOARD)
        known = Finding.objects.filter(pk=finding_id).first()
        if known is not None:
            if known.cohort_id != held.pk:
                raise _foreign()
            return known
        finding = Finding.objects.create(pk=finding_id, cohort=held, **fields)
        _attach(finding, photo)
        log(cohort, "cohorts.finding_added", user=user, data={"finding": finding.code})
    return finding


def edit_finding(
    *, finding: Finding, fields: Mapping[str, Any], photo: CleanFile | None, user: Any
) -> Finding:
    """Put words and order right; what stood there before goes to the log. An older photo is kept."""
    with transaction.atomic():
        held = _held(finding)
        before = {name: str(getattr(held, name) or "") for name in fields}
        if photo is not None:
            before["photo"] = held.photo.name or ""
        _changed(held, fields)
        _attach(held, photo)
        changed = {name: old for name, old in before.items() if old != str(getattr(held, name) or "")}
        if changed:
            data = {"finding": held.code, "before": changed}
            log(held.cohort, "cohorts.finding_changed", user=user, data=data)
    return held


def merge_findings(*, target: Finding, others: Iterable[Finding], user: Any) -> int:
    """Show these through ``target``, which says the same; those merged into them come along. How many.

    Raises ValidationError: ``itself``, ``other_cohort``, ``merged`` or ``closed`` (the target).
    """
    count = 0
    with transaction.atomic():
        held = _held(target)
        if held.merged_into_id is not None:
            raise ValidationError(_("This finding was merged itself. Choose the one that stayed."), "merged")
        if held.closed_at is not None:
            raise ValidationError(_("This finding is closed. Reopen it first, then merge."), "closed")
        for other in others:
            if other.pk == held.pk:
                raise ValidationError(_("A finding cannot be merged into itself."), "itself")
            if other.cohort_id != held.cohort_id:
                raise ValidationError(_("This finding belongs to another training."), "other_cohort")
            Finding.objects.filter(merged_into=other.pk).update(merged_into=held)
            moved = Finding.objects.filter(pk=other.pk).exclude(merged_into=held).update(merged_into=held)
            if moved:
                count += 1
                data = {"finding": other.code, "into": held.code}
                log(held.cohort, "cohorts.finding_merged", user=user, data=data)
    return count


def split_finding(*, finding: Finding, user: Any) -> None:
    """Let a merged finding stand by itself again. Repeating changes nothing."""
    with transaction.atomic():
        held = _held(finding)
        if held.merged_into_id is not None:
            _changed(held, {"merged_into": None})
            log(held.cohort, "cohorts.finding_split", user=user, data={"finding": held.code})


def close_finding(*, finding: Finding, user: Any) -> None:
    """Say that a finding is dealt with. Repeating changes nothing. Raises ValidationError (``merged``)."""
    with transaction.atomic():
        held = _held(finding)
        if held.merged_into_id is not None:
            raise ValidationError(_("This finding was merged. Close the one that stayed."), code="merged")
        if held.closed_at is None:
            _changed(held, {"closed_at": timezone.now(), "closed_by": user})
            log(held.cohort, "cohorts.finding_closed", user=user, data={"finding": held.code})


def reopen_finding(*, finding: Finding, user: Any) -> None:
    """Take a finding up again. Repeating changes nothing; the log keeps who closed it."""
    with transaction.atomic():
        held = _held(finding)
        if held.closed_at is not None:
            _changed(held, {"closed_at": None, "closed_by": None})
            log(held.cohort, "cohorts.finding_reopened", user=user, data={"finding": held.code})


def _locked(cohort_id: uuid.UUID, deed: Deed) -> Cohort:
    """The cohort, locked until the transaction ends: one change of a board at a time. Raises ``stage``."""
    held = Cohort.objects.select_for_update(of=("self",)).select_related("village")
    cohort: Cohort = held.get(pk=cohort_id)
    require_stage(cohort, deed)
    return cohort


def _held(finding: Finding) -> Finding:
    _locked(finding.cohort_id, Deed.KEEP_BOARD)
    return Finding.objects.select_related("cohort", "lesson").get(pk=finding.pk)


def _changed(finding: Finding, fields: Mapping[str, Any]) -> Finding:
    for name, value in fields.items():
        setattr(finding, name, value)
    finding.save(update_fields=list(fields))
    return finding


def _attach(finding: Finding, photo: CleanFile | None) -> None:
    if photo is not None:
        finding.photo.save(f"photo{photo.suffix}", ContentFile(photo.content), save=False)
        finding.save(update_fields=["photo"])


def _day_of(moment: Any, cohort: Cohort) -> Any:
    """The beginning of the village's day: a time of day could be laid beside a sign-in."""
    local = timezone.localtime(moment, ZoneInfo(cohort.village.time_zone))
    return local.replace(hour=0, minute=0, second=0, microsecond=0)


def _foreign() -> ValidationError:
    return ValidationError(_("Open the board again and write the finding anew."), code="foreign")
