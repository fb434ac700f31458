"""Open questions: every word is kept; a person gives a level of the rubric."""

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from assessments.bank_item import BankItem
from assessments.models import OpenTextQuestion
from tests.assessments.questions.support import posted, shown
from tests.factories import RUBRIC, make_open_text

pytestmark = pytest.mark.django_db


def test_lines_are_kept_and_needless_space_is_not() -> None:
    text = "  Musyawarah  kami\r\nramai. \n\n\n\nWarga  senang.\t"
    cleaned = OpenTextQuestion.clean_response(posted({"response": text}), [])
    assert cleaned == "Musyawarah kami\nramai.\n\nWarga senang."
    assert OpenTextQuestion.clean_response(posted({"response": " \n "}), []) is None


def test_too_many_words_are_kept_and_told() -> None:
    question = make_open_text(max_words=3)
    text = "satu dua tiga empat"
    assert question.clean_response(posted({"response": text}), []) == text
    with override("en"):
        assert "4 words; 3 are asked for" in shown(question, text)
        assert "asked for" not in shown(question, "satu dua tiga")


def test_a_text_beyond_all_measure_is_refused_with_its_length_and_shown_again() -> None:
    text = "kata " * 1300
    with pytest.raises(ValidationError, match="6000"):
        OpenTextQuestion.clean_response(posted({"response": text}), [])
    assert text.strip() in shown(make_open_text(), posted({"response": text}), error="Terlalu panjang.")


def test_levels_of_the_rubric_are_worth_a_share_of_the_points() -> None:
    question = make_open_text(points=6)
    assert question.max_level == 3
    assert [question.points_at(level) for level in range(4)] == [0, 2, 4, 6]
    pointless = make_open_text("OT0", points=0)
    assert [pointless.points_at(level) for level in range(4)] == [0] * 4


def test_no_computer_gives_points_for_it() -> None:
    question = make_open_text()
    assert question.marked_by_hand
    assert question.score("Apa pun.") == 0
    assert question.correct_response() is None


def test_a_rubric_needs_two_levels() -> None:
    question = make_open_text(rubric=[{"text": "kosong"}])
    assert [problem.code for problem in question.authoring_problems([])] == ["rubric"]


def test_the_page_says_that_somebody_else_may_write_it_down() -> None:
    with override("en"):
        assert "facilitator" in shown(make_open_text())
        assert "facilitator" not in shown(make_open_text("OT2", may_be_spoken=False))
    assert "</textarea>" in shown(make_open_text("OT3"), "</textarea><b>")
    assert "<b>" not in shown(make_open_text("OT4"), "</textarea><b>")


def test_a_bank_item_finds_its_place() -> None:
    item = {"rubric_0_3": RUBRIC, "max_words": 60, "voice_or_scribe_ok": False, "when": ["pre"]}
    fields = OpenTextQuestion.fields_from_bank(BankItem(item, "X"))
    assert [level["text"] for level in fields["rubric"]] == RUBRIC
    assert (fields["max_words"], fields["may_be_spoken"], fields["when"]) == (60, False, "pre")
