"""What a room answered on an occasion, person by person, as far as it has handed in.

Only first tries that count. An answer that waits for somebody to mark has no points yet and is left out of
all shares; the rest of its attempt is not, since the day cannot wait. Questions are told apart by the version
whose key scored them, so that a corrected key counts as corrected.
"""

import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from assessments.models import Outcome, Question
from assessments.queries import load_questions
from lms.cohorts.models import Cohort, Enrolment
from lms.evaluation.datasets import outcomes_of_questions
from lms.learning.enums import Occasion
from lms.learning.models import AnswerEvent, Attempt, AttemptItem

Missed = dict[uuid.UUID, Fraction]


@dataclass(frozen=True, slots=True)
class Given:
    """What one person did with one question. ``question`` is the version that scored it; ``earned`` is None
    while it waits for a mark; ``response`` fits that version."""

    person: uuid.UUID
    occasion: str
    form: str
    question: int
    shown: int
    place: str
    points: int
    earned: int | None
    dont_know: bool
    response: Any

    @property
    def missed(self) -> Fraction:
        """The share of the points that was not earned."""
        return 1 - Fraction(self.earned or 0, self.points)

    @property
    def is_right(self) -> bool:
        """Whether all points were earned."""
        return self.earned == self.points


@dataclass(frozen=True, slots=True)
class Room:
    """Everybody of a training at a test: ``people`` are names by enrolment, ``handed_in`` and ``going_on``
    numbers of people. ``before`` holds what those who are counted answered in the pre-test, if asked for."""

    people: Mapping[uuid.UUID, str]
    handed_in: int
    going_on: int
    is_simulated: bool
    given: tuple[Given, ...]
    before: tuple[Given, ...]
    questions: Mapping[int, Question]
    outcomes: Mapping[int, list[Outcome]]

    @property
    def registered(self) -> int:
        return len(self.people)

    def of_outcome(self, code: str) -> list[Given]:
        """What was answered to the questions of an outcome; a question may serve several."""
        return [one for one in self.given if any(o.code == code for o in self.outcomes.get(one.question, ()))]


def missed_by_person(given: Iterable[Given]) -> Missed:
    """Each person's missed share of the points of these questions, those without a mark left out."""
    earned: dict[uuid.UUID, int] = defaultdict(int)
    possible: dict[uuid.UUID, int] = defaultdict(int)
    for one in given:
        if one.earned is not None:
            earned[one.person] += one.earned
            possible[one.person] += one.points
    return {person: 1 - Fraction(earned[person], points) for person, points in possible.items()}


def grouped(given: Iterable[Given], key: Callable[[Given], Any]) -> dict[Any, list[Given]]:
    """The same answers by what ``key`` says of each."""
    groups: dict[Any, list[Given]] = defaultdict(list)
    for one in given:
        groups[key(one)].append(one)
    return groups


def room_of(cohort: Cohort, occasion: Occasion) -> Room:
    """Who handed in the pre-test or the post-test, and what each of them answered.

    Queries grow with the kinds of questions, not with people or questions.
    """
    rows = Enrolment.objects.filter(cohort=cohort).order_by("participant__full_name", "pk")
    enrolled = list(rows.values_list("pk", "participant__full_name", "participant__is_simulated"))
    occasions = (Occasion.PRE, Occasion.POST) if occasion == Occasion.POST else (Occasion.PRE,)
    tries = Attempt.objects.first_tries().filter(enrolment__cohort=cohort, occasion__in=occasions)
    counted = list(tries.order_by("pk").select_related("form"))
    done = {attempt.pk: attempt for attempt in counted if attempt.submitted_at is not None}
    questions, given = _answers(done)
    now = {attempt.enrolment_id for attempt in done.values() if attempt.occasion == occasion}
    return Room(
        people={pk: name for pk, name, _simulated in enrolled},
        handed_in=len(now),
        going_on=sum(one.occasion == occasion and one.submitted_at is None for one in counted),
        is_simulated=cohort.is_simulated or any(simulated for _pk, _name, simulated in enrolled),
        given=tuple(one for one in given if one.occasion == occasion),
        before=tuple(one for one in given if one.occasion != occasion and one.person in now),
        questions=questions,
        outcomes=outcomes_of_questions({one.question for one in given}),
    )


def _answers(attempts: Mapping[uuid.UUID, Attempt]) -> tuple[dict[int, Question], list[Given]]:
    """The questions that these attempts asked for points, and what was answered to each."""
    asked = AttemptItem.objects.filter(attempt__in=list(attempts), points__gt=0)
    items = list(asked.order_by("attempt", "position"))
    events = AnswerEvent.objects.filter(item__in=asked, is_late=False)
    responses = dict(events.order_by("sitting", "sequence", "id").values_list("item_id", "response"))
    questions = load_questions({pk for item in items for pk in (item.question_id, item.scored_with_id) if pk})
    return questions, [
        _given(item, attempts[item.attempt_id], responses.get(item.pk), questions) for item in items
    ]


def _given(item: AttemptItem, attempt: Attempt, response: Any, questions: Mapping[int, Question]) -> Given:
    shown = questions[item.question_id]
    version = questions[item.scored_with_id] if item.scored_with_id else shown
    if version is not shown and response is not None and not item.dont_know:
        response = version.adopt_response(response, given_to=shown)
    return Given(
        person=attempt.enrolment_id,
        occasion=attempt.occasion,
        form=attempt.form.letter,
        question=version.pk,
        shown=shown.pk,
        place=shown.pair or shown.code,
        points=item.points,
        earned=item.earned,
        dont_know=item.dont_know,
        response=response,
    )
