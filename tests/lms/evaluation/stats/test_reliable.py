from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.evaluation.stats.reasons import Reason
from lms.evaluation.stats.reliable import Direction, reliable_change

from .strategies import MANY_SCORES

RELIABILITY = st.integers(50, 99).map(lambda percent: Fraction(percent, 100))


def test_by_hand():
    # Before 1 2 3: SD 1. Reliability 7/8: SEM = sqrt(1/8), S_diff = 1/2, critical 0.98.
    result = reliable_change([1, 2, 3], [2, 2, 2], Fraction(7, 8))
    assert (result.sem, result.s_diff) == (pytest.approx(8**-0.5), pytest.approx(0.5))
    assert result.critical == pytest.approx(0.98, abs=1e-4)
    assert result.index == pytest.approx((2, 0, -2))
    assert result.directions == (Direction.UP, Direction.SAME, Direction.DOWN)
    assert [result.count(direction) for direction in Direction] == [1, 1, 1]


@given(MANY_SCORES, RELIABILITY)
def test_who_changed_reliably_has_an_index_beyond_196(people, reliability):
    result = reliable_change(people.pre, people.post, reliability)
    for gain, index, direction in zip(people.gains, result.index, result.directions, strict=False):
        assert (direction is Direction.SAME) == (abs(index) <= 1.9599639845)
        assert (direction is Direction.UP) == (gain > result.critical)
        assert (direction is Direction.DOWN) == (gain < -result.critical)


@given(MANY_SCORES, RELIABILITY, RELIABILITY)
def test_a_better_test_sees_no_fewer_changes(people, one, other):
    worse, better = sorted((one, other))
    seen = [reliable_change(people.pre, people.post, reliability) for reliability in (worse, better)]
    assert seen[0].count(Direction.SAME) >= seen[1].count(Direction.SAME)


def test_why_nobody_is_judged():
    assert reliable_change([1], [2], Fraction(9, 10)).reason is Reason.TOO_FEW
    assert reliable_change([1, 2], [2, 3], Fraction(49, 100)).reason is Reason.UNRELIABLE
    assert reliable_change([1, 2], [2, 3], None).reason is Reason.UNRELIABLE
    assert reliable_change([2, 2], [2, 3], Fraction(9, 10)).reason is Reason.NO_SPREAD
    assert reliable_change([1, 2], [2, 3], 1).reason is Reason.NO_SPREAD
    assert reliable_change([1, 2], [2, 3], Fraction(1, 2)).reason is None


def test_no_test_is_better_than_perfect():
    with pytest.raises(ValueError, match="above 1"):
        reliable_change([1, 2], [2, 3], Fraction(11, 10))
