"""Numbers and dates in words: each number has its own words, and they can be read back."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.press.number_words import date_words, number_words

_ONES = dict(
    zip(
        ["nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"],
        range(10),
        strict=True,
    )
)
_GROUPS = {"ribu": 10**3, "juta": 10**6, "miliar": 10**9, "triliun": 10**12}


def read(words: str) -> int:
    """The number that Indonesian words say, read by the rules of the language and not of our writer."""
    total, group, last = 0, 0, 0
    for word in words.split():
        if word.startswith("se") and word in ("sepuluh", "sebelas", "seratus", "seribu"):
            if word == "seribu":
                total += 1000
                continue
            group += {"sepuluh": 10, "sebelas": 11, "seratus": 100}[word]
        elif word in _ONES:
            last = _ONES[word]
            group += last
        elif word == "belas":
            group += 10
        elif word == "puluh":
            group += 9 * last
        elif word == "ratus":
            group += 99 * last
        else:
            total += group * _GROUPS[word]
            group = 0
        if word not in _ONES:
            last = 0
    return total + group


@pytest.mark.property
@given(st.integers(min_value=0, max_value=10**15 - 1))
def test_the_words_of_a_number_say_that_number(number: int) -> None:
    assert read(number_words(number)) == number


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "nol"),
        (10, "sepuluh"),
        (11, "sebelas"),
        (17, "tujuh belas"),
        (20, "dua puluh"),
        (101, "seratus satu"),
        (1000, "seribu"),
        (1100, "seribu seratus"),
        (2018, "dua ribu delapan belas"),
        (11_000, "sebelas ribu"),
        (1_001_000, "satu juta seribu"),
        (1_200_000, "satu juta dua ratus ribu"),
    ],
)
def test_numbers_are_written_as_people_say_them(number: int, words: str) -> None:
    assert number_words(number) == words


@pytest.mark.parametrize("number", [-1, 10**15])
def test_what_nobody_counts_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match="no words"):
        number_words(number)


def test_a_date_is_said_as_in_minutes() -> None:
    assert date_words(date(2018, 6, 11)) == "Senin tanggal sebelas bulan Juni tahun dua ribu delapan belas"
