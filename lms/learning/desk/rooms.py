"""All attempts of a training by occasion, in a number of queries that does not grow with the people."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet
from django.utils import timezone

from lms.cohorts.models import Cohort, Enrolment
from lms.learning.desk.states import State, state_of
from lms.learning.enums import Occasion
from lms.learning.models import AnswerEvent, Attempt
from lms.learning.queries.terms import Terms, terms_of_cohort

Place = tuple[str, int]  # occasion, assessment


@dataclass(frozen=True, slots=True)
class Row:
    """One attempt of one person, or that there is none yet (``attempt`` None)."""

    enrolment: Enrolment
    attempt: Attempt | None
    state: State
    answered: int = 0
    total: int = 0
    seconds_left: int | None = None

    @property
    def minutes_left(self) -> int | None:
        """Begun minutes, so that "0" is shown only when nothing is left."""
        return None if self.seconds_left is None else -(-self.seconds_left // 60)


@dataclass(frozen=True, slots=True)
class Room:
    """Everybody of a training on one occasion of one assessment."""

    terms: Terms
    rows: tuple[Row, ...]

    @property
    def occasion_label(self) -> Any:
        return Occasion(self.terms.occasion).label

    @property
    def counts(self) -> list[tuple[State, int]]:
        """How many attempts are in each state, those that occur only."""
        counted = Counter(row.state for row in self.rows)
        return [(state, counted[state]) for state in State if counted[state]]

    @property
    def open_rows(self) -> list[Row]:
        return [row for row in self.rows if row.attempt is not None and row.state in _OPEN]

    @property
    def running(self) -> list[Row]:
        return [row for row in self.open_rows if row.state is not State.PAUSED]

    @property
    def paused(self) -> list[Row]:
        return [row for row in self.open_rows if row.state is State.PAUSED]

    @property
    def timed(self) -> list[Row]:
        return [row for row in self.open_rows if row.seconds_left is not None]


_OPEN = (State.GOING_ON, State.PAUSED, State.OVERDUE)


def rooms_of(cohort: Cohort) -> list[Room]:
    """The tests of a training, then its practices and surveys. Anonymous surveys have no attempts."""
    enrolments = list(
        Enrolment.objects.filter(cohort=cohort)
        .select_related("participant")
        .order_by("participant__full_name", "pk")
    )
    attempts = list(attempts_of(cohort))
    answered = answered_counts(a for a in attempts if a.submitted_at is None and a.voided_at is None)
    by_place: dict[Place, dict[uuid.UUID, list[Attempt]]] = defaultdict(lambda: defaultdict(list))
    for attempt in attempts:
        by_place[attempt.occasion, attempt.assessment_id][attempt.enrolment_id].append(attempt)
    now = timezone.now()
    rooms = []
    for terms in terms_of_cohort(cohort):
        of_people = by_place.get((terms.occasion, terms.assessment.pk), {})
        if (terms.assigned or of_people) and not terms.assessment.is_anonymous:
            rooms.append(Room(terms, tuple(_rows(enrolments, of_people, answered, now))))
    return rooms


def attempts_of(cohort: Cohort) -> QuerySet[Attempt]:
    """All attempts of a training, void ones too, each with its form and how many items it has (``size``)."""
    mine = Attempt.objects.filter(enrolment__cohort=cohort).select_related("form")
    return mine.annotate(size=Count("items")).order_by("occasion", "number")


def answered_counts(attempts: Iterable[Attempt]) -> dict[uuid.UUID, int]:
    """How many items of each attempt have an answer now. One query."""
    events = AnswerEvent.objects.filter(item__attempt__in=list(attempts), is_late=False)
    current: dict[uuid.UUID, tuple[uuid.UUID, bool]] = {}
    for attempt, item, response in events.order_by("sitting", "sequence", "id").values_list(
        "item__attempt_id", "item_id", "response"
    ):
        current[item] = (attempt, response is not None)
    return Counter(attempt for attempt, is_there in current.values() if is_there)


def _rows(
    enrolments: Sequence[Enrolment],
    of_people: dict[uuid.UUID, list[Attempt]],
    answered: dict[uuid.UUID, int],
    now: datetime,
) -> Iterator[Row]:
    for enrolment in enrolments:
        attempts = of_people.get(enrolment.pk, [])
        if all(attempt.voided_at is not None for attempt in attempts):
            yield Row(enrolment, None, State.NOT_BEGUN)
        for attempt in attempts:
            state = state_of(attempt, now)
            yield Row(
                enrolment=enrolment,
                attempt=attempt,
                state=state,
                answered=answered.get(attempt.pk, 0),
                total=attempt.size,  # type: ignore[attr-defined]
                seconds_left=attempt.seconds_left(now) if state in _OPEN else None,
            )
