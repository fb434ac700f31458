"""Single choices whose key was wrong, and attempts that chose an option by its place."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from assessments.domain import new_version
from assessments.models import Question
from lms.cohorts.models import Enrolment
from lms.learning.domain import open_sitting, start_attempt, submit_attempt
from lms.learning.models import Attempt, AttemptItem
from tests.lms.learning.answers import answer


def single_of(attempt: Attempt) -> AttemptItem:
    return attempt.items.get(kind="single")


def attempt_of(enrolment: Enrolment) -> Attempt:
    started = start_attempt(enrolment=enrolment, occasion="pre")
    open_sitting(attempt=started)
    return started


def correct(question: Question, *, key: int) -> Question:
    """The next version of a single choice, in which the option at place ``key`` is the right one."""
    edited = Question.objects.get(pk=question.pk)
    choices = list(edited.choices.all())
    for place, choice in enumerate(choices):
        choice.is_correct = place == key
    edited.choices = choices
    version = new_version(edited)
    version.corrects_id = question.pk
    version.save()
    return version


def choose(attempt: Attempt, place: int) -> Attempt:
    """Hand in with nothing but the option at a place of the single choice chosen."""
    item = single_of(attempt)
    option = item.question.get_real_instance().choices.all()[place]
    answer(item, {"response": str(option.pk)})
    return submit_attempt(attempt=attempt)


def code_of(verb: Any, **words: Any) -> str:
    with pytest.raises(ValidationError) as refused:
        verb(**words)
    return str(refused.value.code)


def figures(attempt: Attempt) -> tuple[Any, ...]:
    attempt.refresh_from_db()
    item = single_of(attempt)
    return attempt.score, item.earned, item.scored_with_id
