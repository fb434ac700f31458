"""What holds for every kind, those of other apps included."""

import random
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessments.models import Question
from assessments.questions.base import refuse_foreign_fields
from assessments.registry import kinds
from tests.assessments.questions.support import PERFECT, fields_of, loaded, posted, shown
from tests.factories import MAKERS

pytestmark = pytest.mark.django_db


def test_every_kind_of_a_knowledge_test_is_tested_here() -> None:
    assert set(MAKERS) == set(PERFECT) <= set(kinds())


@pytest.mark.parametrize("kind", MAKERS)
def test_a_perfect_answer_is_accepted_and_earns_all_points(kind: str) -> None:
    question = loaded(MAKERS[kind]())
    response = PERFECT[kind](question)
    order = question.draw_order(random.Random(2))
    cleaned = question.clean_response(fields_of(response), order)
    assert question.score(cleaned) == question.points


@pytest.mark.parametrize("kind", MAKERS)
def test_points_do_not_depend_on_the_order_shown(kind: str) -> None:
    question = loaded(MAKERS[kind]())
    form = fields_of(PERFECT[kind](question))
    orders = [question.draw_order(random.Random(seed)) for seed in range(10)]
    assert {question.score(question.clean_response(form, order)) for order in orders} == {question.points}


@pytest.mark.parametrize("kind", MAKERS)
def test_an_answer_survives_the_page_unchanged(kind: str) -> None:
    """What is cleaned and shown again would be sent again as the same answer."""
    question = loaded(MAKERS[kind]())
    order = question.draw_order(random.Random(2))
    cleaned = question.clean_response(fields_of(PERFECT[kind](question)), order)
    assert question.clean_response(fields_of(cleaned), order) == cleaned
    assert shown(question, cleaned) == shown(question, fields_of(cleaned))
    assert shown(question, cleaned) != shown(question)


@pytest.fixture
def question(kind: str) -> Any:
    """One question of the kind, loaded once for all examples of a property."""
    return loaded(MAKERS[kind]())


@pytest.mark.parametrize("kind", MAKERS)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_whatever_is_accepted_scores_whole_points_within_bounds(
    kind: str, question: Any, data: st.DataObject
) -> None:
    order = question.option_ids()
    values = st.sampled_from([*order, "", "true", "false", "1", "2", "3", "4", "5", "1.200.000", "0,5"])
    names = st.sampled_from(["response", *(f"response-{option}" for option in order)])
    fields = data.draw(st.dictionaries(names, st.lists(values, min_size=1, max_size=4), max_size=6))
    try:
        response = question.clean_response(posted(fields), order)
    except ValidationError:
        return
    points = question.score(response)
    assert type(points) is int
    assert 0 <= points <= question.points


@pytest.mark.parametrize("kind", MAKERS)
def test_every_group_of_fields_has_its_question_as_a_heading(kind: str) -> None:
    page = shown(MAKERS[kind]())
    assert page.count("<h1") == 1
    assert "style=" not in page
    assert " onc" not in page


@pytest.mark.parametrize("kind", MAKERS)
def test_an_option_that_the_question_no_longer_has_is_left_out_of_the_page(kind: str) -> None:
    question = loaded(MAKERS[kind]())
    order = [*question.option_ids(), "l:00000000-0000-4000-8000-000000000000"]
    assert question.participant_payload(order) == question.participant_payload(question.option_ids())


def test_a_kind_that_forgets_to_say_what_may_be_shown_shows_nothing() -> None:
    with pytest.raises(NotImplementedError):
        Question(code="X", stem="Soal").participant_payload([])


def test_fields_that_are_no_answers_are_nobodys_business() -> None:
    refuse_foreign_fields(posted({"client_id": "1", "responses": "2", "respon": "3"}), [])
