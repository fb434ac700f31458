"""Numbers as Indonesians write them; what could be read in two ways is refused, not guessed."""

import random
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from assessments.models import NumericQuestion
from assessments.questions.numbers import parse_number, written
from tests.assessments.questions.support import CANARY, HOSTILE, assert_no_canary, loaded, posted, shown
from tests.factories import make_numeric


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1200000", "1200000"),
        ("1.200.000", "1200000"),
        ("1 200 000", "1200000"),
        ("1\u00a0200\u00a0000", "1200000"),
        ("1\u202f200\u202f000", "1200000"),
        ("Rp1.200.000", "1200000"),
        ("Rp 1.200.000", "1200000"),
        ("rp. 1.200.000,50", "1200000.50"),
        ("Rp1.200.000,-", "1200000"),
        ("Rp1.200.000,–", "1200000"),
        ("-Rp500", "-500"),
        ("35,5", "35.5"),
        ("35,5 %", "35.5"),
        ("35,5\u00a0%", "35.5"),
        ("35%", "35"),
        ("  6 ", "6"),
        ("-6", "-6"),
        ("− 6", "-6"),
        ("0", "0"),
        ("007", "7"),
        ("1.200,5", "1200.5"),
        ("Rp1,2 juta", "1200000"),
        ("1,2 jt", "1200000"),
        ("1,2jt.", "1200000"),
        ("500 ribu", "500000"),
        ("500rb", "500000"),
        ("2 miliar", "2000000000"),
        ("2 Milyar", "2000000000"),
        ("Rp 1,5 triliun", "1500000000000"),
        ("-2 juta rupiah", "-2000000"),
        ("1.200.000 rupiah", "1200000"),
        ("32 persen", "32"),
    ],
)
def test_usual_ways_of_writing_are_understood(text: str, number: str) -> None:
    assert parse_number(text) == Decimal(number)


@pytest.mark.parametrize(
    "text", ["1,200,000", "1.200,5,3", "35.5", "1.20", "12.00.000", "1.2000", "1 2", "1,", "1.200 000", "5 0"]
)
def test_what_could_be_two_numbers_is_refused_with_the_rule(text: str) -> None:
    with override("en"), pytest.raises(ValidationError) as refusal:
        parse_number(text)
    assert refusal.value.code == "invalid"
    with override("en"):
        assert "dot for thousands and a comma for decimals" in refusal.value.messages[0]


