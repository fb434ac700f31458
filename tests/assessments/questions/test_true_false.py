"""True or false."""

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from assessments.models import TrueFalseQuestion
from tests.assessments.questions.support import CANARY, HOSTILE, assert_no_canary, loaded, posted, shown
from tests.factories import make_true_false

pytestmark = pytest.mark.django_db


def test_the_payload_is_the_statement_only() -> None:
    question = make_true_false(answer=True)
    assert question.participant_payload(question.option_ids()) == {"kind": "true_false", "stem": "Soal TF1"}


def test_no_rationale_or_note_reaches_a_participant() -> None:
    question = make_true_false(note=CANARY, rationale=CANARY, citations=[{"ref": CANARY, "status": ""}])
    assert_no_canary(loaded(question))


@pytest.mark.parametrize("answer", [True, False])
def test_the_page_is_the_same_whatever_the_key(answer: bool) -> None:
    question = make_true_false(answer=answer)
    question.answer = not answer
    other = shown(question)
    question.answer = answer
    assert shown(question) == other


@pytest.mark.parametrize(
    ("answer", "response", "points"), [(True, "true", 2), (True, "false", 0), (False, "false", 2)]
)
def test_points(answer: bool, response: str, points: int) -> None:
    assert make_true_false(answer=answer, points=2).score(response) == points


def test_true_false_or_nothing_is_accepted() -> None:
    clean = TrueFalseQuestion.clean_response
    assert clean(posted({"response": "true"}), ["true", "false"]) == "true"
    assert clean(posted({"response": "false"}), ["true", "false"]) == "false"
    assert clean(posted({}), ["true", "false"]) is None


@pytest.mark.parametrize("text", [*HOSTILE, "True", "1", "benar"])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        TrueFalseQuestion.clean_response(posted({"response": text}), ["true", "false"])


def test_true_stands_first_for_everybody() -> None:
    question = make_true_false()
    assert not question.shuffles()
    with override("en"):
        page = shown(question, "false")
    assert page.index('value="true"') < page.index('value="false"')
    assert page.count(" checked") == 1
    assert 'value="false" id="id_response-false" checked' in page


@pytest.mark.parametrize(
    ("text", "response"), [("B", "true"), ("t", "true"), ("S", "false"), (" f. ", "false")]
)
@pytest.mark.parametrize("language", ["id", "en"])
def test_letters_off_paper_are_read_in_both_languages(text: str, response: str, language: str) -> None:
    question = make_true_false()
    with override(language):
        assert question.read_keyed(text, [], question.participant_payload([])) == response


def test_in_indonesian_the_sheet_says_b_and_s_and_takes_the_words() -> None:
    payload = make_true_false().participant_payload([])
    with override("id"):
        rows = TrueFalseQuestion.print_block(payload)["lists"][0]["rows"]
        assert [(row["label"], row["text"]) for row in rows] == [("B", "Benar"), ("S", "Salah")]
        assert TrueFalseQuestion.read_keyed("salah", [], payload) == "false"
        with pytest.raises(ValidationError, match="B / S"):
            TrueFalseQuestion.read_keyed("X", [], payload)
