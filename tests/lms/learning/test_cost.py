"""A cycle of starting and handing in costs as many queries for a long test as for a short one."""

from functools import partial
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assessments.models import FormItem, Question
from assessments.queries import load_shown_questions
from lms.cohorts.models import Enrolment
from lms.learning.models import Attempt
from tests.lms.learning.answers import answer

pre_test = partial(reverse, "learning:start", args=["pre"])


@pytest.mark.parametrize("size", [1, 6])
def test_starting_and_handing_in_cost_the_same_whatever_the_size(
    participant: Client, enrolment: Enrolment, size: int, django_assert_max_num_queries: Any
) -> None:
    """As it is for all but the first: the questions are at hand."""
    items = FormItem.objects.filter(form__assessment=enrolment.cohort.assessment)
    items.filter(position__gt=size).delete()
    load_shown_questions(Question.objects.values_list("pk", flat=True))
    participant.get(reverse("portal:dashboard"))
    with django_assert_max_num_queries(21):
        assert participant.post(pre_test()).status_code == 303
    attempt = Attempt.objects.get()
    assert attempt.items.count() == size
    # Seven of them bring the roll-ups of the training up to date.
    with django_assert_max_num_queries(23):
        participant.post(reverse("learning:submit", args=[attempt.pk]))
    attempt.refresh_from_db()
    assert attempt.score == 0


def test_the_start_button_leads_to_the_first_question_without_an_answer(
    participant: Client, enrolment: Enrolment
) -> None:
    """A new attempt has none, and is not asked; one that is gone on with has."""
    first = participant.post(pre_test())["Location"]
    attempt = Attempt.objects.get()
    assert first == reverse("learning:question", args=[attempt.pk, 1])
    answer(attempt.items.get(position=1))
    assert participant.post(pre_test())["Location"] == reverse("learning:question", args=[attempt.pk, 2])
