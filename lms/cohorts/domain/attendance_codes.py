"""Present with a code: staff show a few digits in the room, participants type them on their own page."""

import hmac
import secrets
import unicodedata
import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from wagtail.log_actions import log

from lms.cohorts.domain.attendance import record_arrival
from lms.cohorts.enums import AttendanceStatus, Means
from lms.cohorts.models import Attendance, AttendanceCode, CodeTries, Enrolment, Meeting
from lms.cohorts.queries.codes import open_codes_of
from lms.cohorts.queries.times import is_late, today_in

DIGITS = 4
ROTATES_EVERY = timedelta(minutes=1)
# Wrong codes that are borne within the wait: a guess finds one code in ten thousand.
MOST_WRONG = 5
WAIT = timedelta(minutes=10)


def open_code(*, meeting: Meeting, opened_by: Any, rotates: bool = False) -> AttendanceCode:
    """Open "present with a code" for a meeting; one that is open already stays as it is.

    Raises ValidationError (``other_day``) unless it is the day of the meeting in the village.
    """
    if today_in(meeting.cohort.village) != meeting.held_on:
        raise ValidationError(
            _("A code can be opened only on the day of the meeting. If it was moved, change its date first."),
            code="other_day",
        )
    try:
        with transaction.atomic():
            opened = AttendanceCode.objects.create(
                meeting=meeting, secret=secrets.token_hex(16), rotates=rotates, opened_by=opened_by
            )
            log(meeting.cohort, "cohorts.code_opened", user=opened_by, data={"meeting": str(meeting)})
    except IntegrityError:
        # A colleague was faster, or the button was pressed twice.
        return AttendanceCode.objects.get(meeting=meeting, closed_at=None)
    return opened


def close_code(*, meeting: Meeting, closed_by: Any) -> None:
    """Close it; nobody is marked by code from now on. Repeating changes nothing."""
    with transaction.atomic():
        closed = AttendanceCode.objects.filter(meeting=meeting, closed_at=None).update(
            closed_at=timezone.now(), closed_by=closed_by
        )
        if closed:
            log(meeting.cohort, "cohorts.code_closed", user=closed_by, data={"meeting": str(meeting)})


def digits_of(code: AttendanceCode, at: datetime) -> str:
    """The digits to show at a moment."""
    return _digits(code, _step(code, at))


def arrive_by_code(*, participant_id: uuid.UUID, typed: str) -> Attendance:
    """Mark the person present, or late, at the meeting whose code was typed. Returns how it stands then.

    Meetings of all trainings of the person are looked at. What was recorded before stays, also that the
    person was not there: the facilitator changes that. Raises ValidationError: ``not_open`` (no meeting of
    this person takes codes now), ``wrong``, ``too_many`` (with ``params["minutes"]``).
    """
    now = timezone.now()
    codes = open_codes_of(participant_id)
    if not codes:
        raise ValidationError(
            _("No meeting of yours takes a code at the moment. Tell the facilitator that you are here."),
            code="not_open",
        )
    digits = "".join(sign for sign in unicodedata.normalize("NFKC", typed) if sign.isdecimal())
    found = next((code for code in codes if digits in _accepted(code, now)), None)
    _count_try(participant_id, now, is_right=found is not None)
    if found is None:
        raise ValidationError(
            _("This is not the code on the screen. Look again and type its %(digits)d digits."),
            code="wrong",
            params={"digits": DIGITS},
        )
    meeting = found.meeting
    enrolment: Enrolment = Enrolment.objects.get(cohort=meeting.cohort_id, participant=participant_id)
    status = AttendanceStatus.LATE if is_late(meeting, now) else AttendanceStatus.PRESENT
    record_arrival(meeting=meeting, enrolment=enrolment, status=status, means=Means.CODE, at=now)
    known: Attendance = Attendance.objects.select_related("meeting").get(meeting=meeting, enrolment=enrolment)
    return known


def _accepted(code: AttendanceCode, now: datetime) -> Iterator[str]:
    """The code that is shown, and the one before it: typing takes a moment."""
    step = _step(code, now)
    yield _digits(code, step)
    if step:
        yield _digits(code, step - 1)


def _step(code: AttendanceCode, at: datetime) -> int:
    return int((at - code.opened_at) / ROTATES_EVERY) if code.rotates else 0


def _digits(code: AttendanceCode, step: int) -> str:
    made = hmac.digest(bytes.fromhex(code.secret), f"{code.pk}/{step}".encode(), "sha256")
    return f"{int.from_bytes(made[:8]) % 10**DIGITS:0{DIGITS}d}"


def _count_try(participant_id: uuid.UUID, now: datetime, *, is_right: bool) -> None:
    """Count before anything is answered, under a lock: parallel tries get no more than one after another.

    Durable on its own: the refusal that follows does not take the count back. Neither does a right code:
    it may be that of another meeting, typed between guesses.
    """
    with transaction.atomic():
        CodeTries.objects.bulk_create(
            [CodeTries(participant=participant_id, window_ends_at=now)], ignore_conflicts=True
        )
        tries = CodeTries.objects.select_for_update().get(pk=participant_id)
        if now >= tries.window_ends_at:
            tries.wrong, tries.window_ends_at = 0, now + WAIT
        if tries.wrong >= MOST_WRONG:
            minutes = -(-int((tries.window_ends_at - now).total_seconds()) // 60)
            raise ValidationError(
                ngettext_lazy(
                    "Too many wrong codes. Try again in %(minutes)d minute, or ask the facilitator.",
                    "Too many wrong codes. Try again in %(minutes)d minutes, or ask the facilitator.",
                    "minutes",
                ),
                code="too_many",
                params={"minutes": max(minutes, 1)},
            )
        tries.wrong += not is_right
        tries.save(update_fields=["wrong", "window_ends_at"])
