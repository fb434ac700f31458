"""What the people of a training planned and did after it, as the follow-up app records it."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from lms.cohorts.models import Cohort
from lms.followup.enums import ActionStatus, PlanStatus
from lms.followup.models import Action


@dataclass(frozen=True, slots=True)
class Planned:
    """An action of a plan that was handed in and not set aside. ``done_on`` is the day of the first report
    that it is done, if it still is; ``stuck`` what its owner last said in the way of it, "" if nothing is."""

    owner: uuid.UUID
    title: str
    person_in_charge: str
    deadline: date
    status: str
    done_on: date | None
    stuck: str


@dataclass(frozen=True, slots=True)
class Afterwards:
    """``today`` is that of the village."""

    today: date
    actions: tuple[Planned, ...]


def afterwards_of(cohort: Cohort) -> Afterwards:
    """One query for any size."""
    zone = ZoneInfo(cohort.village.time_zone)
    fields = ("plan__enrolment_id", "title", "person_in_charge", "deadline", "status")
    reports = ("reports__status", "reports__reported_at", "reports__text")
    standing = Action.objects.filter(
        plan__enrolment__cohort=cohort, plan__status=PlanStatus.SUBMITTED, withdrawn_at=None
    )
    rows: dict[uuid.UUID, list[tuple[Any, ...]]] = {}
    ordered = standing.order_by("deadline", "created_at", "pk", "reports__reported_at", "reports__pk")
    for row in ordered.values_list("pk", *fields, *reports):
        rows.setdefault(row[0], []).append(row[1:])
    return Afterwards(
        today=timezone.localdate(timezone=zone),
        actions=tuple(_planned(of_action, zone) for of_action in rows.values()),
    )


def _planned(rows: list[tuple[Any, ...]], zone: ZoneInfo) -> Planned:
    owner, title, person_in_charge, deadline, status = rows[0][:5]
    reports = [row[5:] for row in rows if row[5] is not None]
    return Planned(
        owner=owner,
        title=title,
        person_in_charge=person_in_charge,
        deadline=deadline,
        status=status,
        done_on=_done_on(reports, zone) if status == ActionStatus.DONE else None,
        stuck=reports[-1][2] if reports and status == ActionStatus.STUCK else "",
    )


def _done_on(reports: Iterable[tuple[str, datetime, str]], zone: ZoneInfo) -> date | None:
    """The first report of the last stretch of reports that say done."""
    day = None
    for status, reported_at, _text in reports:
        if status != ActionStatus.DONE:
            day = None
        elif day is None:
            day = reported_at.astimezone(zone).date()
    return day
