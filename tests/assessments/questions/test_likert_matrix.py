"""Several statements on one scale."""

import pytest
from django.core.exceptions import ValidationError

from assessments.bank_item import BankItem
from assessments.models import LikertMatrixQuestion
from tests.assessments.questions.support import loaded, posted, shown
from tests.factories import SCALE, make_likert_matrix

pytestmark = pytest.mark.django_db


def rows_of(question: LikertMatrixQuestion) -> list[str]:
    return [f"r:{row.pk}" for row in question.statements.all()]


def test_each_statement_has_a_step_and_some_may_be_left_out() -> None:
    question = make_likert_matrix()
    first, second, third = rows_of(question)
    data = posted({f"response-{first}": "4", f"response-{second}": "", f"response-{third}": "1"})
    assert question.clean_response(data, question.option_ids()) == {first: 4, third: 1}
    assert question.clean_response(posted({f"response-{first}": ""}), question.option_ids()) is None


def test_steps_and_statements_of_others_are_refused() -> None:
    question, other = make_likert_matrix("A"), make_likert_matrix("B")
    order = question.option_ids()
    for fields in (
        {f"response-{rows_of(question)[0]}": "6"},
        {f"response-{rows_of(question)[0]}": "s:1"},
        {f"response-{rows_of(other)[0]}": "1"},
        {"response": "1"},
    ):
        with pytest.raises(ValidationError) as refusal:
            question.clean_response(posted(fields), order)
        assert refusal.value.code == "foreign_option"


def test_reversed_statements_are_turned_round_for_analysis_only() -> None:
    question = loaded(make_likert_matrix())
    first, _second, third = rows_of(question)
    response = {first: 5, third: 5}
    assert question.coded(response) == {first: 5, third: 1}
    assert question.coded(None) == {}
    assert question.describe(response) == [
        "LM1 pernyataan 0: Sangat setuju",
        "LM1 pernyataan 2: Sangat setuju",
    ]
    assert question.score(response) == 0


def test_each_statement_is_a_group_of_its_own_and_nothing_is_a_table() -> None:
    question = make_likert_matrix()
    page = shown(question, {rows_of(question)[1]: 2})
    assert page.count("<fieldset") == 3
    assert page.count('<legend lang="id">LM1 pernyataan') == 3
    assert page.count('type="radio"') == 15
    assert page.count(" checked") == 1
    assert "<table" not in page


def test_numbers_off_paper_stand_in_the_order_of_the_statements() -> None:
    question = loaded(make_likert_matrix())
    order = question.option_ids()
    payload = question.participant_payload(order)
    first, _second, third = rows_of(question)
    assert question.read_keyed("4 - 1", order, payload) == {first: 4, third: 1}
    for text in ("41", "4415", "461", "ABC"):
        with pytest.raises(ValidationError, match="543"):
            question.read_keyed(text, order, payload)


def test_an_author_needs_statements_that_differ() -> None:
    question = make_likert_matrix()
    rows = list(question.statements.all())
    assert [problem.code for problem in question.authoring_problems([])] == ["too_few"]
    rows[1].text = rows[0].text
    assert [problem.code for problem in question.authoring_problems(rows)] == ["same"]


def test_a_bank_item_brings_its_statements() -> None:
    item = BankItem({"scale": SCALE, "statements": [{"text": "a"}, {"text": "b", "reverse": True}]}, "X")
    rows = LikertMatrixQuestion.rows_from_bank(item)
    assert [(row.text, row.reverse) for row in rows] == [("a", False), ("b", True)]
