"""People at meetings: what browsers send, and the clock of a village."""

import datetime
from typing import Any
from zoneinfo import ZoneInfo

import time_machine

from lms.cohorts.models import Attendance, Cohort, Enrolment
from tests.factories import EnrolmentFactory, ParticipantFactory

DAY = datetime.date(2026, 6, 1)
WITA = ZoneInfo("Asia/Makassar")


def clock(hour: int, minute: int = 0, *, days: int = 0, zone: ZoneInfo = WITA) -> Any:
    """Let it be that time in the village, on the day of MeetingFactory or some days later."""
    day = DAY + datetime.timedelta(days=days)
    moment = datetime.datetime.combine(day, datetime.time(hour, minute), tzinfo=zone)
    return time_machine.travel(moment, tick=False)


def enrol_named(cohort: Cohort, *names: str, **fields: Any) -> list[Enrolment]:
    """A new person of each name in the training."""
    return [
        EnrolmentFactory(
            cohort=cohort,
            participant=ParticipantFactory(organisation=cohort.organisation, full_name=name, **fields),
        )
        for name in names
    ]


def ticks(form: Any, **chosen: str) -> dict[str, str]:
    """What the browser sends: what the screen began with, what was ticked there, and what is ticked now."""
    sent = {"seen": form.seen_now(), "means": "daftar"}
    for row in form.rows():
        answer = chosen.get(row.enrolment.participant.full_name, row.status)
        if answer:
            sent[f"e-{row.field}"] = answer
        if row.thumb:
            sent[f"t-{row.field}"] = "1"
    return sent


def statuses(cohort: Cohort) -> dict[str, str]:
    """By name, what is recorded at the meetings of a training."""
    rows = Attendance.objects.filter(meeting__cohort=cohort)
    return dict(rows.values_list("enrolment__participant__full_name", "status"))
