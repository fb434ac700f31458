"""One statement on a scale: an attitude, so no key and no points."""

import pytest
from django.core.exceptions import ValidationError

from assessments.bank_item import BankItem
from assessments.models import LikertQuestion
from tests.assessments.questions.support import posted, shown
from tests.factories import SCALE, make_likert

pytestmark = pytest.mark.django_db


def test_the_answer_is_the_step_as_a_number() -> None:
    order = make_likert().option_ids()
    assert order == ["1", "2", "3", "4", "5"]
    assert LikertQuestion.clean_response(posted({"response": "4"}), order) == 4
    for text in ("0", "6", "04", "4.0", "Setuju", "four"):
        with pytest.raises(ValidationError) as refusal:
            LikertQuestion.clean_response(posted({"response": text}), order)
        assert refusal.value.code == "foreign_option"


def test_no_answer_earns_anything_and_none_is_the_key() -> None:
    question = make_likert()
    assert [question.score(step) for step in range(1, 6)] == [0] * 5
    assert question.correct_response() is None
    assert question.describe_key() == []


def test_reversed_statements_are_turned_round_for_analysis_only() -> None:
    plain, turned = make_likert("A"), make_likert("B", reverse=True)
    assert [plain.coded(step) for step in (1, 3, 5)] == [1, 3, 5]
    assert [turned.coded(step) for step in (1, 3, 5)] == [5, 3, 1]
    assert turned.coded(None) is None
    assert plain.describe(4) == turned.describe(4) == ["Setuju"]


def test_the_scale_is_shown_from_least_to_most_and_never_shuffled() -> None:
    question = make_likert()
    payload = question.participant_payload(question.option_ids())
    assert [option["text"] for option in payload["options"]] == SCALE
    assert not question.shuffles()
    page = shown(question, 4)
    assert page.count('type="radio"') == 5
    assert 'id="id_response-4" checked' in page


def test_points_are_taken_off_when_a_form_sets_the_default() -> None:
    question = LikertQuestion(code="L", stem="Saya bisa.", points=1, scale=[{"text": "a"}, {"text": "b"}])
    question.clean()
    assert question.points == 0
    assert list(question.authoring_problems([])) == []


@pytest.mark.parametrize("labels", [[], ["satu"], ["sama", "sama"], [str(n) for n in range(10)]])
def test_a_scale_that_is_none_is_told_to_the_author(labels: list[str]) -> None:
    question = LikertQuestion(code="L", stem="x", points=0, scale=[{"text": text} for text in labels])
    assert {problem.code for problem in question.authoring_problems([])} == {"scale"}


def test_a_bank_item_finds_its_place() -> None:
    item = {"scale": SCALE, "construct": "komitmen", "reverse": True, "when": ["pre", "day90"]}
    fields = LikertQuestion.fields_from_bank(BankItem(item, "X"))
    assert (fields["construct"], fields["reverse"], fields["when"]) == ("komitmen", True, "pre, day90")
    assert [step["text"] for step in fields["scale"]] == SCALE
