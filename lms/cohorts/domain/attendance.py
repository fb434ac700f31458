"""Write down who was at a meeting."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from lms.cohorts.domain.enrolling import hold_enrolments
from lms.cohorts.domain.moving import let_attend
from lms.cohorts.enums import AttendanceStatus, Means
from lms.cohorts.models import Attendance, AttendanceEvent, Cohort, Enrolment, Meeting
from lms.cohorts.queries.times import day_has_passed
from lms.cohorts.signals import attendance_recorded
from lms.cohorts.stages import Deed, allows

# What may be said of an attendance beside its status; what is not said stays as it is.
_DETAILS = ("means", "arrived_at", "thumbprint", "note")


def record_attendance(
    *,
    meeting: Meeting,
    enrolment: Enrolment,
    status: str,
    recorded_by: Any,
    means: str = "",
    reason: str = "",
    details: Mapping[str, Any] | None = None,
) -> Attendance:
    """Write down whether a person was at a meeting, and how that is known.

    Repeating it changes nothing and sends no news. ``means`` defaults to the tick list for a new record and
    for a new status. ``details`` may hold ``arrived_at`` (aware), ``thumbprint`` and ``note``.
    ``recorded_by`` is None if the person did it. Each change appends an AttendanceEvent. The first
    attendance of an open training starts it; after it was closed a ``reason`` is needed.

    Raises ValidationError: ``stage``, ``unknown_status``, ``unknown_means``, ``other_cohort``, and ``reason``
    if a status that was recorded is changed after the day of the meeting without saying why.
    """
    with transaction.atomic():
        let_attend(cohort=meeting.cohort, user=recorded_by, reason=reason)
        Enrolment.objects.select_for_update().get(pk=enrolment.pk)
        known = Attendance.objects.filter(meeting=meeting, enrolment=enrolment).first()
        known = known or Attendance()
        known.meeting, known.enrolment = meeting, enrolment
        return _record(known, status, recorded_by, means, reason, dict(details or {}))


def record_meeting(
    *,
    meeting: Meeting,
    statuses: Mapping[Enrolment, str],
    recorded_by: Any,
    means: str = "",
    reason: str = "",
    thumbprints: Mapping[Enrolment, bool] | None = None,
) -> int:
    """Write down the attendance of many people in one go, all or nothing. Returns how many were given.

    Raises ValidationError as ``record_attendance`` does.
    """
    if not statuses:
        return 0
    thumbs = thumbprints or {}
    with transaction.atomic():
        let_attend(cohort=meeting.cohort, user=recorded_by, reason=reason)
        # All of them before anything follows from the first: a certificate holds its organisation's numbers,
        # and who waits for a person then may meet somebody who holds that person and waits for a number.
        hold_enrolments(Enrolment.objects.filter(pk__in=[enrolment.pk for enrolment in statuses]))
        known = {row.enrolment_id: row for row in Attendance.objects.filter(meeting=meeting)}
        for enrolment, status in statuses.items():
            row = known.get(enrolment.pk) or Attendance()
            row.meeting, row.enrolment = meeting, enrolment
            details = {"thumbprint": thumbs[enrolment]} if enrolment in thumbs else {}
            _record(row, status, recorded_by, means, reason, details)
        log(
            meeting.cohort,
            "cohorts.attendance",
            user=recorded_by,
            data={"meeting": str(meeting), "people": len(statuses)}
            | {name: text for name, text in (("means", means), ("reason", reason)) if text},
        )
    return len(statuses)


def record_arrival(*, meeting: Meeting, enrolment: Enrolment, status: str, means: str, at: datetime) -> bool:
    """What the machine saw: somebody typed the code or signed in. Whether it was written down.

    It never changes what is known already: a machine does not overrule a facilitator, and who comes twice
    does not become late.
    """
    with transaction.atomic():
        held = Cohort.objects.select_for_update().get(pk=meeting.cohort_id)
        if not allows(held.state, Deed.ATTEND):
            return False
        Enrolment.objects.select_for_update().get(pk=enrolment.pk)
        if Attendance.objects.filter(meeting=meeting, enrolment=enrolment).exists():
            return False
        record_attendance(
            meeting=meeting,
            enrolment=enrolment,
            status=status,
            recorded_by=None,
            means=means,
            details={"arrived_at": at},
        )
    return True


def _record(
    attendance: Attendance, status: str, recorded_by: Any, means: str, reason: str, wanted: dict[str, Any]
) -> Attendance:
    """Within the caller's transaction and lock; ``attendance`` is what is known, or a new one."""
    _check(attendance, status, means)
    before = "" if attendance._state.adding else attendance.status
    if means or status != before:
        wanted["means"] = means or Means.LIST.value
    if before == status and all(getattr(attendance, name) == wanted[name] for name in wanted):
        return attendance
    if before and before != status and not reason.strip() and day_has_passed(attendance.meeting):
        raise ValidationError(
            _("The day of this meeting is over. Write why the attendance is corrected."),
            code="reason",
        )
    _write(attendance, status, wanted, recorded_by)
    _append_event(attendance, before, reason)
    if before != status:
        attendance_recorded.send(sender=Attendance, enrolment=attendance.enrolment)
    return attendance


def _check(attendance: Attendance, status: str, means: str) -> None:
    if status not in AttendanceStatus.values:
        raise ValidationError(_("Choose one of the answers for the attendance."), code="unknown_status")
    if means and means not in Means.values:
        raise ValidationError(_("Choose how the attendance is known."), code="unknown_means")
    if attendance.meeting.cohort_id != attendance.enrolment.cohort_id:
        raise ValidationError(_("This meeting belongs to another training."), code="other_cohort")


def _write(attendance: Attendance, status: str, wanted: Mapping[str, Any], recorded_by: Any) -> None:
    attendance.status = status
    for name in _DETAILS:
        if name in wanted:
            setattr(attendance, name, wanted[name])
    attendance.recorded_at = timezone.now()
    attendance.recorded_by = recorded_by
    attendance.save()


def _append_event(attendance: Attendance, before: str, reason: str) -> None:
    AttendanceEvent.objects.create(
        attendance=attendance,
        from_status=before,
        to_status=attendance.status,
        reason=reason.strip(),
        at=attendance.recorded_at,
        by=attendance.recorded_by,
        **{name: getattr(attendance, name) for name in _DETAILS},
    )
