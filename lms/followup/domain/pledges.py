"""Rules of pledges: written until signed, then kept; what is promised anew is a new version."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from lms.cohorts.domain import hold_enrolments
from lms.cohorts.models import Cohort, Enrolment
from lms.followup.enums import SignatureMeans
from lms.followup.models import Pledge, PledgeSheet, PledgeSuggestions
from lms.followup.models.pledges import LONGEST_PROMISE, MOST_PROMISES
from lms.followup.queries import newest_pledge, newest_pledges
from lms.learning.domain import review_completion
from lms.learning.enums import Mode
from lms.people.domain import clean_line
from lms.uploads import CleanFile


@dataclass(frozen=True, slots=True)
class Signature:
    """What several sheets have in common: the day and the witness, who need not have an account."""

    signed_on: date
    witness_name: str
    witness_role: str = ""


@dataclass(frozen=True, slots=True)
class Recorded:
    """How many signatures were recorded, how many photos were added to older ones, and how many were
    there before, by somebody else perhaps, and stay as they are."""

    signed: int
    with_photo: int
    already: int


def write_pledge(
    *, enrolment: Enrolment, promises: Sequence[str], scribe_name: str = "", entered_by: Any = None
) -> Pledge:
    """Write the pledge, or write it anew while it is not signed. ``entered_by`` is staff who type it.

    A signed pledge whose words only the paper has may be typed in by staff, once. Raises ValidationError:
    ``promises`` (none, too many, too long) or ``signed`` (it stays; ``renew_pledge`` makes a new version).
    """
    fields = _written(promises, scribe_name, entered_by)
    with transaction.atomic():
        hold_enrolments(Enrolment.objects.filter(pk=enrolment.pk))
        pledge = newest_pledge(enrolment)
        if pledge is None:
            pledge = Pledge(enrolment=enrolment)
        elif pledge.is_signed and (pledge.promises or entered_by is None):
            raise ValidationError(
                _("This pledge is signed and stays as it is. Write a new version and say why."), code="signed"
            )
        before = list(pledge.promises)
        for name, value in fields.items():
            setattr(pledge, name, value)
        pledge.save()
        if entered_by is not None:
            data = {"enrolment": str(enrolment.pk), "version": pledge.version, "before": before}
            log(enrolment.cohort, "followup.pledge_written", user=entered_by, data=data)
    return pledge


def renew_pledge(
    *,
    enrolment: Enrolment,
    promises: Sequence[str],
    reason: str,
    scribe_name: str = "",
    entered_by: Any = None,
) -> Pledge:
    """Promise anew after signing. The signed version holds until the new one is signed.

    Raises ValidationError: ``promises``, ``reason``, ``not_signed`` (an unsigned one is simply rewritten).
    """
    fields = _written(promises, scribe_name, entered_by)
    reason = clean_line(reason)[:300]
    if not reason:
        raise ValidationError(_("Say why the pledge changes."), code="reason")
    with transaction.atomic():
        hold_enrolments(Enrolment.objects.filter(pk=enrolment.pk))
        signed = newest_pledge(enrolment)
        if signed is None or not signed.is_signed:
            raise ValidationError(
                _("The pledge is not signed yet, so it can still be changed."), code="not_signed"
            )
        pledge = Pledge.objects.create(
            enrolment=enrolment, version=signed.version + 1, reason=reason, **fields
        )
        data = {"enrolment": str(enrolment.pk), "version": pledge.version, "reason": reason}
        log(enrolment.cohort, "followup.pledge_renewed", user=entered_by, data=data)
    return pledge


def record_signatures(
    *,
    cohort: Cohort,
    means: Mapping[Enrolment, str],
    signature: Signature,
    photo: CleanFile | None,
    user: Any,
) -> Recorded:
    """Write down who signed the sheet, all or nothing: one day, one witness, one photo for all of them.

    Who has written nothing here has signed what stands on paper. Who was recorded before stays as recorded;
    a photo is added where there was none. Raises ValidationError: ``day`` (in the future, or before the
    training), ``witness``, ``means``, ``other_cohort``.
    """
    _must_fit(cohort, means, signature)
    signed, photographed = [], 0
    with transaction.atomic():
        held = hold_enrolments(Enrolment.objects.filter(pk__in=[enrolment.pk for enrolment in means]))
        newest = newest_pledges(held)
        ways = {enrolment.pk: way for enrolment, way in means.items()}
        sheet = _sheet(cohort, photo, user) if photo is not None and _is_needed(held, newest) else None
        for enrolment in held:
            pledge = newest.get(enrolment.pk) or Pledge(enrolment=enrolment, mode=Mode.PAPER, entered_by=user)
            if not pledge.is_signed:
                _sign(pledge, signature, ways[enrolment.pk], sheet, user)
                signed.append(enrolment)
            elif sheet is not None and pledge.sheet_id is None:
                Pledge.objects.filter(pk=pledge.pk).update(sheet=sheet)
                photographed += 1
        if signed or photographed:
            data = {
                "enrolments": [str(enrolment.pk) for enrolment in signed],
                "people": len(signed),
                "photos_added": photographed,
                "signed_on": signature.signed_on.isoformat(),
            }
            log(cohort, "followup.pledges_signed", user=user, data=data)
        for enrolment in signed if cohort.require_pledge else []:
            review_completion(enrolment=enrolment)
    return Recorded(len(signed), photographed, len(held) - len(signed) - photographed)


def take_back_signature(*, pledge: Pledge, reason: str, user: Any) -> None:
    """Undo the record of a signature that was a mistake; the words can then be changed again.

    What followed from it, a completion or a certificate, stays. Raises ValidationError: ``reason``,
    ``not_signed``, ``later`` (a newer version is there already).
    """
    reason = clean_line(reason)[:300]
    if not reason:
        raise ValidationError(_("Say why the signature is taken back."), code="reason")
    with transaction.atomic():
        hold_enrolments(Enrolment.objects.filter(pk=pledge.enrolment_id))
        held = Pledge.objects.select_related("enrolment__cohort").get(pk=pledge.pk)
        if not held.is_signed or held.signed_on is None:
            raise ValidationError(_("There is no signature to take back."), code="not_signed")
        if Pledge.objects.filter(enrolment=held.enrolment_id, version__gt=held.version).exists():
            raise ValidationError(
                _("A newer version has been written, so this signature stays."), code="later"
            )
        data = {
            "enrolment": str(held.enrolment_id),
            "version": held.version,
            "reason": reason,
            "signed_on": held.signed_on.isoformat(),
            "means": held.means,
            "witness": held.witness_name,
            "sheet": str(held.sheet_id or ""),
        }
        held.signed_on, held.means, held.witness_name, held.witness_role = None, "", "", ""
        held.sheet = held.recorded_by = held.recorded_at = None
        held.save()
        log(held.enrolment.cohort, "followup.signature_taken_back", user=user, data=data)


def set_suggestions(*, cohort: Cohort, text: str, user: Any) -> None:
    """What this training suggests to promise, one sentence a line. Empty: the standard suggestions again.

    Raises ValidationError (``promises``) for a line that is too long.
    """
    lines = [line for line in (clean_line(line) for line in text.splitlines()) if line]
    _refuse_long(lines)
    with transaction.atomic():
        Cohort.objects.select_for_update().get(pk=cohort.pk)
        if lines:
            PledgeSuggestions.objects.update_or_create(cohort=cohort, defaults={"text": "\n".join(lines)})
        else:
            PledgeSuggestions.objects.filter(cohort=cohort).delete()
        log(cohort, "followup.suggestions_set", user=user, data={"lines": len(lines)})


def today_in(cohort: Cohort) -> date:
    """Today where the training takes place."""
    return timezone.localdate(timezone=ZoneInfo(cohort.village.time_zone))


def _written(promises: Sequence[str], scribe_name: str, entered_by: Any) -> dict[str, Any]:
    lines = list(dict.fromkeys(line for line in (clean_line(text) for text in promises) if line))
    if not lines:
        raise ValidationError(_("Choose or write at least one promise."), code="promises")
    if len(lines) > MOST_PROMISES:
        raise ValidationError(
            _("Promise at most %(most)d things: few that you keep are better than many."),
            code="promises",
            params={"most": MOST_PROMISES},
        )
    _refuse_long(lines)
    scribe = clean_line(scribe_name)[:120]
    mode = Mode.SCRIBE if scribe else Mode.SELF if entered_by is None else Mode.PAPER
    return {
        "promises": lines,
        "scribe_name": scribe,
        "mode": mode,
        "entered_by": entered_by,
        "written_at": timezone.now(),
    }


def _refuse_long(lines: Sequence[str]) -> None:
    if any(len(line) > LONGEST_PROMISE for line in lines):
        raise ValidationError(
            _("A promise has at most %(most)d letters. Make it shorter."),
            code="promises",
            params={"most": LONGEST_PROMISE},
        )


def _must_be_day_of(cohort: Cohort, day: date) -> None:
    if day > today_in(cohort):
        raise ValidationError(_("This day is in the future. Choose the day of the signature."), code="day")
    if day < cohort.starts_on:
        raise ValidationError(
            _("This day is before the training. Choose the day of the signature."), code="day"
        )


def _must_fit(cohort: Cohort, means: Mapping[Enrolment, str], signature: Signature) -> None:
    if not clean_line(signature.witness_name):
        raise ValidationError(_("Write the name of the witness."), code="witness")
    if not set(means.values()) <= set(SignatureMeans.values):
        raise ValidationError(_("Choose how the sheet was signed."), code="means")
    if any(enrolment.cohort_id != cohort.pk for enrolment in means):
        raise ValidationError(_("This person belongs to another training."), code="other_cohort")
    _must_be_day_of(cohort, signature.signed_on)


def _is_needed(held: Sequence[Enrolment], newest: Mapping[Any, Pledge]) -> bool:
    """Whether a photo would belong to anybody."""
    pledges = [newest.get(enrolment.pk) for enrolment in held]
    return any(pledge is None or pledge.sheet_id is None for pledge in pledges)


def _sign(pledge: Pledge, signature: Signature, way: str, sheet: PledgeSheet | None, user: Any) -> None:
    pledge.signed_on, pledge.means, pledge.sheet = signature.signed_on, way, sheet
    pledge.witness_name = clean_line(signature.witness_name)[:120]
    pledge.witness_role = clean_line(signature.witness_role)[:120]
    pledge.recorded_by, pledge.recorded_at = user, timezone.now()
    pledge.save()


def _sheet(cohort: Cohort, photo: CleanFile, user: Any) -> PledgeSheet:
    sheet = PledgeSheet(cohort=cohort, uploaded_by=user)
    sheet.photo.save(f"photo{photo.suffix}", ContentFile(photo.content), save=False)
    sheet.save()
    return sheet
