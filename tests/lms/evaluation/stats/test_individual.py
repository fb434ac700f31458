from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.evaluation.stats.individual import Shares, change, individual_gain, normalized_change
from lms.evaluation.stats.reasons import Reason

from .strategies import SCORES, shuffled

POINTS = st.integers(0, 14)


@given(POINTS, POINTS)
def test_a_person_s_change_lies_between_minus_1_and_1_and_has_the_sign_of_the_gain(before, after):
    share = change(before, after, 14)
    if share is None:
        assert before == after
        assert before in (0, 14)
    else:
        assert -1 <= share <= 1
        assert (share > 0) == (after > before)
        assert (share < 0) == (after < before)


@given(POINTS, POINTS)
def test_losing_mirrors_gaining(before, after):
    # Wrong answers counted instead of right ones: a loss of rights is a gain of wrongs.
    share, mirrored = change(before, after, 14), change(14 - before, 14 - after, 14)
    assert mirrored == (None if share is None else -share)


def test_all_of_the_possible_gain_is_1_and_all_lost_is_minus_1():
    assert change(3, 10, 10) == 1
    assert change(3, 0, 10) == -1
    assert change(5, 5, 10) == 0


def test_the_two_measures_agree_by_hand():
    # g: 1/2, -1, (full: left out), 0. c: 1/2, -1/2, -1/10, 0.
    pre, post = [8, 5, 10, 5], [9, 0, 9, 5]
    g, c = individual_gain(pre, post, 10), normalized_change(pre, post, 10)
    assert (g.n, g.left_out, g.mean) == (3, 1, pytest.approx((1 / 2 - 1 + 0) / 3))
    assert (c.n, c.left_out, c.mean) == (4, 0, pytest.approx((1 / 2 - 1 - 1 / 10) / 4))


def test_nothing_to_change_is_left_out_and_counted():
    assert normalized_change([0, 10, 4], [0, 10, 7], 10) == Shares(1, 2, 0.5, None, None)


def test_why_there_is_no_share():
    assert individual_gain([], [], 10).reason is Reason.TOO_FEW
    assert individual_gain([10, 10], [9, 10], 10) == Shares(0, 2, None, None, Reason.CEILING)
    assert individual_gain([1], [2], None).reason is Reason.NO_MAXIMUM
    assert normalized_change([1], [2], None).reason is Reason.NO_MAXIMUM
    assert normalized_change([-1], [2], 10).reason is Reason.BELOW_ZERO
    assert normalized_change([0], [-2], 10).reason is Reason.BELOW_ZERO


@given(SCORES, st.randoms(use_true_random=False))
def test_the_order_of_people_does_not_matter(people, random):
    mixed = shuffled(people, random)
    assert individual_gain(mixed.pre, mixed.post, 14) == individual_gain(people.pre, people.post, 14)
    assert normalized_change(mixed.pre, mixed.post, 14) == normalized_change(people.pre, people.post, 14)


@given(SCORES, st.integers(2, 9))
def test_a_share_has_no_unit(people, factor):
    finer = [[Fraction(points, factor) for points in wave] for wave in (people.pre, people.post)]
    assert individual_gain(*finer, Fraction(14, factor)) == individual_gain(people.pre, people.post, 14)
    assert normalized_change(*finer, Fraction(14, factor)) == normalized_change(people.pre, people.post, 14)
