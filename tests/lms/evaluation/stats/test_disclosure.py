from fractions import Fraction

import pytest

from lms.evaluation.stats.disclosure import Standing, many_lost, near_ceiling, standing


@pytest.mark.parametrize(
    ("n", "expected"),
    [
        (0, Standing.HIDDEN),
        (4, Standing.HIDDEN),
        (5, Standing.INDICATIVE),
        (19, Standing.INDICATIVE),
        (20, Standing.SUFFICIENT),
    ],
)
def test_a_group_is_hidden_below_5_and_indicative_below_20(n, expected):
    assert standing(n) is expected


def test_losing_a_fifth_is_tolerated_and_one_more_is_not():
    assert not many_lost(5, 25)
    assert many_lost(6, 25)


def test_nobody_started_means_nobody_was_lost():
    assert not many_lost(0, 0)


def test_exactly_80_percent_before_is_not_yet_near_the_ceiling():
    assert not near_ceiling(Fraction(56, 5), 14)
    assert near_ceiling(Fraction(56, 5) + Fraction(1, 1000), 14)


def test_a_test_without_points_has_no_ceiling():
    assert not near_ceiling(0.0, 0)
