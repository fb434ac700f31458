"""Short answers: any accepted spelling, however it is capitalised and dotted; near misses say why."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from assessments.bank_item import BankItem
from assessments.models import ShortAnswerQuestion
from tests.assessments.questions.support import CANARY, posted, shown
from tests.factories import make_short_answer

ITEM = {"accepted": ["rkp desa"], "near_miss": [{"text": "rpjm desa", "why": "Untuk 8 tahun."}]}


def unsaved(**fields: object) -> ShortAnswerQuestion:
    values = {"accepted": [{"text": "rkp desa"}], "near_misses": [], "points": 2}
    return ShortAnswerQuestion(code="SA", stem="Tulis.", **{**values, **fields})


@pytest.mark.parametrize(
    "text", ["rkp desa", "RKP Desa", " rkp   desa ", "R.K.P. Desa.", "“rkp desa”", "rkp-desa", "ＲＫＰ desa"]
)
def test_spellings_that_differ_in_what_does_not_matter_are_right(text: str) -> None:
    assert unsaved().score(text) == 2


@pytest.mark.parametrize("text", ["rpjm desa", "rkp", "desa rkp", "rkp desa ini", "...", "-"])
def test_other_words_are_wrong(text: str) -> None:
    assert unsaved().score(text) == 0


def test_authors_may_ask_for_capitals_and_punctuation() -> None:
    strict = unsaved(accepted=[{"text": "RKP-Desa"}], ignore_case=False, ignore_punctuation=False)
    assert [strict.score(text) for text in ("RKP-Desa", " RKP-Desa ", "rkp-desa", "RKP Desa")] == [2, 2, 0, 0]


def test_a_near_miss_says_why_and_only_then() -> None:
    question = unsaved(
        near_misses=[{"text": "RPJM Desa", "why": "Untuk 8 tahun."}, {"text": "apb", "why": ""}]
    )
    assert question.feedback_on("rpjm desa.") == ["Untuk 8 tahun."]
    assert question.feedback_on("apb") == question.feedback_on("rkp desa") == question.feedback_on(None) == []


def test_an_author_hears_of_a_right_answer_among_the_near_misses_and_of_none_at_all() -> None:
    question = unsaved(near_misses=[{"text": "R.K.P. Desa", "why": ""}])
    assert [problem.code for problem in question.authoring_problems([])] == ["near_misses"]
    for accepted in ([], [{"text": "..."}]):
        assert "accepted" in [p.code for p in unsaved(accepted=accepted).authoring_problems([])]


def test_a_bank_item_says_which_differences_count() -> None:
    strict = ShortAnswerQuestion.fields_from_bank(BankItem({**ITEM, "normalise": ["trim"]}, "X"))
    assert (strict["ignore_case"], strict["ignore_punctuation"]) == (False, False)
    usual = ShortAnswerQuestion.fields_from_bank(BankItem(ITEM, "X"))
    assert (usual["ignore_case"], usual["ignore_punctuation"]) == (True, True)
    with pytest.raises(ValidationError, match="normalise"):
        ShortAnswerQuestion.fields_from_bank(BankItem({**ITEM, "normalise": ["stem"]}, "X"))


def test_a_long_text_is_refused_with_the_limit_and_shown_again() -> None:
    with pytest.raises(ValidationError, match="200"):
        ShortAnswerQuestion.clean_response(posted({"response": "x" * 201}), [])
    assert ShortAnswerQuestion.clean_response(posted({"response": " a \n b "}), []) == "a b"


@given(st.text(max_size=60))
def test_every_text_is_scored_and_spaces_and_capitals_never_change_the_points(text: str) -> None:
    question = unsaved()
    points = question.score(text)
    assert points in (0, 2)
    assert question.score(f"  {text.replace(' ', '  ')} ") == points


@pytest.mark.django_db
def test_the_payload_is_the_stem_alone_and_the_field_has_its_label() -> None:
    question = make_short_answer(accepted=[{"text": CANARY}], near_misses=[{"text": CANARY, "why": CANARY}])
    assert question.participant_payload([]) == {"kind": "short_answer", "stem": "Soal SA1"}
    page = shown(question, '"><b>')
    assert CANARY not in page
    assert '<label for="id_response">Soal SA1</label>' in page
    assert "&quot;&gt;&lt;b&gt;" in page
