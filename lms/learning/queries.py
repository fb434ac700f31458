"""Reads of attempts, answers and progress that repeat. The lines of a course are in ``datasets.py``."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Max
from wagtail.models import Page

from assessments.models import FormItem
from lms.cohorts.models import Cohort, Enrolment
from lms.learning.enums import Occasion
from lms.learning.models import AnswerEvent, Attempt, AttemptItem, LessonProgress


@dataclass(frozen=True, slots=True)
class Tries:
    """All tries of one enrolment, oldest first, and what the cohort's rules allow next."""

    all: tuple[Attempt, ...]
    pretest_first: bool
    post_test_tries: int

    def attempts(self, occasion: str) -> list[Attempt]:
        """The tries on an occasion, by number."""
        return [attempt for attempt in self.all if attempt.occasion == occasion]

    def open_attempt(self, occasion: str) -> Attempt | None:
        """The try that was begun and not handed in."""
        return next((a for a in self.attempts(occasion) if a.submitted_at is None), None)

    def submitted(self, occasion: str) -> list[Attempt]:
        """The tries that were handed in, by number."""
        return [attempt for attempt in self.attempts(occasion) if attempt.submitted_at is not None]

    def next_number(self, occasion: str) -> int:
        """The number that the next try would get."""
        return len(self.attempts(occasion)) + 1

    @property
    def lessons_are_open(self) -> bool:
        """Whether the lessons may be read."""
        return not self.pretest_first or bool(self.submitted(Occasion.PRE))

    def may_start(self, occasion: str) -> bool:
        """Whether a new try may begin now (not whether one is going on)."""
        if occasion == Occasion.PRE:
            return not self.all
        if self.open_attempt(Occasion.PRE) or self.open_attempt(Occasion.POST):
            return False
        return self.lessons_are_open and len(self.attempts(Occasion.POST)) < self.post_test_tries


def tries_of(enrolment: Enrolment) -> Tries:
    """The tests of an enrolment, in one query. ``enrolment.cohort`` should be loaded."""
    tries = Attempt.objects.filter(enrolment=enrolment).order_by("occasion", "number")
    cohort = enrolment.cohort
    return Tries(tuple(tries), cohort.pretest_first, cohort.post_test_tries)


def current_answers(attempt: Attempt) -> dict[uuid.UUID, Any]:
    """The response that counts, by item: of the event with the greatest (sitting, sequence, id).

    The id only decides between two tabs that counted alike; it makes the order total, so that every
    reader and every rebuild sees the same answer.
    """
    events = AnswerEvent.objects.filter(item__attempt=attempt).order_by("sitting", "sequence", "id")
    return dict(events.values_list("item_id", "response"))


def last_sequence(attempt: Attempt, sitting: int) -> int:
    """The greatest sequence that the server knows in a sitting, 0 if none."""
    events = AnswerEvent.objects.filter(item__attempt=attempt, sitting=sitting)
    return int(events.aggregate(last=Max("sequence"))["last"] or 0)


def item_for_participant(
    *, participant_id: uuid.UUID, attempt_id: uuid.UUID, position: int
) -> AttemptItem | None:
    """The item with its attempt, enrolment and cohort, if the attempt is this person's own. One query."""
    return (
        AttemptItem.objects.select_related("attempt__enrolment__cohort")
        .filter(attempt_id=attempt_id, position=position, attempt__enrolment__participant_id=participant_id)
        .first()
    )


def attempt_for_participant(*, participant_id: uuid.UUID, attempt_id: uuid.UUID) -> Attempt | None:
    """The attempt with its enrolment and cohort, if it is this person's own. One query."""
    return (
        Attempt.objects.select_related("enrolment__cohort__assessment", "enrolment__cohort__course")
        .filter(pk=attempt_id, enrolment__participant_id=participant_id)
        .first()
    )


def cohort_has_attempts(cohort: Cohort) -> bool:
    """Whether anybody in the cohort has begun a test."""
    return Attempt.objects.filter(enrolment__cohort=cohort).exists()


def cohort_has_progress(cohort: Cohort) -> bool:
    """Whether anybody in the cohort has opened a lesson."""
    return LessonProgress.objects.filter(enrolment__cohort=cohort).exists()


def question_was_shown(question_id: int) -> bool:
    """Whether any attempt has frozen this version of a question."""
    return AttemptItem.objects.filter(question_id=question_id).exists()


def form_letter(enrolment: Enrolment, occasion: str) -> str:
    """The form drawn for an occasion: the first of the order before, the second after the training."""
    return enrolment.form_order[0 if occasion == Occasion.PRE else 1]


def form_size(enrolment: Enrolment, occasion: str) -> int:
    """How many questions the form of an occasion has."""
    return FormItem.objects.filter(
        form__assessment_id=enrolment.cohort.assessment_id, form__letter=form_letter(enrolment, occasion)
    ).count()


def pages_with_progress(pages: Iterable[Page]) -> list[Page]:
    """Those pages that somebody worked on, themselves, below them or in a translation of either."""
    return [
        page
        for page in pages
        if LessonProgress.objects.filter(
            lesson__translation_key__in=Page.objects.descendant_of(page, inclusive=True).values(
                "translation_key"
            )
        ).exists()
    ]
