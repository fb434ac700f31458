import dataclasses
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.evaluation.stats.counterbalanced import counterbalanced_gain
from lms.evaluation.stats.gain import paired_gain
from lms.evaluation.stats.pairs import Pairs
from lms.evaluation.stats.reasons import Reason

from .assertions import assert_interval_or_reason, assert_only_finite_numbers
from .strategies import ANY_PAIRS, MANY_SCORES, MAX_POINTS, POINTS, SCORES, moved, scaled, shuffled

NOBODY = Pairs()


def gain_of(a_then_b: Pairs, b_then_a: Pairs, max_points: int = 14):
    return counterbalanced_gain({"AB": a_then_b, "BA": b_then_a}, max_points)


def test_a_small_example_agrees_with_the_hand():
    # Gains A-then-B: 1, 2, 3 (mean 2, SS 2). B-then-A: 4, 6, 6, 8 (mean 6, SS 4 + 0 + 0 + 4 = 8).
    # Gain (2 + 6) / 2 = 4, not the 30 / 7 of all seven people. s_p^2 = (2 + 8) / (3 + 4 - 2) = 2.
    # SE = sqrt(2 (1/3 + 1/4)) / 2 = sqrt(7/6) / 2; t(.975, 5) = 2.5705818 from the printed table.
    gain = gain_of(Pairs.of([3, 4, 5], [4, 6, 8]), Pairs.of([2, 2, 4, 4], [6, 8, 10, 12]))
    half = 2.5705818366 * math.sqrt(7 / 6) / 2
    assert (gain.n, gain.mean_gain, gain.form_gap) == (7, 4, 2)
    assert (gain.mean_pre, gain.mean_post) == ((4 + 3) / 2, (6 + 9) / 2)
    assert gain.sd_gain == pytest.approx(math.sqrt(2))
    assert (gain.ci_low, gain.ci_high) == pytest.approx((4 - half, 4 + half), rel=1e-9)
    assert (gain.rose, gain.same, gain.fell, gain.reason) == (7, 0, 0, None)


def test_a_harder_form_does_not_pass_for_a_loss():
    # Form B gives 5 points less and everyone learns 2: half of the people fall, and yet learning is 2.
    gain = gain_of(Pairs.of([8, 9, 10, 11], [5, 6, 8, 7]), Pairs.of([3, 4, 5, 6], [10, 11, 13, 12]))
    assert (gain.mean_gain, gain.form_gap) == (2, 5)
    assert (gain.rose, gain.fell) == (4, 4)
    assert 0 < gain.ci_low < 2


def test_nobody_is_too_few_and_not_a_matter_of_forms():
    gain = gain_of(NOBODY, NOBODY)
    assert (gain.n, gain.mean_gain, gain.rose, gain.reason) == (0, None, 0, Reason.TOO_FEW)


@pytest.mark.parametrize(
    "groups", [{"AB": Pairs.of([3] * 9, [7] * 9)}, {"AB": NOBODY, "BA": Pairs.of([1], [2])}]
)
def test_one_order_only_refuses_everything_that_mixes_learning_with_the_forms(groups):
    gain = counterbalanced_gain(groups, 14)
    assert gain.reason is Reason.FORMS_NOT_BALANCED
    assert gain.n == sum(map(len, groups.values()))
    numbers = dataclasses.asdict(gain).items()
    assert all(value is None for name, value in numbers if name not in {"n", "max_points", "reason"})


def test_one_person_in_each_order_gives_a_gain_without_an_interval():
    gain = gain_of(Pairs.of([3], [5]), Pairs.of([4], [10]))
    assert (gain.mean_gain, gain.sd_gain, gain.ci_low, gain.reason) == (4, None, None, Reason.TOO_FEW)


def test_one_person_in_one_order_is_judged_by_the_spread_of_the_other():
    gain = gain_of(Pairs.of([3, 3, 3], [4, 5, 6]), Pairs.of([4], [10]))
    half = 4.3026527 * math.sqrt(1 * (1 / 3 + 1)) / 2
    assert (gain.mean_gain, gain.sd_gain) == (4, 1)
    assert gain.ci_high - gain.mean_gain == pytest.approx(half, rel=1e-7)


def test_no_spread_within_the_orders_gives_no_interval_even_if_the_forms_differ():
    gain = gain_of(Pairs.of([1, 2], [2, 3]), Pairs.of([1, 2], [4, 5]))
    assert (gain.mean_gain, gain.sd_gain, gain.form_gap) == (2, 0, 1)
    assert (gain.ci_low, gain.reason) == (None, Reason.NO_SPREAD)


def test_a_third_order_is_refused():
    with pytest.raises(ValueError, match="two orders"):
        counterbalanced_gain({"AB": NOBODY, "BA": NOBODY, "AC": NOBODY}, 14)


@given(ANY_PAIRS, ANY_PAIRS, MAX_POINTS)
def test_every_result_is_finite_and_accounts_for_everyone(first, second, max_points):
    gain = gain_of(first, second, max_points)
    assert_only_finite_numbers(gain)
    assert_interval_or_reason(gain, gain.mean_gain)
    assert gain.n == len(first) + len(second)
    if gain.reason is not Reason.FORMS_NOT_BALANCED:
        assert gain.rose + gain.same + gain.fell == gain.n


@given(MANY_SCORES, MANY_SCORES, POINTS)
def test_an_easier_form_b_changes_neither_gain_nor_interval(a_then_b, b_then_a, points):
    plain = gain_of(a_then_b, b_then_a)
    easier = gain_of(moved(a_then_b, post=points), moved(b_then_a, pre=points))
    for name in ("n", "mean_gain", "sd_gain", "ci_low", "ci_high", "reason"):
        assert getattr(easier, name) == getattr(plain, name)


@given(SCORES, SCORES)
def test_the_names_of_the_orders_do_not_matter(first, second):
    assert gain_of(first, second) == gain_of(second, first)


@given(SCORES, SCORES, st.randoms(use_true_random=False))
def test_the_order_of_people_does_not_matter(first, second, random):
    assert gain_of(shuffled(first, random), shuffled(second, random)) == gain_of(first, second)


@given(MANY_SCORES, MANY_SCORES)
def test_the_printed_means_differ_by_the_printed_gain(first, second):
    gain = gain_of(first, second)
    assert gain.mean_post - gain.mean_pre == pytest.approx(gain.mean_gain, abs=1e-12)


@given(MANY_SCORES, MANY_SCORES, st.integers(2, 1000))
def test_a_test_worth_more_points_scales_gain_and_interval(first, second, factor):
    plain, large = gain_of(first, second), gain_of(scaled(first, factor), scaled(second, factor))
    for name in ("mean_pre", "mean_post", "mean_gain", "sd_gain", "ci_low", "ci_high", "form_gap"):
        value = getattr(plain, name)
        expected = None if value is None else pytest.approx(value * factor, rel=1e-9, abs=1e-9)
        assert getattr(large, name) == expected
    assert large.reason == plain.reason


@given(MANY_SCORES)
def test_two_alike_groups_gain_what_one_of_them_gains(people):
    both, alone = gain_of(people, people), paired_gain(people.pre, people.post, 14)
    assert (both.mean_pre, both.mean_post, both.mean_gain) == (
        alone.mean_pre,
        alone.mean_post,
        alone.mean_gain,
    )
    assert both.form_gap == 0
