"""Rooms that have answered: what tests say about an agenda."""

import uuid
from collections.abc import Sequence
from typing import Any

from assessments.questions.base import DONT_KNOW
from courses.models import LessonPage
from lms.cohorts.models import Cohort
from lms.evaluation.reports.agenda import agenda_of
from lms.evaluation.reports.agenda_results import Agenda, AgendaOutcome, Sight
from lms.learning.enums import Occasion
from lms.learning.models import AnswerEvent, Attempt
from tests.factories import EnrolmentFactory, OutcomeFactory
from tests.lms.evaluation.makers import add_attempt

ALL = Sight(people=True, keys=True)
NOTHING = (0, 0, 0, 0, 0)
"""Points of somebody who knows nothing of ``makers.QUESTIONS``."""
EVERYTHING = (5, 5, 4, 1, 5)


def sit(cohort: Cohort, letter: str, points: Sequence[int], occasion: str = "pre", name: str = "") -> Attempt:
    """Enrol somebody who has handed in a form with these points."""
    enrolment = EnrolmentFactory(cohort=cohort, **({"participant__full_name": name} if name else {}))
    return add_attempt(enrolment, occasion, letter, points)


def choose(attempt: Attempt, position: int, place: int | None) -> None:
    """What stood behind the points: the option at ``place``, or "I do not know" (None)."""
    item = attempt.items.select_related("question").get(position=position)
    if place is None:
        attempt.items.filter(pk=item.pk).update(dont_know=True)
    options = item.question.get_real_instance().choices.all()
    response: Any = DONT_KNOW if place is None else str(options[place].pk)
    AnswerEvent.objects.create(id=uuid.uuid4(), item=item, sitting=1, sequence=1, response=response)


def give_lesson(cohort: Cohort, place: int, *codes: str, minutes: int = 10) -> LessonPage:
    """Let the lesson at ``place`` of the cohort's course serve these outcomes."""
    lesson = LessonPage.objects.descendant_of(cohort.course).order_by("path")[place]
    lesson.outcomes = [OutcomeFactory(code=code) for code in codes]
    lesson.minutes = minutes
    lesson.save()
    return lesson


def agenda(cohort: Cohort, occasion: str = "pre", sight: Sight = ALL) -> Agenda:
    return agenda_of(cohort, Occasion(occasion), sight)


def outcome(found: Agenda, code: str) -> AgendaOutcome:
    return next(row for row in found.outcomes if row.outcome.code == code)
