import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.evaluation.stats.difference import difference_of_gains
from lms.evaluation.stats.distributions import t_two_sided
from lms.evaluation.stats.gain import paired_gain
from lms.evaluation.stats.reasons import Reason

GAINS = st.lists(st.integers(-9, 9), min_size=2, max_size=20)


def test_by_hand():
    # 1 2 3 (variance 1) and 2 4 6 (variance 4): -2, SE^2 = 1/3 + 4/3, df = (5/3)^2 / (1/18 + 16/18).
    result = difference_of_gains([1, 2, 3], [2, 4, 6])
    assert (result.value, result.n_first, result.n_second) == (-2, 3, 3)
    assert result.degrees == pytest.approx(25 / 9 / (17 / 18))
    half = (result.interval.high - result.interval.low) / 2
    assert result.interval.low + half == pytest.approx(-2)
    # Printed tables have 4.3026527 for two degrees and 3.1824463 for three; these are 50/17.
    assert 3.1824463 < half / math.sqrt(5 / 3) < 4.3026527
    assert t_two_sided(half / math.sqrt(5 / 3), 50 / 17) == pytest.approx(0.05, rel=1e-9)


@given(GAINS, GAINS)
def test_taking_the_groups_the_other_way_round_turns_the_sign(first, second):
    one, other = difference_of_gains(first, second), difference_of_gains(second, first)
    assert one.value == -other.value
    assert one.degrees == other.degrees
    if one.interval.low is not None:
        assert one.interval.low == pytest.approx(-other.interval.high)
        assert one.interval.low < one.value < one.interval.high


@given(GAINS)
def test_degrees_lie_between_those_of_the_smaller_group_and_of_both(gains):
    result = difference_of_gains(gains, [2 * gain for gain in gains])
    if result.degrees is not None:
        assert len(gains) - 1 <= result.degrees + 1e-9
        assert result.degrees <= 2 * (len(gains) - 1) + 1e-9


def test_beside_a_group_without_spread_it_is_the_interval_of_the_other():
    gains = [1, 4, 2, 6, 3]
    result = difference_of_gains(gains, [2] * 4)
    alone = paired_gain([0] * 5, gains, 10)
    assert result.degrees == 4
    assert result.interval.low == pytest.approx(alone.ci_low - 2)


def test_why_there_is_no_interval():
    assert difference_of_gains([], [1, 2]).value is None
    assert difference_of_gains([], [1, 2]).interval.reason is Reason.TOO_FEW
    assert difference_of_gains([1], [1, 2]).interval.reason is Reason.TOO_FEW
    assert difference_of_gains([1, 1], [2, 2]).interval.reason is Reason.NO_SPREAD
    assert difference_of_gains([1, 1], [2, 2]).value == -1
