"""Which meetings take codes or sign-ins now, and what somebody's own page says about today."""

import datetime
import uuid
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from lms.cohorts.models import Attendance, AttendanceCode, Enrolment, Meeting, Station
from lms.cohorts.queries.times import today_in, window_of


def open_codes_of(participant_id: uuid.UUID) -> list[AttendanceCode]:
    """Open codes of the meetings of today in the trainings of a person. One query.

    A code that nobody closed is closed with the village's day.
    """
    codes = AttendanceCode.objects.filter(
        closed_at=None, meeting__cohort__enrolments__participant=participant_id
    ).select_related("meeting__cohort__village")
    return [code for code in codes if is_open(code)]


def is_open(code: AttendanceCode) -> bool:
    """Whether the code is taken now. Needs ``meeting.cohort.village``."""
    return code.closed_at is None and today_in(code.meeting.cohort.village) == code.meeting.held_on


def open_code_of(meeting: Meeting) -> AttendanceCode | None:
    """The code of a meeting that is taken now, or None."""
    code: AttendanceCode | None = AttendanceCode.objects.filter(meeting=meeting, closed_at=None).first()
    if code is None:
        return None
    code.meeting = meeting
    return code if is_open(code) else None


def meetings_signed_in_to(participant_id: uuid.UUID, device: str) -> list[tuple[Meeting, Enrolment]]:
    """Meetings that go on now, at which signing in on this device counts as present, each with the enrolment.

    ``device`` is the key of the device. One query if there is no such meeting.
    """
    now = timezone.now()
    near = [now.date() + datetime.timedelta(days=days) for days in (-1, 0, 1)]
    own = Enrolment.objects.filter(
        Q(cohort__meetings__held_on__in=near, cohort__meetings__sign_in_counts=True),
        participant=participant_id,
        cohort__in=Station.objects.filter(device__key=device, removed_at=None).values("cohort"),
    ).distinct()
    enrolments = {enrolment.cohort_id: enrolment for enrolment in own.order_by()}
    if not enrolments:
        return []
    meetings = Meeting.objects.filter(
        cohort__in=enrolments, held_on__in=near, sign_in_counts=True
    ).select_related("cohort__village")
    return [(meeting, enrolments[meeting.cohort_id]) for meeting in meetings if now in window_of(meeting)]


@dataclass(frozen=True, slots=True)
class OwnDay:
    """What a person's own page says about meetings of today. ``takes_code``: a code is open in one of the own
    trainings and nothing is known of the person there. ``recorded``: what is known of this training's."""

    takes_code: bool
    recorded: tuple[Attendance, ...]


def own_day(enrolment: Enrolment) -> OwnDay:
    """About today, for one person. Two queries."""
    village = enrolment.cohort.village
    codes = open_codes_of(enrolment.participant_id)
    of_today = Q(enrolment=enrolment, meeting__held_on=today_in(village))
    asked = Q(
        enrolment__participant=enrolment.participant_id, meeting__in=[code.meeting_id for code in codes]
    )
    rows = list(
        Attendance.objects.filter(of_today | asked)
        .select_related("meeting")
        .order_by("meeting__begins_at", "pk")
    )
    known = {row.meeting_id for row in rows}
    return OwnDay(
        takes_code=any(code.meeting_id not in known for code in codes),
        recorded=tuple(row for row in rows if row.enrolment_id == enrolment.pk),
    )
