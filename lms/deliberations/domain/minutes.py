"""What may be done with minutes: number and lock, replace by a version, keep the signed paper, discard."""

from collections.abc import Collection
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from lms.cohorts.models import Finding
from lms.deliberations.enums import MinutesKind, MinutesState
from lms.deliberations.models import AnsweredFinding, Minutes, Proposal, Scan, Signatory
from lms.deliberations.queries import final_in_year, numbers_taken
from lms.people.domain import clean_line
from lms.people.models import Organisation
from lms.uploads import CleanFile, shown_name

_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_IN_NUMBER = {
    MinutesKind.HAMLET: "BA-MUSDUS",
    MinutesKind.VILLAGE: "BA-MUSDES",
    MinutesKind.PLANNING: "BA-MUSRENBANG",
    MinutesKind.SPECIAL: "BA-MUSSUS",
}
# Without these a paper says nothing that could be signed.
_NEEDED = ("place", "chair", "note_taker", "results")
_OWN_TO_A_VERSION = {
    "id", "version", "state", "finalised_at", "finalised_by", "replaces", "change_reason", "superseded_at",
    "created_at", "created_by",
}  # fmt: skip


def today_in(minutes: Minutes) -> date:
    """The day as the calendar in the village shows it."""
    return timezone.localdate(timezone.now(), ZoneInfo(minutes.village.time_zone))


def suggested_number(minutes: Minutes) -> str:
    """``001/BA-MUSDUS/DS-LNN/VI/2018``: the next number of village and year that is not taken."""
    taken = numbers_taken(minutes.organisation_id)
    sequence = final_in_year(minutes) + 1
    kind, day = _IN_NUMBER[MinutesKind(minutes.kind)], minutes.held_on
    rest = f"{kind}/{minutes.organisation.short_code}/{_ROMAN[day.month - 1]}/{day.year}"
    while True:
        number = f"{sequence:03d}/{rest}"
        if number not in taken:
            return number
        sequence += 1


def finalise_minutes(*, minutes: Minutes, number: str, user: Any) -> Minutes:
    """Give minutes their number and lock them. A next version keeps the number of the first.

    Raises ValidationError: ``state`` if they are final already, ``future`` before the deliberation,
    ``incomplete`` while something is missing that a paper must say, ``number`` for a number that is missing
    or taken.
    """
    with transaction.atomic():
        held = _held(minutes)
        _must_be_draft(held)
        if held.held_on > today_in(held):
            raise ValidationError(
                _("The date is in the future. Minutes become final only after the deliberation."), "future"
            )
        _must_say_enough(held)
        number = held.number or clean_line(number)
        _must_be_free(held, number)
        now = timezone.now()
        held.number, held.state = number, MinutesState.FINAL
        held.finalised_at, held.finalised_by = now, user
        held.save(update_fields=["number", "state", "finalised_at", "finalised_by"])
        if held.replaces_id:
            Minutes.objects.filter(pk=held.replaces_id).update(superseded_at=now)
        log(held, "deliberations.finalised", user=user, data={"number": number, "version": held.version})
        return held


def new_version(*, minutes: Minutes, reason: str, user: Any) -> Minutes:
    """A draft with the same content, to become the next version. The old one holds until that is final.

    Gives back the draft if one was begun. Raises ValidationError: ``reason`` without one, ``state`` for a
    draft, ``superseded`` for a version that was replaced.
    """
    reason = clean_line(reason)
    if not reason:
        raise ValidationError(_("Write why the minutes must be changed."), "reason")
    reason_field: Any = Minutes._meta.get_field("change_reason")
    reason_field.run_validators(reason)
    with transaction.atomic():
        held = _held(minutes)
        if held.is_draft:
            raise ValidationError(_("This is a draft: change it as it is."), "state")
        if held.superseded_at is not None:
            raise ValidationError(_("A newer version of these minutes holds. Change that one."), "superseded")
        begun: Minutes | None = Minutes.objects.filter(replaces=held).first()
        if begun is not None:
            return begun
        draft = _copied(held, reason, user)
        log(held, "deliberations.versioned", user=user, data={"version": draft.version, "reason": reason})
        return draft


