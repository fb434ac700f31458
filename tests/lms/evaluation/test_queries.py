"""How questions performed, as authors see it in their lists."""

import pytest
from django.utils import timezone

from assessments.registry import performance_of
from lms.evaluation.queries import parts_of_points
from lms.learning.models import Attempt
from tests.lms.evaluation.makers import copies, make_cohort, make_two_forms

pytestmark = pytest.mark.django_db


def test_the_part_of_points_that_a_question_earned_leaves_out_what_does_not_count() -> None:
    test = make_two_forms([(4, ("H1",)), (6, ("H1",))])
    make_cohort(copies([("AB", 10, 10), ("BA", 0, 10)], 2), assessment=test)
    first, other = (test.forms.get(letter=form).items.get(position=1).question_id for form in "AB")
    assert parts_of_points([first, other]) == {first: 1.0, other: 0.5}
    assert performance_of([first]) == {first: 1.0}
    Attempt.objects.update(voided_at=timezone.now())
    assert parts_of_points([first, other]) == {}


def test_a_question_that_nobody_answered_has_no_figure() -> None:
    assert parts_of_points([1, 2]) == {}
