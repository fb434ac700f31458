"""Every kind knows its perfect answer and can guess a valid one."""

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessments.models import Question
from tests.assessments.questions.support import loaded
from tests.factories import MAKERS

pytestmark = pytest.mark.django_db


@pytest.fixture(params=sorted(MAKERS))
def question(request: pytest.FixtureRequest) -> Question:
    return loaded(MAKERS[request.param]())


def test_the_perfect_answer_earns_all_points(question: Question) -> None:
    assert question.score(question.correct_response()) == question.points


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(seed=st.integers())
def test_a_guess_is_an_answer_that_can_be_scored(question: Question, seed: int) -> None:
    rng = random.Random(seed)
    response = question.guess(question.draw_order(rng), rng)
    assert 0 <= question.score(response) <= question.points


def test_numbers_are_known_and_guessed_as_people_write_them() -> None:
    question = MAKERS["numeric"](answer="770000000.5", common_errors=[{"value": 3.125, "why": "kg"}])
    assert loaded(question).correct_response() == "770.000.000,5"
    assert question.guess([], random.Random(1)) == "3,125"
