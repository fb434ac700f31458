"""Sentences, tables and the method of a report: what a reader is told."""

from typing import Any

import pytest
from django.utils import translation

from lms.evaluation.datasets.sheets import DoubtCode
from lms.evaluation.reports.sheets import evaluate_sheet, published
from lms.evaluation.reports.sheets.doubts import doubt_line, doubt_text
from lms.evaluation.reports.sheets.items import item_rows, to_repeat
from lms.evaluation.reports.sheets.method import method_lines, p_text
from lms.evaluation.reports.sheets.page import page_parts
from lms.evaluation.reports.sheets.result import headline, notes_of
from lms.evaluation.reports.sheets.text import sheet_lines
from tests.lms.evaluation.imports.files import read_csv
from tests.lms.evaluation.reports.sheets.makers import letters, people, questions, totals


@pytest.fixture(autouse=True)
def english() -> Any:
    with translation.override("en"):
        yield


def words(report: dict[str, Any]) -> str:
    return "\n".join(sheet_lines(published(report)))


def test_the_headline_counts_people_and_gives_the_change_with_its_range() -> None:
    said = headline(published(totals(*people(30), (7, None))))
    assert said.startswith("Of 31 participants, 30 took the pre-test and the post-test.")
    assert "of 20 points (+" in said
    assert "95% plausible range" in said
    assert "30 rose, 0 stayed the same, 0 fell." in said


def test_without_a_maximum_the_headline_names_none() -> None:
    report = evaluate_sheet(read_csv("id,pre,post", *[f"p{n},{n},{n + n % 3}" for n in range(9)]))
    assert "None" not in headline(published(report))


def test_below_five_people_the_headline_says_why_there_is_no_gain() -> None:
    report = published(totals(*people(4)))
    assert headline(report).endswith("(fewer than 5 people took both the pre-test and the post-test).")
    assert notes_of(report) == []
    assert page_parts(report)["overall"] is None


def test_of_one_test_the_headline_gives_the_average() -> None:
    report = evaluate_sheet(read_csv("id,skor", *[f"p{n},{n}" for n in range(6)], max_points=10))
    assert (
        headline(published(report)) == "6 of 6 participants took this test. The average is 2.5 of 10 points."
    )
    few = evaluate_sheet(read_csv("id,skor", "a,3", "b,4"))
    assert headline(published(few)).endswith("Not enough data (fewer than 5 people).")


def test_nothing_says_cause_or_significance() -> None:
    for report in (totals(*people(30)), questions(), letters(*["AC"] * 30)):
        text = words(report).lower()
        assert "significan" not in text
        assert "because of the training" not in text
        assert "Not proof of cause." in words(report)


def test_p_values_stand_in_the_method_alone() -> None:
    text = words(totals(*people(30)))
    before, _, method = text.partition("How this was computed")
    assert " p " not in before
    assert "Paired t test: t = " in method


@pytest.mark.parametrize(("p", "text"), [(0.00004, "< 0.001"), (0.0123, "= 0.012"), (0.5, "= 0.500")])
def test_a_p_value_has_no_more_digits_than_it_knows(p: float, text: str) -> None:
    assert p_text(p) == text


def test_each_question_tells_what_to_look_at_and_what_to_repeat() -> None:
    report = published(questions(40))
    learned, known, wrong = item_rows(report)
    assert (learned.before, learned.after, learned.change) == ("0%", "80%", "+80")
    assert "too easy from the start" in known.flags
    assert "check the key" not in learned.flags
    assert [row.label for row in to_repeat([learned, known, wrong])] == ["3", "1"]
    assert [part.count for part in wrong.parts] == [0, 0, 20, 20]


def test_flags_wait_for_enough_people() -> None:
    assert all(not row.flags and row.discrimination == "–" for row in item_rows(published(questions(12))))
    assert item_rows(published(questions(4))) == []


