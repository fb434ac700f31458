import math
import statistics
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.evaluation.stats.distributions import noncentral_t_cdf
from lms.evaluation.stats.effect import effect_sizes, hedges_factor
from lms.evaluation.stats.reasons import Reason

from .strategies import MANY_SCORES, pairs, shuffled

VARIED = pairs(st.integers(0, 14), min_size=3, max_size=15).filter(
    lambda people: len(set(people.gains)) > 1 and len(set(people.pre)) > 1 and len(set(people.post)) > 1
)


@given(VARIED)
def test_every_size_is_that_of_its_formula(people):
    effects = effect_sizes(people.pre, people.post)
    gain, spread = statistics.fmean(people.gains), statistics.stdev(people.gains)
    before, after = statistics.stdev(people.pre), statistics.stdev(people.post)
    r = statistics.correlation(people.pre, people.post)
    assert effects.d_z == pytest.approx(gain / spread, abs=1e-12)
    assert effects.d_av == pytest.approx(gain / ((before + after) / 2), abs=1e-12)
    assert effects.d_rms == pytest.approx(gain / math.sqrt((before**2 + after**2) / 2), abs=1e-12)
    assert effects.d_pre == pytest.approx(gain / before, abs=1e-12)
    assert effects.d_rm == pytest.approx(gain / spread * math.sqrt(max(0, 2 * (1 - r))), abs=1e-6)
    assert effects.g_z == pytest.approx(effects.d_z * effects.j_exact)
    assert effects.g_av == pytest.approx(effects.d_av * effects.j_exact)
    assert effects.j_approximate == pytest.approx(1 - 3 / (4 * (len(people) - 1) - 1))
    assert effects.g_z_approximate == pytest.approx(effects.d_z * effects.j_approximate)


@given(VARIED)
def test_the_interval_leaves_a_fortieth_on_either_side(people):
    effects = effect_sizes(people.pre, people.post)
    n, t = len(people), effects.d_z * math.sqrt(len(people))
    low, high = effects.d_z_interval.low, effects.d_z_interval.high
    assert low < effects.d_z < high
    assert 1 - noncentral_t_cdf(t, n - 1, low * math.sqrt(n)) == pytest.approx(0.025, abs=1e-9)
    assert noncentral_t_cdf(t, n - 1, high * math.sqrt(n)) == pytest.approx(0.025, abs=1e-9)
    assert effects.g_z_interval.low == pytest.approx(low * effects.j_exact)


@given(VARIED)
def test_the_interval_of_d_av_is_that_of_d_z_on_the_other_yardstick(people):
    effects = effect_sizes(people.pre, people.post)
    average = (statistics.stdev(people.pre) + statistics.stdev(people.post)) / 2
    factor = statistics.stdev(people.gains) / average
    assert effects.d_av_interval.low == pytest.approx(effects.d_z_interval.low * factor)
    assert effects.d_av_interval.high == pytest.approx(effects.d_z_interval.high * factor)


@given(VARIED, st.integers(2, 9), st.randoms(use_true_random=False))
def test_neither_unit_nor_order_nor_direction_matters(people, factor, random):
    effects = effect_sizes(people.pre, people.post)
    finer = effect_sizes(
        [Fraction(p, factor) for p in people.pre], [Fraction(p, factor) for p in people.post]
    )
    assert (finer.d_z, finer.d_rms, finer.d_pre) == (effects.d_z, effects.d_rms, effects.d_pre)
    mixed = shuffled(people, random)
    assert effect_sizes(mixed.pre, mixed.post) == effects
    back = effect_sizes(people.post, people.pre)
    assert (back.d_z, back.d_rms) == (-effects.d_z, -effects.d_rms)


@pytest.mark.parametrize(
    ("degrees", "printed"), [(2, 0.5642), (4, 0.7979), (10, 0.9228), (20, 0.9619), (50, 0.9849)]
)
def test_the_correction_is_that_of_hedges_table(degrees, printed):
    assert hedges_factor(degrees) == pytest.approx(printed, abs=5e-4)


def test_the_correction_has_no_meaning_below_two_degrees():
    assert hedges_factor(1) is None
    assert effect_sizes([1, 2], [3, 5]).g_z is None


@given(MANY_SCORES)
def test_no_size_is_infinite(people):
    effects = effect_sizes(people.pre, people.post)
    sizes = (effects.d_z, effects.d_av, effects.d_rms, effects.d_pre, effects.d_rm, effects.g_z, effects.g_av)
    assert all(size is None or math.isfinite(size) for size in sizes)
    assert (effects.d_z is None) == (effects.reason is Reason.NO_SPREAD)


def test_equal_gains_have_no_d_z_but_stand_beside_the_spread_of_the_scores():
    effects = effect_sizes([1, 2, 3], [3, 4, 5])
    assert (effects.d_z, effects.d_z_interval.low, effects.reason) == (None, None, Reason.NO_SPREAD)
    assert (effects.d_av, effects.d_pre) == (2, 2)
    assert effects.d_av_interval.reason is Reason.NO_SPREAD


def test_one_person_has_no_effect_size():
    assert effect_sizes([1], [2]).reason is Reason.TOO_FEW
    assert effect_sizes([], []).d_z is None


def test_scores_without_any_spread_have_none_of_the_sizes():
    effects = effect_sizes([5, 5, 5], [7, 7, 7])
    assert (effects.d_av, effects.d_rms, effects.d_pre) == (None, None, None)
