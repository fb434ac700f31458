"""Simulated answers: a person knows some of it, shares some mistakes with others, and guesses the rest.

Seeded, so always the same. Topics are not equally known and mistakes are shared, as in a real room, so that
the trainer's agenda has something to say.
"""

import random
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from assessments.models import Assessment, Question
from assessments.queries import load_questions
from assessments.questions.base import DONT_KNOW
from courses.models import LessonPage
from lms.cohorts.models import Enrolment
from lms.ids import new_id
from lms.learning import domain
from lms.learning.enums import Occasion
from lms.learning.models import AnswerEvent, Attempt, AttemptItem, PracticeAnswer
from lms.learning.queries.practice import practice_for, practice_places

_EASIER = {"mudah": 0.15, "sedang": 0.0, "sukar": -0.2}
_BY_TOPIC = {"UUD": 0.2, "INK": 0.15, "REN": -0.05, "ANG": -0.2}
# Of who does not know: how often it is said where that is offered, and how often the others share a mistake.
_SAYS_SO, _SHARES = 0.25, 0.5
_MINUTES_PER_QUESTION = 1.5
# Practice follows right after the text that tells the answer.
_PRACTISES_RIGHT = 0.8


def begin(
    enrolment: Enrolment,
    occasion: Occasion,
    *,
    at: datetime | None = None,
    assessment: Assessment | None = None,
) -> Attempt:
    """Start an attempt as its participant would; ``at`` dates it back. The test, unless another is given."""
    attempt = domain.start_attempt(enrolment=enrolment, occasion=occasion, assessment=assessment)
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
    assessment: Assessment | None = None,
) -> Attempt:
    """Start, answer and submit a test, or another assessment of the training."""
    attempt = begin(enrolment, occasion, at=at, assessment=assessment)
    answer(attempt, knowledge=knowledge, rng=rng, at=at)
    attempt = domain.submit_attempt(attempt=attempt)
    if at is not None:
        Attempt.objects.filter(pk=attempt.pk).update(submitted_at=at + timedelta(minutes=30))
    return attempt


def read_lessons(enrolment: Enrolment, lessons: Iterable[LessonPage], *, at: datetime | None = None) -> None:
    """Finish lessons as their reader would: practice first, mostly right."""
    rng = random.Random(f"practice {enrolment.pk}")
    for lesson in lessons:
        _practise(enrolment, lesson, rng)
        domain.complete_lesson(enrolment=enrolment, lesson=lesson)
    if at is not None:
        enrolment.lesson_progress.update(opened_at=at, visited_at=at, completed_at=at)
        enrolment.practice_answers.update(answered_at=at)


def _practise(enrolment: Enrolment, lesson: LessonPage, rng: random.Random) -> None:
    places = practice_places(lesson)
    domain.open_lesson(enrolment=enrolment, lesson=lesson)
    for asked in practice_for(places, enrolment=enrolment, lesson_id=lesson.pk).values():
        question = asked.question
        knows = rng.random() < _PRACTISES_RIGHT
        response = question.correct_response() if knows else question.guess(asked.order, rng)
        earned, possible = question.score_parts(response)
        PracticeAnswer.objects.create(
            id=new_id(),
            enrolment=enrolment,
            lesson=lesson,
            block_id=asked.place.block_id,
            question=question,
            response=response,
            earned=earned,
            possible=possible,
        )


def _response(question: Question, item: AttemptItem, knowledge: float, rng: random.Random) -> object:
    ease = _EASIER.get(question.difficulty, 0.0) + _BY_TOPIC.get(question.topic, 0.0)
    chance = min(0.97, max(0.05, knowledge + ease))
    correct = question.correct_response()
    if correct is None:
        # Attitudes and stories have no right answer.
        return question.guess(item.option_order, rng)
    if rng.random() < chance:
        return correct
    if item.offers_dont_know and rng.random() < _SAYS_SO:
        return DONT_KNOW
    if rng.random() < _SHARES:
        return _usual_mistake(question)
    return question.guess(item.option_order, rng)


def _usual_mistake(question: Question) -> object:
    """The same wrong answer for everybody; None (no answer) where a few guesses find none."""
    rng = random.Random(question.code)
    guesses = (question.guess(question.option_ids(), rng) for _ in range(9))
    return next((guess for guess in guesses if question.score(guess) < question.points), None)
