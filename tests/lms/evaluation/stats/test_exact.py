import math
import statistics
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.evaluation.stats.exact import (
    Moments,
    common_scale,
    exact,
    in_units,
    mean,
    median,
    quantile,
    sd,
    variance,
)

F = Fraction
DECIMALS = st.integers(-1000, 1000).map(lambda cents: F(cents, 100))
MANY = st.lists(DECIMALS, min_size=2, max_size=40)


def test_floats_are_refused_because_their_digits_are_not_those_written():
    with pytest.raises(TypeError, match="float"):
        exact(0.3)
    with pytest.raises(TypeError, match="float"):
        common_scale([1, 0.5])


def test_the_scale_makes_every_value_whole():
    assert common_scale([F(3, 10), F(1, 4), 2]) == 20
    assert in_units([F(3, 10), F(1, 4), 2], 20) == (6, 5, 40)
    assert common_scale([]) == 1


def test_a_scale_too_coarse_is_an_error_and_does_not_round():
    with pytest.raises(ValueError, match="coarse"):
        in_units([F(1, 4)], 2)


def test_nobody_and_one_person_have_no_spread():
    assert (mean([]), median([]), sd([]), sd([F(3)]), variance([3])) == (None, None, None, None, None)
    assert (mean([3]), median([3])) == (3, 3)


@pytest.mark.parametrize(
    ("share", "value"), [(0, 1), (F(1, 4), F(7, 4)), (F(1, 2), F(5, 2)), (F(3, 4), F(13, 4)), (1, 4)]
)
def test_quantiles_are_of_type_7(share, value):
    # R: quantile(c(4, 1, 3, 2)) prints 1.00 1.75 2.50 3.25 4.00.
    assert quantile([4, 1, 3, 2], F(share)) == value


def test_a_share_is_between_0_and_1():
    with pytest.raises(ValueError, match="share"):
        quantile([1], F(2))


@given(MANY)
def test_mean_spread_and_median_are_those_of_the_textbook(values):
    assert mean(values) == statistics.mean(values)
    assert variance(values) == statistics.variance(values)
    assert sd(values) == pytest.approx(statistics.stdev(values), rel=1e-12)
    assert median(values) == statistics.median(values)


@given(MANY, DECIMALS)
def test_a_constant_moves_the_mean_and_not_the_spread(values, constant):
    moved = [value + constant for value in values]
    assert mean(moved) == mean(values) + constant
    assert sd(moved) == sd(values)


@given(st.lists(st.tuples(st.integers(-99, 99), st.integers(-99, 99)), min_size=2, max_size=30))
def test_the_correlation_is_that_of_the_textbook_and_between_minus_1_and_1(rows):
    xs, ys = [x for x, _ in rows], [y for _, y in rows]
    r = Moments.of(xs, ys).correlation
    if len(set(xs)) == 1 or len(set(ys)) == 1:
        assert r is None
    else:
        assert -1 <= r <= 1
        assert r == pytest.approx(statistics.correlation(xs, ys), abs=1e-9)
        slope, _ = statistics.linear_regression(xs, ys)
        assert float(Moments.of(xs, ys).slope) == pytest.approx(slope, abs=1e-9)
    assert float(Moments.of(xs, ys).covariance) == pytest.approx(statistics.covariance(xs, ys), abs=1e-9)


@given(st.lists(st.tuples(st.integers(), st.integers())), st.lists(st.tuples(st.integers(), st.integers())))
def test_moments_of_two_groups_add_up_to_those_of_all(first, second):
    def moments(rows):
        return Moments.of([x for x, _ in rows], [y for _, y in rows])

    assert moments(first) + moments(second) == moments(first + second)


def test_unequal_lengths_are_refused():
    with pytest.raises(ValueError, match="beside"):
        Moments.of([1], [1, 2])


def test_perfect_agreement_is_exactly_1_and_no_people_have_none():
    assert Moments.of([1, 2, 4], [3, 5, 9]).correlation == 1.0
    assert Moments.of([1, 2, 4], [-1, -2, -4]).correlation == -1.0
    assert (Moments().correlation, Moments().slope, Moments().covariance) == (None, None, None)


def test_far_from_zero_no_digit_is_lost():
    # NIST NumAcc4 in small: on floats n S(x^2) - S(x)^2 gives 0 or less.
    values = [F("10000000.1"), F("10000000.2"), F("10000000.3")]
    assert sd(values) == 0.1
    assert math.isclose(float(mean(values)), 10000000.2, rel_tol=0)
