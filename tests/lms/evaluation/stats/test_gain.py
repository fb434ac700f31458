import dataclasses

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.evaluation.stats.gain import paired_gain
from lms.evaluation.stats.pairs import Pairs
from lms.evaluation.stats.reasons import Reason

from .assertions import assert_interval_or_reason, assert_only_finite_numbers
from .strategies import ANY_PAIRS, MAX_POINTS, POINTS, SCORES, moved, scaled, shuffled

# What R 4.2.2 prints for t.test(post, pre, paired = TRUE) on `sleep`, in hours.
SLEEP_MEAN_GAIN = 1.58
SLEEP_SD_GAIN = 1.22999548327987
SLEEP_CI = (0.700114236723018, 2.45988576327698)


def gain_of(pairs: Pairs, max_points: int = 14):
    return paired_gain(pairs.pre, pairs.post, max_points)


def test_sleep_data_give_what_r_prints(sleep_in_tenths):
    gain = gain_of(sleep_in_tenths)
    assert (gain.n, gain.rose, gain.same, gain.fell) == (10, 9, 1, 0)
    assert (gain.mean_pre, gain.mean_post, gain.mean_gain, gain.median) == (
        7.5,
        23.3,
        10 * SLEEP_MEAN_GAIN,
        13,
    )
    assert gain.sd_gain == pytest.approx(10 * SLEEP_SD_GAIN, rel=1e-12)
    assert (gain.ci_low, gain.ci_high) == pytest.approx([10 * end for end in SLEEP_CI], rel=1e-12)
    assert gain.reason is None


def test_edge_cases_print_what_was_agreed(edge_case):
    gain = paired_gain(edge_case["pre"], edge_case["post"], edge_case["max_points"])
    expected = {key: value for key, value in edge_case["expect"].items() if key != "normalized"}
    assert {key: dataclasses.asdict(gain)[key] for key in expected} == pytest.approx(expected)


def test_nobody_gives_an_empty_result_with_a_reason():
    gain = paired_gain([], [], 14)
    assert (gain.n, gain.rose, gain.same, gain.fell, gain.reason) == (0, 0, 0, 0, Reason.TOO_FEW)
    assert (gain.mean_pre, gain.mean_post, gain.mean_gain, gain.median) == (None, None, None, None)


def test_one_person_has_a_gain_and_no_spread():
    gain = paired_gain([4], [9], 14)
    assert (gain.mean_gain, gain.sd_gain, gain.reason) == (5, None, Reason.TOO_FEW)


def test_the_same_gain_for_all_has_no_interval():
    gain = paired_gain([8, 9, 10], [10, 11, 12], 14)
    assert (gain.mean_gain, gain.sd_gain, gain.ci_low, gain.reason) == (2, 0, None, Reason.NO_SPREAD)


def test_the_spread_of_nist_numacc4_is_exact_despite_its_large_offset():
    # NIST StRD NumAcc4 in tenths: mean 10000000.2, SD 0.1 exactly; textbook sums of floats give variance -2.
    post = [100000002] + [100000001, 100000003] * 500
    gain = paired_gain(numpy.zeros(1001, dtype=int), post, 10**9)
    assert (gain.mean_gain, gain.sd_gain) == (100000002, 1)


@given(ANY_PAIRS, MAX_POINTS)
def test_every_result_is_finite_and_accounts_for_everyone(pairs, max_points):
    gain = gain_of(pairs, max_points)
    assert_only_finite_numbers(gain)
    assert_interval_or_reason(gain, gain.mean_gain)
    assert gain.rose + gain.same + gain.fell == gain.n == len(pairs)


@given(ANY_PAIRS, st.randoms(use_true_random=False))
def test_the_order_of_people_does_not_matter(pairs, random):
    assert gain_of(shuffled(pairs, random)) == gain_of(pairs)


@given(ANY_PAIRS, POINTS)
def test_the_same_points_added_before_and_after_change_no_gain(pairs, points):
    plain, shifted = gain_of(pairs), gain_of(moved(pairs, pre=points, post=points))
    assert dataclasses.replace(shifted, mean_pre=plain.mean_pre, mean_post=plain.mean_post) == plain


@given(SCORES, st.integers(2, 1000))
def test_a_test_worth_more_points_scales_gain_and_interval(pairs, factor):
    plain, large = gain_of(pairs), gain_of(scaled(pairs, factor))
    for name in ("mean_pre", "mean_post", "mean_gain", "sd_gain", "ci_low", "ci_high", "median"):
        value = getattr(plain, name)
        expected = None if value is None else pytest.approx(value * factor, rel=1e-9, abs=1e-9)
        assert getattr(large, name) == expected
    assert (large.rose, large.same, large.fell, large.reason) == (
        plain.rose,
        plain.same,
        plain.fell,
        plain.reason,
    )


@given(SCORES)
def test_exchanging_before_and_after_turns_the_gain_round(pairs):
    gain, back = gain_of(pairs), paired_gain(pairs.post, pairs.pre, 14)
    assert (back.rose, back.fell, back.sd_gain, back.reason) == (
        gain.fell,
        gain.rose,
        gain.sd_gain,
        gain.reason,
    )
    if gain.reason is None:
        assert (back.mean_gain, back.ci_low, back.ci_high) == (-gain.mean_gain, -gain.ci_high, -gain.ci_low)
