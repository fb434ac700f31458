import math

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lms.evaluation.stats.distributions import (
    TAIL,
    f_quantile,
    noncentral_t_cdf,
    noncentrality,
    normal_cdf,
    normal_two_sided,
    root,
    sign_test,
    t_quantile,
    t_two_sided,
)
from lms.evaluation.stats.interval import CONFIDENCE


@pytest.mark.parametrize(("z", "printed"), [(0, 1.0), (1.959963984540054, 0.05), (-2.5758293035489, 0.01)])
def test_normal_tails_are_those_of_the_printed_table(z, printed):
    assert normal_two_sided(z) == pytest.approx(printed, rel=1e-12)


def test_the_normal_distribution_is_symmetric():
    assert normal_cdf(0) == 0.5
    assert normal_cdf(1.2) + normal_cdf(-1.2) == pytest.approx(1, rel=1e-15)
    assert normal_cdf(1.6448536269514722) == pytest.approx(0.95, rel=1e-12)


@pytest.mark.parametrize(
    ("t", "degrees", "printed"), [(12.7062047362, 1, 0.05), (2.2621571628, 9, 0.05), (-3.2498355416, 9, 0.01)]
)
def test_t_tails_are_those_of_the_printed_table(t, degrees, printed):
    assert t_two_sided(t, degrees) == pytest.approx(printed, rel=1e-9)


def test_far_tails_of_t_keep_their_digits():
    # With two degrees of freedom the tail is 1 - t/sqrt(2 + t^2), about 1/t^2.
    assert t_two_sided(1e9, 2) == pytest.approx(1e-18, rel=1e-9)


def test_t_quantiles_need_no_whole_degrees():
    assert t_quantile(0.975, 9) == pytest.approx(2.2621571628, rel=1e-10)
    assert t_quantile(0.975, 9) < t_quantile(0.975, 8.5) < t_quantile(0.975, 8)


@pytest.mark.parametrize(
    ("probability", "degrees", "printed"),
    [(0.975, (4, 10), 4.4683), (0.95, (1, 10), 4.9646), (0.95, (5, 20), 2.7109)],
)
def test_f_quantiles_are_those_of_the_printed_table(probability, degrees, printed):
    assert f_quantile(probability, *degrees) == pytest.approx(printed, abs=5e-5)


def test_f_tails_mirror_each_other():
    assert f_quantile(0.025, 7, 12) == pytest.approx(1 / f_quantile(0.975, 12, 7), rel=1e-12)


@pytest.mark.parametrize(
    ("rose", "fell", "p"),
    [(0, 0, 1), (1, 0, 1), (6, 0, 2 / 64), (2, 7, 0.1796875), (5, 5, 1), (86, 150, 3.71593613957143e-05)],
)
def test_the_sign_test_counts_coins(rose, fell, p):
    assert sign_test(rose, fell) == pytest.approx(p, rel=1e-12)
    assert sign_test(fell, rose) == sign_test(rose, fell)


@given(st.floats(-6, 6), st.integers(1, 200))
@example(9e-6, 200)
@example(3e-7, 50)
def test_without_a_shift_the_noncentral_t_is_students(t, degrees):
    tail = t_two_sided(t, degrees) / 2
    expected = tail if t < 0 else 1 - tail
    assert noncentral_t_cdf(t, degrees, 0.0) == pytest.approx(expected, rel=1e-10, abs=1e-13)


@given(st.floats(-4, 4), st.integers(1, 500))
def test_at_zero_the_noncentral_t_is_normal(shift, degrees):
    # T <= 0 whenever Z + shift <= 0, whatever the denominator.
    assert noncentral_t_cdf(0.0, degrees, shift) == pytest.approx(normal_cdf(-shift), rel=1e-11)


@given(st.floats(-5, 5), st.integers(1, 100), st.floats(-3, 3))
def test_the_noncentral_t_mirrors_and_falls_with_its_shift(t, degrees, shift):
    here = noncentral_t_cdf(t, degrees, shift)
    assert here == pytest.approx(1 - noncentral_t_cdf(-t, degrees, -shift), abs=1e-12)
    assert noncentral_t_cdf(t, degrees, shift + 0.5) < here


def test_the_noncentral_t_is_that_of_a_published_table():
    # One-sided normal tolerance factor for n = 10, coverage 0.95, confidence 0.95: 2.911 (NIST handbook), the
    # 0.95 quantile of T with 9 degrees and the shift z(.95) sqrt(10), divided by sqrt(10).
    shift = 1.6448536269514722 * math.sqrt(10)
    assert noncentral_t_cdf(2.911 * math.sqrt(10), 9, shift) == pytest.approx(0.95, abs=5e-5)


@given(st.floats(-8, 8), st.integers(1, 60), st.sampled_from([0.025, 0.5, 0.975]))
def test_the_shift_found_has_the_probability_asked_for(t, degrees, probability):
    shift = noncentrality(t, degrees, probability)
    assert noncentral_t_cdf(t, degrees, shift) == pytest.approx(probability, rel=1e-9)


def test_the_tails_of_an_interval_of_95_per_cent():
    assert pytest.approx(1 - CONFIDENCE) == 2 * TAIL


@pytest.mark.parametrize("power", [1, 3, 5])
def test_a_root_is_found_to_the_last_digits(power):
    assert root(lambda x: x**power - 2, 0, 9) == pytest.approx(2 ** (1 / power), rel=1e-14)


def test_a_root_is_found_where_the_function_is_flat_at_both_ends():
    assert root(lambda x: normal_cdf(x) - 0.975, -40, 40) == pytest.approx(1.959963984540054, rel=1e-13)
