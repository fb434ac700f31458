from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.evaluation.imports.numbers import is_missing, looks_grouped, parse_answer, parse_score


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0,7", Fraction(7, 10)),
        ("0.7", Fraction(7, 10)),
        ("-1,6", Fraction(-8, 5)),
        ("−1.6", Fraction(-8, 5)),
        ("+3", Fraction(3)),
        ("75%", Fraction(75)),
        ("1.234,5", Fraction(12345, 10)),
        ("10,000,000.2", Fraction(100000002, 10)),
        ("1.234.567", Fraction(1234567)),
        ("0.30", Fraction(3, 10)),
    ],
)
def test_decimals_are_exact_with_a_comma_or_a_point(text: str, value: Fraction) -> None:
    assert parse_score(text).value == value


@given(st.integers(-(10**9), 10**9), st.integers(0, 6), st.sampled_from(",."))
def test_what_is_written_is_what_is_read(units: int, places: int, sign: str) -> None:
    digits = str(abs(units)).rjust(places + 1, "0")
    whole, decimals = (digits[:-places], digits[-places:]) if places else (digits, "")
    text = f"{'-' if units < 0 else ''}{whole}{sign if places else ''}{decimals}"
    assert parse_score(text).value == Fraction(units, 10**places)


@pytest.mark.parametrize("text", ["", "-", "–", "NA", "n/a", "tidak hadir", "Absen", "?", "TH"])
def test_words_for_nobody_there_are_no_scores(text: str) -> None:
    assert is_missing(text)
    assert parse_score(text).value is None
    assert not parse_score(text).problem


@pytest.mark.parametrize(
    "text", ["sakit", "1e5", "1.2.3", "=1+1", "#DIV/0!", "12 poin", "1,2,3", "0x10", "inf"]
)
def test_other_text_is_a_problem_and_never_a_number(text: str) -> None:
    assert parse_score(text).value is None
    assert parse_score(text).problem == "text"


def test_a_share_tells_how_many_there_were() -> None:
    assert (parse_score("15/20").value, parse_score("15/20").out_of) == (15, 20)
    assert parse_score("7,5 / 10").value == Fraction(15, 2)


@pytest.mark.parametrize(
    ("text", "value"), [("benar", 1), ("Salah", 0), ("✓", 1), ("x", 0), ("ya", 1), ("0,5", Fraction(1, 2))]
)
def test_an_answer_may_be_a_word_or_a_sign(text: str, value: Fraction) -> None:
    assert parse_answer(text).value == value


def test_only_numbers_that_all_look_like_thousands_may_be_meant_so() -> None:
    assert looks_grouped(["1.234", "2.500", "12"])
    assert not looks_grouped(["1.234", "2.5"])
    assert not looks_grouped(["12", "13"])
    assert not looks_grouped(["0.647", "0.878"])
