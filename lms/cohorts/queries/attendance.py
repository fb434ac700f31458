"""Who was at a meeting, how it is known, and how it came so."""

import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from lms.cohorts.enums import COUNTS_AS_PRESENT, AttendanceStatus, Means
from lms.cohorts.models import Attendance, AttendanceEvent, Cohort, Enrolment, Meeting, SignedSheet

# Nobody has said anything yet; stands where a status stands.
NOT_RECORDED = ""


@dataclass(frozen=True, slots=True)
class PersonThere:
    """One enrolled person, and what is known about one meeting."""

    enrolment: Enrolment
    attendance: Attendance | None

    @property
    def status(self) -> str:
        return self.attendance.status if self.attendance is not None else NOT_RECORDED


@dataclass(frozen=True, slots=True)
class Summary:
    """How many people have each answer, by how it is known, and how many were there."""

    statuses: tuple[tuple[Any, int], ...]
    means: tuple[tuple[Any, int], ...]
    present: int
    missing: int
    everybody: int


def people_of(meeting: Meeting, *, search: str = "") -> list[PersonThere]:
    """Everybody enrolled, by name, with what is known. Two queries, however many.

    ``search`` keeps those whose name, dusun or code holds each of its words.
    """
    enrolments = Enrolment.objects.filter(cohort=meeting.cohort_id).select_related("participant")
    for word in search.split():
        enrolments = enrolments.filter(
            Q(participant__full_name__icontains=word)
            | Q(participant__dusun__icontains=word)
            | Q(participant__code__iexact=word)
        )
    known = {
        row.enrolment_id: row
        for row in Attendance.objects.filter(meeting=meeting).select_related("recorded_by")
    }
    ordered = enrolments.order_by("participant__full_name", "participant__dusun", "pk")
    return [PersonThere(enrolment, known.get(enrolment.pk)) for enrolment in ordered]


def summary_of(people: Sequence[PersonThere]) -> Summary:
    """The numbers of a meeting; no query."""
    statuses = Counter(each.status for each in people)
    means = Counter(each.attendance.means for each in people if each.attendance is not None)
    return Summary(
        statuses=tuple((status, statuses[status]) for status in AttendanceStatus),
        means=tuple((each, means[each]) for each in Means if means[each]),
        present=sum(statuses[status] for status in COUNTS_AS_PRESENT),
        missing=statuses[NOT_RECORDED],
        everybody=len(people),
    )


def namesakes(people: Sequence[PersonThere]) -> set[uuid.UUID]:
    """Enrolments of people whose name somebody else of the list has too."""
    names = Counter(each.enrolment.participant.full_name.casefold() for each in people)
    return {
        each.enrolment.pk for each in people if names[each.enrolment.participant.full_name.casefold()] > 1
    }


def history_of(meeting: Meeting) -> QuerySet[AttendanceEvent]:
    """Every change at a meeting, the newest first."""
    events = AttendanceEvent.objects.filter(attendance__meeting=meeting)
    return events.select_related("attendance__enrolment__participant", "by").order_by("-at", "-id")


def sheets_of(meeting: Meeting) -> list[SignedSheet]:
    """The pages of the signed list that are there, in the order in which they came."""
    return list(SignedSheet.objects.filter(meeting=meeting, removed_at=None))


@dataclass(frozen=True, slots=True)
class PersonOverAll:
    """One person over all meetings of a training: status by meeting, and lesson hours (JP) attended."""

    enrolment: Enrolment
    statuses: tuple[str, ...]
    hours: int


@dataclass(frozen=True, slots=True)
class Matrix:
    """People by meetings of a training. ``planned``: lesson hours (JP) of all its meetings."""

    meetings: tuple[Meeting, ...]
    people: tuple[PersonOverAll, ...]
    planned: int


def matrix_of(cohort: Cohort) -> Matrix:
    """The attendance of everybody at everything. Three queries."""
    meetings = tuple(Meeting.objects.filter(cohort=cohort))
    rows = Attendance.objects.filter(meeting__cohort=cohort).values_list(
        "enrolment_id", "meeting_id", "status"
    )
    known = {(enrolment, meeting): status for enrolment, meeting, status in rows}
    enrolments = Enrolment.objects.filter(cohort=cohort).select_related("participant", "participant__village")
    people = []
    for enrolment in enrolments.order_by("participant__full_name", "participant__dusun", "pk"):
        statuses = tuple(known.get((enrolment.pk, meeting.pk), NOT_RECORDED) for meeting in meetings)
        hours = sum(
            meeting.lesson_hours
            for meeting, status in zip(meetings, statuses, strict=True)
            if status in COUNTS_AS_PRESENT
        )
        people.append(PersonOverAll(enrolment, statuses, hours))
    return Matrix(meetings, tuple(people), sum(meeting.lesson_hours for meeting in meetings))
