"""Simulated answers: a person knows some of it, and guesses the rest. Seeded, so always the same."""

import random
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from assessments.models import Question
from assessments.queries import load_questions
from lms.cohorts.models import Enrolment
from lms.ids import new_id
from lms.learning import domain
from lms.learning.enums import Occasion
from lms.learning.models import AnswerEvent, Attempt, AttemptItem

_EASIER = {"mudah": 0.15, "sedang": 0.0, "sukar": -0.2}
_MINUTES_PER_QUESTION = 1.5


def begin(enrolment: Enrolment, occasion: Occasion, *, at: datetime | None = None) -> Attempt:
    """Start an attempt as its participant would; ``at`` dates it back."""
    attempt = domain.start_attempt(enrolment=enrolment, occasion=occasion)
    domain.open_sitting(attempt=attempt)
    if at is not None:
        Attempt.objects.filter(pk=attempt.pk).update(started_at=at)
    return attempt


@transaction.atomic
def answer(
    attempt: Attempt,
    *,
    knowledge: float,
    rng: random.Random,
    first: int | None = None,
    at: datetime | None = None,
) -> None:
    """Answer the ``first`` questions (all if None). ``knowledge`` is the chance, 0 to 1, to know an item."""
    items = list(attempt.items.order_by("position"))[:first]
    questions = load_questions(item.question_id for item in items)
    begun = at or timezone.now()
    AnswerEvent.objects.bulk_create(
        AnswerEvent(
            id=new_id(),
            item=item,
            sitting=1,
            sequence=item.position,
            response=_response(questions[item.question_id], item, knowledge, rng),
            received_at=begun + timedelta(minutes=_MINUTES_PER_QUESTION * item.position),
        )
        for item in items
    )


def take(
    enrolment: Enrolment,
    occasion: Occasion,
    *,
    knowledge: float,
    rng: random.Random,
    at: datetime | None = None,
) -> Attempt:
    """Start, answer and submit a test."""
    attempt = begin(enrolment, occasion, at=at)
    answer(attempt, knowledge=knowledge, rng=rng, at=at)
    attempt = domain.submit_attempt(attempt=attempt)
    if at is not None:
        Attempt.objects.filter(pk=attempt.pk).update(submitted_at=at + timedelta(minutes=30))
    return attempt


def read_lessons(enrolment: Enrolment, lessons: Iterable[object], *, at: datetime | None = None) -> None:
    """Finish lessons as their reader would."""
    for lesson in lessons:
        domain.complete_lesson(enrolment=enrolment, lesson=lesson)  # type: ignore[arg-type]
    if at is not None:
        enrolment.lesson_progress.update(opened_at=at, completed_at=at)


def _response(question: Question, item: AttemptItem, knowledge: float, rng: random.Random) -> object:
    chance = min(0.97, max(0.05, knowledge + _EASIER.get(question.difficulty, 0.0)))
    if rng.random() < chance:
        return question.correct_response()
    return question.guess(item.option_order, rng)
