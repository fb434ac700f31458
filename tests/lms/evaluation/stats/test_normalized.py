import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.evaluation.stats.normalized import (
    Band,
    band_of,
    counterbalanced_normalized_gain,
    normalized_gain,
)
from lms.evaluation.stats.pairs import Pairs
from lms.evaluation.stats.reasons import Reason

from .assertions import assert_interval_or_reason, assert_only_finite_numbers
from .strategies import ANY_PAIRS, MANY_SCORES, MAX_POINTS, SCORES, moved, scaled, shuffled

NOBODY = Pairs()


def share_of(pairs: Pairs, max_points: int = 20):
    return normalized_gain(pairs.pre, pairs.post, max_points)


def counterbalanced_share_of(a_then_b: Pairs, b_then_a: Pairs, max_points: int = 20):
    return counterbalanced_normalized_gain({"AB": a_then_b, "BA": b_then_a}, max_points)


def textbook_error(pairs: Pairs, max_points: int) -> float:
    """SE of <g> by the delta method, person by person and on floats."""
    n, gains = len(pairs), pairs.gains
    mean_pre, mean_gain = sum(pairs.pre) / n, sum(gains) / n
    room = max_points - mean_pre
    share = mean_gain / room
    residuals = [
        (gain - mean_gain) / room + share * (pre - mean_pre) / room
        for gain, pre in zip(gains, pairs.pre, strict=True)
    ]
    return math.sqrt(sum(residual**2 for residual in residuals) / (n - 1) / n)


def test_edge_cases_print_what_was_agreed(edge_case):
    share = normalized_gain(edge_case["pre"], edge_case["post"], edge_case["max_points"])
    if "normalized" in edge_case["expect"]:
        assert share.value == pytest.approx(edge_case["expect"]["normalized"])


def test_a_small_example_agrees_with_the_hand():
    # Mean before 4 of 10, mean gain 3: <g> = 3/6. r = d + pre/2: 1+1, 3+2, 5+3 = 2, 5, 8; SS 18, variance 9,
    # SE = sqrt(9 / 3) / 6; t(.975, 2) = 4.3026527 from the printed table.
    share = normalized_gain([2, 4, 6], [3, 7, 11], 10)
    assert (share.value, share.band, share.reason) == (0.5, Band.MEDIUM, None)
    assert share.se == pytest.approx(math.sqrt(3) / 6)
    assert share.ci_high == pytest.approx(0.5 + 4.3026527 * math.sqrt(3) / 6, rel=1e-7)


def test_two_orders_agree_with_the_hand():
    # Means before 4 and 2, of 10: 3. Mean gains 3 and 4: 3.5, so <g> = 3.5 / 7 = 1/2. r = d + pre/2:
    # 2, 5, 8 (SS 18) and 4, 6 (SS 2); s_r^2 = 20 / 3; SE = sqrt(20/3 (1/3 + 1/2)) / 2 / 7.
    share = counterbalanced_share_of(Pairs.of([2, 4, 6], [3, 7, 11]), Pairs.of([2, 2], [5, 7]), 10)
    assert (share.n, share.value) == (5, 0.5)
    assert share.se == pytest.approx(math.sqrt(20 / 3 * (1 / 3 + 1 / 2)) / 2 / 7)
    assert share.ci_low == pytest.approx(0.5 - 3.1824463 * share.se, rel=1e-7)


def test_a_full_pre_test_leaves_nothing_to_gain():
    share = normalized_gain([20] * 5, [20, 20, 19, 20, 20], 20)
    assert (share.value, share.se, share.band, share.reason) == (None, None, None, Reason.CEILING)
    assert share.near_ceiling


def test_a_pre_test_is_near_the_ceiling_above_80_percent_only():
    assert not normalized_gain([16, 16], [17, 18], 20).near_ceiling
    assert normalized_gain([16, 17], [17, 18], 20).near_ceiling


def test_people_who_lost_more_than_they_could_have_gained_are_counted():
    # Possible gains 4, 4, 0, 10; changes -5, -4, -1, +3: the first and the third.
    assert normalized_gain([16, 16, 20, 10], [11, 12, 19, 13], 20).steep_losses == 2


def test_one_order_only_is_refused():
    share = counterbalanced_share_of(Pairs.of([3, 4], [7, 9]), NOBODY)
    assert (share.n, share.value, share.reason) == (2, None, Reason.FORMS_NOT_BALANCED)


def test_nobody_is_too_few():
    assert normalized_gain([], [], 20).reason is Reason.TOO_FEW
    assert counterbalanced_share_of(NOBODY, NOBODY).reason is Reason.TOO_FEW


def test_a_single_person_has_a_share_without_an_interval():
    share = normalized_gain([10], [15], 20)
    assert (share.value, share.se, share.ci_low, share.reason) == (0.5, None, None, Reason.TOO_FEW)


@pytest.mark.parametrize(
    ("value", "band"),
    [
        (1, Band.HIGH),
        (0.7, Band.HIGH),
        (0.6999, Band.MEDIUM),
        (0.3, Band.MEDIUM),
        (0.2999, Band.LOW),
        (-2, Band.LOW),
    ],
)
def test_bands_begin_at_their_limits(value, band):
    assert band_of(value) is band


def test_seven_tenths_of_integers_is_high():
    assert normalized_gain([0, 0], [6, 8], 10).band is Band.HIGH
    assert normalized_gain([0, 1, 2], [7, 8, 9], 11).band is Band.HIGH


@given(MANY_SCORES)
def test_the_error_is_that_of_the_formula(pairs):
    share = share_of(pairs)
    assert share.se == pytest.approx(textbook_error(pairs, 20), rel=1e-9, abs=1e-9)


@given(ANY_PAIRS, ANY_PAIRS, MAX_POINTS)
def test_every_result_is_finite(first, second, max_points):
    for share in (share_of(first, max_points), counterbalanced_share_of(first, second, max_points)):
        assert_only_finite_numbers(share)
        assert_interval_or_reason(share, share.value)
        assert (share.value is None) == (share.band is None)


@given(SCORES, SCORES, st.randoms(use_true_random=False))
def test_neither_names_of_orders_nor_order_of_people_matter(first, second, random):
    plain = counterbalanced_share_of(first, second)
    assert counterbalanced_share_of(second, first) == plain
    assert counterbalanced_share_of(shuffled(first, random), shuffled(second, random)) == plain


@given(MANY_SCORES, st.integers(2, 1000))
def test_a_share_does_not_feel_how_many_points_a_test_is_worth(pairs, factor):
    assert share_of(scaled(pairs, factor), 20 * factor) == share_of(pairs)


@given(MANY_SCORES, MANY_SCORES, st.integers(-5, 5))
def test_an_easier_form_b_counts_as_a_test_halfway_between(a_then_b, b_then_a, points):
    easier = counterbalanced_share_of(moved(a_then_b, post=2 * points), moved(b_then_a, pre=2 * points))
    both_forms = counterbalanced_share_of(
        moved(a_then_b, pre=points, post=points), moved(b_then_a, pre=points, post=points)
    )
    assert (easier.value, easier.se, easier.reason) == (both_forms.value, both_forms.se, both_forms.reason)