@pytest.mark.parametrize(
    "text",
    [
        *(text for text in HOSTILE if text != "-1"),
        "",
        "enam",
        "6 orang",
        ",5",
        "--5",
        "Rp",
        "%",
        "5%%",
        "1 juta 200 ribu",
        "35 % juta",
        "+5",
        "5\n\n6x",
    ],
)
def test_what_is_no_number_is_refused_in_words(text: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        parse_number(text)
    assert refusal.value.code == "invalid"
    assert "1.200.000" in refusal.value.messages[0]


def grouped(number: int) -> str:
    return f"{number:,}".replace(",", ".")


@given(st.integers(min_value=0, max_value=10**15), st.integers(min_value=0, max_value=9999))
def test_every_number_written_properly_is_read_as_itself(whole: int, decimals: int) -> None:
    expected = Decimal(f"{whole}.{decimals:04d}")
    for text in (
        f"{grouped(whole)},{decimals:04d}",
        f"{whole},{decimals:04d}",
        f"Rp {grouped(whole)},{decimals:04d}",
    ):
        assert parse_number(text) == expected


@given(st.decimals(-(10**15), 10**15, places=4))
def test_a_number_that_we_write_is_read_as_itself(number: Decimal) -> None:
    assert parse_number(written(number)) == number


SCALES = {"ribu": 3, "rb": 3, "juta": 6, "jt": 6, "miliar": 9, "milyar": 9, "triliun": 12}


@given(st.decimals(-9999, 9999, places=2), st.sampled_from(sorted(SCALES)), st.booleans(), st.booleans())
def test_a_number_with_its_scale_in_words_is_that_many_times(
    number: Decimal, word: str, spaced: bool, money: bool
) -> None:
    text = f"{written(number)}{' ' if spaced else ''}{word}"
    if money:
        text = f"-Rp{text.removeprefix('-')}" if number < 0 else f"Rp{text}"
    assert parse_number(text) == number * 10 ** SCALES[word]


@pytest.mark.parametrize(
    ("text", "unit", "number"),
    [
        ("35 orang", "orang", "35"),
        ("35 Orang", "orang", "35"),
        ("35orang", "orang", "35"),
        ("32 %", "persen", "32"),
        ("32 persen", "%", "32"),
        ("45 juta", "juta rupiah", "45"),
        ("Rp45 juta", "juta rupiah", "45"),
        ("45 juta rupiah", "juta rupiah", "45"),
        ("0,045 miliar", "juta rupiah", "45"),
        ("45", "juta rupiah", "45"),
        ("360 juta", "rupiah", "360000000"),
        ("3 kali sehari", "kali sehari", "3"),
        ("2 ribu orang", "orang", "2000"),
    ],
)
def test_the_unit_of_the_question_may_be_written_behind_the_number(text: str, unit: str, number: str) -> None:
    assert parse_number(text, unit) == Decimal(number)


@pytest.mark.parametrize(
    ("text", "unit"),
    [("35 desa", "orang"), ("35 orang", ""), ("35 orang orang", "orang"), ("35 juta %", "%")],
)
def test_another_unit_is_refused_in_words(text: str, unit: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        parse_number(text, unit)
    assert "1.200.000" in refusal.value.messages[0]


@pytest.mark.django_db
def test_an_answer_is_checked_against_the_unit_frozen_on_the_attempt() -> None:
    question = make_numeric(answer=35, unit="orang")
    order = question.draw_order(random.Random(1))
    assert question.clean_response(posted({"response": "35 orang"}), order) == "35 orang"
    with pytest.raises(ValidationError):
        question.clean_response(posted({"response": "35 jiwa"}), order)
    assert question.score("35 orang") == question.score("35") == 1
    assert question.describe("35") == question.describe("35 orang") == ["35 orang"]
    question.unit = "jiwa"
    assert question.score("35 orang") == 0


@pytest.mark.django_db
def test_a_common_error_says_what_went_wrong_however_it_is_written() -> None:
    question = make_numeric(answer=1200, common_errors=[{"value": "1200000.0", "why": "Lupa membagi."}])
    assert question.feedback_on("1,2 juta") == ["Lupa membagi."]
    assert question.feedback_on("1.200") == question.feedback_on("7") == []


@given(st.text(max_size=300))
def test_any_text_is_a_number_or_a_refusal(text: str) -> None:
    try:
        number = parse_number(text)
    except ValidationError:
        return
    assert number.is_finite()


@given(st.text(alphabet="0123456789., -Rp%\u00a0", max_size=45))
def test_any_text_that_looks_like_a_number_is_one_or_a_refusal(text: str) -> None:
    try:
        number = parse_number(text)
    except ValidationError:
        return
    # What is accepted and stored can be read again when the test is scored.
    assert parse_number(" ".join(text.split())) == number


def test_the_answer_is_kept_as_it_was_typed() -> None:
    clean = NumericQuestion.clean_response
    assert clean(posted({"response": "  Rp\u00a01.200.000 "}), []) == "Rp 1.200.000"
    assert clean(posted({"response": "   "}), []) is None
    assert clean(posted({}), []) is None


def test_the_option_of_another_question_is_refused() -> None:
    with pytest.raises(ValidationError):
        NumericQuestion.clean_response(posted({"response": "8be1a8f2-67a4-4c55-b2a1-c86b7d6fbd34"}), [])
    with pytest.raises(ValidationError) as refusal:
        NumericQuestion.clean_response(posted({"response-8be1a8f2": "1"}), [])
    assert refusal.value.code == "foreign_option"


@pytest.mark.django_db
def test_the_tolerance_counts_its_own_bounds() -> None:
    question = make_numeric(answer=Decimal(100), tolerance=Decimal("0.5"), points=2)
    points = {text: question.score(text) for text in ("99,5", "100", "100,5", "99,4999", "100,5001")}
    assert points == {"99,5": 2, "100": 2, "100,5": 2, "99,4999": 0, "100,5001": 0}
    assert question.score(None) == 0


@pytest.mark.django_db
def test_the_payload_is_stem_and_unit_and_no_key() -> None:
    question = make_numeric(
        unit="orang", note=CANARY, solution=CANARY, common_errors=[{"value": CANARY, "why": CANARY}]
    )
    assert question.participant_payload([]) == {"kind": "numeric", "stem": "Soal N1", "unit": "orang"}
    assert_no_canary(loaded(question))


@pytest.mark.django_db
def test_the_page_labels_the_field_and_shows_what_was_typed() -> None:
    question = make_numeric(answer=987654, unit="rupiah")
    page = shown(question, posted({"response": '1,200,000"><b>'}), error="Tulis angka.")
    assert '<label for="id_response">Soal N1</label>' in page
    assert 'inputmode="decimal"' in page
    assert "1,200,000&quot;&gt;&lt;b&gt;" in page
    assert 'aria-invalid="true"' in page
    assert "rupiah" in page
    assert "987654" not in page


def test_two_spellings_of_one_number_mean_the_same() -> None:
    payload = {"unit": "rupiah"}
    same = NumericQuestion.means_the_same
    assert same("1.200.000", "1200000", payload)
    assert same("1,2 juta", "1.200.000", payload)
    assert not same("1.200.000", "120.000", payload)
    assert same(None, None, payload)
    assert not same(None, "0", payload)
    assert not same({"dont_know": True}, "0", payload)
