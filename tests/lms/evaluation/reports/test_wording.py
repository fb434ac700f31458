import dataclasses
import re
from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from lms.evaluation.reports.notes import Note, NoteCode
from lms.evaluation.reports.wording import (
    decimals_for,
    lost_sentence,
    sentence,
    share_sentence,
    shown_change,
    signed,
)
from lms.evaluation.stats.normalized import band_of

from .results import HIDDEN, RESULT, with_numbers


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def as_number(text: str) -> Decimal:
    return Decimal(text.replace("−", "-").replace("+", ""))


def test_the_sentence_says_who_what_and_how_many():
    assert sentence(RESULT) == (
        "Of 24 participants, 22 took the pre-test and the post-test. "
        "The average rose from 12.3 to 16.0 of 27 points (+3.7; 95% plausible range +2.0 to +5.5). "
        "18 rose, 1 stayed the same, 3 fell."
    )


@pytest.mark.parametrize(
    ("after", "words"),
    [
        (16.0, "rose from 12.3 to 16.0"),
        (12.25, "stayed at 12.3"),
        (10.0, "fell from 12.3 to 10.0 of 27 points (−2.3;"),
    ],
)
def test_the_verb_follows_the_sign(after, words):
    assert words in sentence(with_numbers(mean_post=after, mean_gain=after - 12.25))


def test_a_change_too_small_to_be_shown_is_not_called_a_rise():
    assert "stayed at 12.3" in sentence(with_numbers(mean_post=12.27, mean_gain=0.02))


def test_without_a_range_the_sentence_says_so():
    assert "(+3.7; the range cannot be computed)" in sentence(with_numbers(ci_low=None, ci_high=None))


def test_below_five_people_the_sentence_has_no_result():
    assert sentence(HIDDEN) == (
        "Of 9 participants, 3 took the pre-test and the post-test. "
        "Not enough data (fewer than 5 people took both the pre-test and the post-test)."
    )


def test_a_refused_gain_is_explained_in_its_place():
    refused = dataclasses.replace(HIDDEN, matched_n=8, notes=(Note(NoteCode.FORMS_NOT_BALANCED),))
    assert sentence(refused).endswith("differ and are not equated, so no gain is computed.")


def test_it_never_claims_a_cause():
    said = sentence(RESULT) + share_sentence(RESULT)
    assert not re.search("cause|because|effect|thanks to", said)


def test_in_indonesian_numbers_have_a_comma():
    with translation.override("id"):
        said = sentence(RESULT)
    assert "12,3" in said
    assert "+2,0" in said
    assert "12.3" not in said


@given(st.integers(0, 270), st.integers(0, 270), st.integers(1, 99))
def test_shown_numbers_agree_when_a_reader_subtracts(before, after, people):
    result = with_numbers(
        mean_pre=before / 7, mean_post=after / 7, mean_gain=(after - before) / 7, matched_n=people
    )
    with translation.override("en"):
        shown = shown_change(result)
    assert as_number(shown.after) - as_number(shown.before) == as_number(shown.change)
    assert abs(as_number(shown.change) - Decimal(after - before) / 7) <= Decimal("0.1")
    assert shown.sign == (as_number(shown.change) > 0) - (as_number(shown.change) < 0)


def test_two_decimals_are_for_a_hundred_people_and_more():
    assert (decimals_for(99), decimals_for(100)) == (1, 2)
    assert shown_change(with_numbers(matched_n=100)).before == "12.25"
    assert not re.search(r"\d\.\d\d", sentence(RESULT) + share_sentence(RESULT))


def test_signs_stand_before_numbers_and_not_before_zero():
    assert [signed(value, 1) for value in (1.25, -1.25, 0, -0.01, 0.04)] == [
        "+1.3",
        "−1.3",
        "0.0",
        "0.0",
        "0.0",
    ]


def test_the_share_has_its_range_and_the_usual_word():
    assert share_sentence(RESULT) == (
        "Of all that could still be gained, 25% was gained (95% plausible range 14% to 37%; low N-gain)."
    )
    assert share_sentence(HIDDEN) is None


def test_rounding_never_carries_a_share_across_the_limit_of_its_word():
    said = share_sentence(with_numbers(normalized_gain=0.2996, band=band_of(0.2996)))
    assert "29.96%" in said
    assert "low N-gain" in said


def test_lost_people_are_compared_with_those_who_stayed():
    assert lost_sentence(with_numbers(mean_pre_lost=9.0)) == (
        "Mean before of those who took both tests: 12.3; of those without a post-test: 9.0."
    )
    assert lost_sentence(RESULT) is None