def keep_scan(*, minutes: Minutes, file: CleanFile, name: str, user: Any) -> Scan:
    """Keep a photo or PDF of the signed paper. Earlier ones stay. Raises ValidationError (``state``)."""
    with transaction.atomic():
        held = _held(minutes)
        if held.is_draft:
            raise ValidationError(
                _("Number the minutes first: only a paper that does not change any more is signed."),
                "state",
            )
        scan = Scan(minutes=held, content_type=file.content_type, name=shown_name(name), uploaded_by=user)
        scan.file.save(f"ba{file.suffix}", ContentFile(file.content), save=False)
        scan.save()
        if held.state != MinutesState.SIGNED:
            held.state = MinutesState.SIGNED
            held.save(update_fields=["state"])
        log(held, "deliberations.scan_kept", user=user, data={"scan": str(scan.pk)})
        return scan


def answer_findings(*, minutes: Minutes, findings: Collection[Finding]) -> None:
    """Say which findings of its own training a draft answers. Raises ValidationError (``state``)."""
    with transaction.atomic():
        held = _held(minutes)
        _must_be_draft(held)
        own = {each.pk for each in findings if each.cohort_id == held.cohort_id}
        AnsweredFinding.objects.filter(minutes=held).exclude(finding__in=own).delete()
        there = set(AnsweredFinding.objects.filter(minutes=held).values_list("finding_id", flat=True))
        AnsweredFinding.objects.bulk_create(
            AnsweredFinding(minutes=held, finding_id=finding) for finding in own - there
        )


def discard_draft(*, minutes: Minutes, user: Any) -> None:
    """Take away a draft that nobody numbered, with its rows. Raises ValidationError (``state``)."""
    with transaction.atomic():
        held = _held(minutes)
        _must_be_draft(held)
        log(held, "wagtail.delete", user=user, deleted=True)
        for model in (AnsweredFinding, Proposal, Signatory):
            model.objects.filter(minutes=held).delete()
        held.delete()


def _held(minutes: Minutes) -> Minutes:
    # One change of an organisation's minutes at a time: numbers are given one after the other.
    Organisation.objects.select_for_update().get(pk=minutes.organisation_id)
    held: Minutes = Minutes.objects.select_related("organisation", "village").get(pk=minutes.pk)
    return held


def _must_be_draft(held: Minutes) -> None:
    if not held.is_draft:
        raise ValidationError(
            _("These minutes are final and do not change any more. Start a new version."), "state"
        )


def _must_say_enough(held: Minutes) -> None:
    empty = [name for name in _NEEDED if not getattr(held, name).strip()]
    missing = [str(field.verbose_name) for field in Minutes._meta.concrete_fields if field.name in empty]
    if missing:
        raise ValidationError(
            _("Before the minutes become final, fill in: %(fields)s."),
            code="incomplete",
            params={"fields": ", ".join(missing)},
        )


def _must_be_free(held: Minutes, number: str) -> None:
    if not number:
        raise ValidationError(_("Write the number of the minutes."), "number")
    number_field: Any = Minutes._meta.get_field("number")
    number_field.run_validators(number)
    if held.replaces_id:
        return
    same = Minutes.objects.filter(organisation=held.organisation_id, number=number)
    if same.exclude(pk=held.pk).exists():
        raise ValidationError(_("Other minutes have this number. Write another one."), "number")


def _copied(held: Minutes, reason: str, user: Any) -> Minutes:
    facts = {
        each.name: getattr(held, each.name)
        for each in Minutes._meta.concrete_fields
        if each.name not in _OWN_TO_A_VERSION
    }
    draft: Minutes = Minutes.objects.create(
        **facts, version=held.version + 1, replaces=held, change_reason=reason, created_by=user
    )
    for model in (Proposal, Signatory):
        for row in model.objects.filter(minutes=held):
            row.pk, row.minutes = None, draft
            row.save()
    AnsweredFinding.objects.bulk_create(
        AnsweredFinding(minutes=draft, finding_id=finding)
        for finding in AnsweredFinding.objects.filter(minutes=held).values_list("finding_id", flat=True)
    )
    return draft
