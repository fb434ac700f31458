"""A certificate speaks Indonesian as offices write it."""

import time
import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.certificates.wording import (
    MONTHS,
    certificate_number,
    date_in_words,
    dates_in_words,
    kind_in_words,
    place_in_words,
    printable,
    roman_month,
)

VALUES = {"I": 1, "V": 5, "X": 10}


@given(st.integers(min_value=1, max_value=12))
def test_a_roman_month_reads_back_as_its_number(month: int) -> None:
    digits = [VALUES[letter] for letter in roman_month(month)]
    following = [*digits[1:], 0]
    total = sum(-d if d < after else d for d, after in zip(digits, following, strict=True))
    assert total == month


@given(st.integers(min_value=1, max_value=99_999), st.dates())
def test_a_number_tells_sequence_activity_organisation_month_and_year(sequence: int, day: date) -> None:
    number = certificate_number(sequence=sequence, activity="PK-BR", organisation="DS-LNN", day=day)
    first, activity, organisation, month, year = number.split("/")
    assert int(first) == sequence
    assert len(first) >= 3
    assert (activity, organisation, month, year) == ("PK-BR", "DS-LNN", roman_month(day.month), str(day.year))


def test_the_number_of_the_domain_is_written_as_there() -> None:
    number = certificate_number(sequence=12, activity="PK-BR", organisation="DS-LNN", day=date(2018, 6, 11))
    assert number == "012/PK-BR/DS-LNN/VI/2018"


def test_the_months_are_indonesian() -> None:
    assert date_in_words(date(2018, 6, 11)) == "11 Juni 2018"
    assert len(set(MONTHS)) == 12


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2018, 6, 11), date(2018, 6, 11), "11 Juni 2018"),
        (date(2018, 6, 11), date(2018, 6, 13), "11–13 Juni 2018"),
        (date(2018, 6, 30), date(2018, 7, 2), "30 Juni–2 Juli 2018"),
        (date(2018, 12, 31), date(2019, 1, 2), "31 Desember 2018–2 Januari 2019"),
    ],
)
def test_a_span_of_days_is_said_without_repeating(first: date, last: date, words: str) -> None:
    assert dates_in_words(first, last) == words


def test_no_certificate_claims_competence() -> None:
    kinds = {kind_in_words(post_test_passed=passed) for passed in (True, False)}
    assert kinds == {"Kelulusan Pelatihan", "Keikutsertaan"}


def test_a_place_is_said_from_small_to_large_and_the_village_once() -> None:
    parts = {"village": "Loonuna", "district": "Lamaknen Selatan", "regency": "Belu"}
    area = "Kecamatan Lamaknen Selatan, Kabupaten Belu"
    assert place_in_words(venue="Balai Rakyat", **parts) == f"Balai Rakyat, Loonuna, {area}"
    assert place_in_words(venue="Kantor Desa Loonuna", **parts) == f"Kantor Desa Loonuna, {area}"
    assert (
        place_in_words(venue="", village="Oesapa", district="", regency="Kota Kupang")
        == "Oesapa, Kota Kupang"
    )


@given(st.text(max_size=300))
def test_what_is_printed_is_one_short_line_without_control_characters(text: str) -> None:
    line = printable(text, longest=40)
    assert len(line) <= 40
    assert line == line.strip()
    assert not any(unicodedata.category(letter)[0] == "C" for letter in line)


def test_direction_marks_cannot_turn_a_name_around() -> None:
    assert printable("Maria\u202e ereB\x00\n  Bere", longest=40) == "Maria ereB Bere"


def test_a_name_that_is_far_too_long_is_cut_at_once() -> None:
    begin = time.monotonic()
    line = printable("é" * 2_000_000, longest=120)
    assert time.monotonic() - begin < 0.5
    assert line == "é" * 119 + "…"
