from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from lms.evaluation.stats.strata import strata_mean

from .strategies import POINTS


def test_strata_weigh_the_same_whatever_their_size():
    assert strata_mean([[1, 1, 1, 1], [4]]).mean == Fraction(5, 2)


def test_a_single_person_in_a_stratum_adds_nothing_to_the_spread():
    estimate = strata_mean([[2, 4, 6], [100]])
    assert estimate.degrees == 2
    assert estimate.variance == 4
    assert estimate.squared_error == Fraction(4 * (1 + 3), 3 * 4)


def test_one_person_in_each_stratum_leaves_no_degree_of_freedom():
    estimate = strata_mean([[2], [100]])
    assert (estimate.mean, estimate.variance, estimate.squared_error, estimate.degrees) == (51, None, None, 0)


@given(st.lists(POINTS, min_size=2, max_size=60), st.integers(-(10**15), 10**15))
def test_the_spread_does_not_feel_where_the_scores_lie(values, offset):
    assert strata_mean([values]).variance == strata_mean([[value + offset for value in values]]).variance


@given(st.lists(POINTS, min_size=2, max_size=30), st.lists(POINTS, min_size=2, max_size=30))
def test_strata_of_equal_size_have_the_error_of_two_separate_samples(first, second):
    size = min(len(first), len(second))
    first, second = first[:size], second[:size]
    apart = strata_mean([first]).squared_error + strata_mean([second]).squared_error
    assert strata_mean([first, second]).squared_error == apart / 4
