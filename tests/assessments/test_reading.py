"""Measures of Indonesian text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.reading import measure, syllables


@pytest.mark.parametrize(
    ("word", "number"),
    [
        ("desa", 2),
        ("perencanaan", 5),
        ("musyawarah", 4),
        ("pulau", 2),
        ("mulai", 2),
        ("air", 2),
        ("dia", 2),
        ("BPD", 1),
        ("warga-warga", 2),
    ],
)
def test_syllables_are_counted_as_people_speak(word: str, number: int) -> None:
    assert syllables(word) == number


def test_words_and_sentences_leave_out_numbers_and_the_dots_in_them() -> None:
    reading = measure("Dana desa Rp1.200.000 cair. Berapa sisanya?")
    assert (reading.words, reading.sentences) == (6, 2)


def test_nothing_is_no_sentence_and_not_hard() -> None:
    reading = measure("")
    assert (reading.words, reading.words_per_sentence, reading.long_words_percent) == (0, 0, 0)
    assert not reading.is_hard


def test_a_long_sentence_is_hard_and_the_same_words_in_two_are_not() -> None:
    assert measure(" ".join(["kata"] * 18) + ".").is_hard
    assert not measure(f"{' '.join(['kata'] * 9)}. {' '.join(['kata'] * 9)}.").is_hard


def test_many_long_words_are_hard_but_not_in_a_short_question() -> None:
    assert measure("Perencanaan penganggaran pembangunan kedesaan itu milik kita semua ya Pak.").is_hard
    assert not measure("Siapa menyelenggarakan musyawarah perencanaan?").is_hard


@given(st.text())
def test_any_text_can_be_measured(text: str) -> None:
    reading = measure(text)
    assert 0 <= reading.long_words <= reading.words
    assert 0 <= reading.long_words_percent <= 100
    assert reading.sentences <= reading.words
