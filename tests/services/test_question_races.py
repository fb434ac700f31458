"""Authors and test takers at the same question."""

import threading
from collections import Counter

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from assessments.domain import new_version, save_question
from assessments.models import Choice, Question
from lms.learning.domain import start_attempt
from tests.factories import EnrolmentFactory, make_single
from tests.services.threads import at_once

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


def test_of_six_new_versions_at_once_one_is_made_and_five_are_told_that_they_are_stale() -> None:
    question = make_single()

    def make() -> str:
        try:
            new_version(Question.objects.get(pk=question.pk))
        except ValidationError as refusal:
            return str(refusal.code)
        return "made"

    assert Counter(at_once([make] * 6)) == {"made": 1, "stale": 5}
    versions = Question.objects.filter(code=question.code).order_by("version")
    assert list(versions.values_list("version", "is_current")) == [(1, False), (2, True)]


def test_a_test_that_begins_while_a_question_is_saved_freezes_what_was_saved() -> None:
    """Otherwise it would freeze options that are gone by the time its owner looks at them."""
    enrolment = EnrolmentFactory(form_order="AB")
    form = enrolment.cohort.assessment.forms.get(letter="A")
    question = Question.objects.get(form_items__form=form, code__contains="single")
    saved, begun = threading.Event(), threading.Event()

    def edit() -> list[str]:
        with transaction.atomic():
            edited = Question.objects.get(pk=question.pk)
            texts = [choice.text for choice in edited.choices.all()]
            edited.choices = [Choice(text=f"{text} (baru)", is_correct=text == texts[0]) for text in texts]
            save_question(question=edited, outcomes=[])
            saved.set()
            begun.wait(1)
        return [str(pk) for pk in Choice.objects.filter(question=question).values_list("pk", flat=True)]

    def begin() -> list[str]:
        saved.wait(5)
        attempt = start_attempt(enrolment=enrolment, occasion="pre")
        begun.set()
        frozen: list[str] = attempt.items.get(question=question).option_order
        return frozen

    kept, frozen = at_once([edit, begin])
    assert sorted(frozen) == sorted(kept)
