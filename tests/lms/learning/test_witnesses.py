"""What rests on results is asked of whoever knows, and told of everybody."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from lms.cohorts.models import Enrolment
from lms.learning.models import Completion
from lms.learning.registry import register_result_witness, what_rests_on

pytestmark = pytest.mark.django_db


def test_everybody_is_named_also_those_on_whose_results_nothing_rests(enrolment: Enrolment) -> None:
    assert what_rests_on([enrolment.pk]) == {enrolment.pk: []}
    assert what_rests_on([]) == {}


def test_a_completion_rests_on_results(enrolment: Enrolment) -> None:
    Completion.objects.create(enrolment=enrolment)
    assert len(what_rests_on([enrolment.pk])[enrolment.pk]) == 1


def test_two_witnesses_may_not_share_a_code() -> None:
    with pytest.raises(ImproperlyConfigured):
        register_result_witness("learning.completion", "Lain", lambda enrolments: {})