def test_a_wrong_letter_that_those_choose_who_know_the_rest_is_named() -> None:
    rows = [*["BACA"] * 20, *["ADDD"] * 20]
    report = published(letters(*rows, key="AACA"))
    assert "attractive wrong answer: B" in item_rows(report)[0].flags


def test_groups_that_are_hidden_say_so() -> None:
    text = words(totals(*people(23), groups="A" * 12 + "B" * 9 + "C" * 2))
    assert "C: hidden, so that nobody is recognised" in text
    assert "A: " in text


def test_effect_sizes_wait_for_ten_people_and_warn_below_thirty() -> None:
    assert not any("d_av" in line for line in method_lines(published(totals(*people(9)))))
    assert any("with caution" in line for line in method_lines(published(totals(*people(12)))))
    assert not any("with caution" in line for line in method_lines(published(totals(*people(30)))))


def test_what_stayed_after_months_is_told() -> None:
    lines = [f"p{n},{n % 4},{n % 4 + 4 + n % 2},{n % 4 + 2}" for n in range(12)]
    report = published(evaluate_sheet(read_csv("id,pre,post,followup", *lines, max_points=20)))
    assert "Of the gain, 44% was still there." in method_lines(report)


@pytest.mark.parametrize("code", DoubtCode)
def test_every_doubt_has_a_sentence(code: DoubtCode) -> None:
    values = {"first": 2, "names": "x", "n": 2, "sheet": "y", "max": "20", "said": "10", "item": "q1"}
    assert len(doubt_text(code, values)) > 10


def test_a_doubt_begins_with_its_place() -> None:
    doubt = {"code": "not_a_score", "row": 7, "column": "Pre", "value": "sakit", "values": {}}
    assert doubt_line(doubt).startswith("Row 7, column “Pre”, “sakit”: This is not a number")
    of_file = {"code": "no_max", "row": None, "column": "", "value": "", "values": {}}
    assert doubt_line(of_file).startswith("The most points")


def answers(number: int, right: Any) -> dict[str, Any]:
    """A report of four questions before and after; ``right(n, question, wave)`` says who is right."""
    heads = [f"{wave}_{q}" for wave in ("pre", "post") for q in range(4)]
    lines = [
        ",".join([f"p{n}", *(str(int(right(n, q, wave))) for wave in (0, 1) for q in range(4))])
        for n in range(number)
    ]
    return published(evaluate_sheet(read_csv(",".join(["id", *heads]), *lines)))


def test_a_test_that_holds_together_tells_who_really_changed() -> None:
    report = answers(40, lambda n, q, wave: n % 5 > q or (wave and n % 7 == 0))
    said = " ".join(method_lines(report))
    assert "Reliability (Cronbach's alpha) 0." in said
    assert "One person's score is uncertain by" in said
    assert "Beyond the test's own error" in said


def test_questions_that_do_not_measure_one_thing_are_told() -> None:
    said = " ".join(method_lines(answers(40, lambda n, q, wave: (n + q) % 2 == wave or n % 9 == q)))
    assert "Alpha is negative: the questions do not measure one thing." in said


def test_of_many_people_the_test_by_ranks_is_an_approximation() -> None:
    assert any("normal approximation" in line for line in method_lines(published(totals(*people(140)))))


def test_more_than_all_may_be_left_after_months() -> None:
    lines = [f"p{n},{n % 4},{n % 4 + 4 + n % 2},{n % 4 + 7}" for n in range(12)]
    report = published(evaluate_sheet(read_csv("id,pre,post,followup", *lines, max_points=20)))
    assert "All of the gain was still there, and more had been added." in method_lines(report)


def test_groups_of_one_test_show_their_average() -> None:
    lines = [f"p{n},{n % 9},{'XY'[n % 2]}" for n in range(20)]
    report = published(evaluate_sheet(read_csv("id,skor,dusun", *lines, group="dusun")))
    assert [(group.order, group.n, mean) for group, _shown, mean in page_parts(report)["groups"]] == [
        ("X", 10, "3.6"),
        ("Y", 10, "3.7"),
    ]
    assert "X: 3.6, n = 10" in words(report)
