import statistics
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.evaluation.stats.exact import Moments
from lms.evaluation.stats.reasons import Reason
from lms.evaluation.stats.reliability import alpha_of_sums, feldt_interval, reliability

from .strategies import MATRICES, mixed_rows


def textbook_alpha(rows):
    k, totals = len(rows[0]), [sum(row) for row in rows]
    if k < 2 or len(set(totals)) < 2:
        return None
    within = sum(statistics.variance(column) for column in zip(*rows, strict=True))
    return k / (k - 1) * (1 - within / statistics.variance(totals))


@given(MATRICES)
def test_alpha_and_the_error_are_those_of_the_textbook(rows):
    result, alpha = reliability(rows), textbook_alpha(rows)
    totals = [sum(row) for row in rows]
    assert result.mean == pytest.approx(statistics.fmean(totals))
    assert result.sd == pytest.approx(statistics.stdev(totals), abs=1e-12)
    if alpha is None:
        assert (result.alpha, result.sem, result.interval.low) == (None, None, None)
        assert result.reason is Reason.NO_SPREAD
        return
    assert float(result.alpha) == pytest.approx(alpha, abs=1e-9)
    assert result.sem == pytest.approx(statistics.stdev(totals) * max(0, 1 - alpha) ** 0.5, abs=1e-6)
    assert result.alpha <= 1


@given(MATRICES)
def test_without_an_item_it_is_alpha_of_the_others(rows):
    for place, alpha in enumerate(reliability(rows).if_deleted):
        expected = textbook_alpha([[*row[:place], *row[place + 1 :]] for row in rows])
        assert (alpha is None) == (expected is None)
        assert alpha is None or float(alpha) == pytest.approx(expected, abs=1e-9)


@given(MATRICES)
def test_the_interval_holds_alpha_and_ends_below_1(rows):
    result = reliability(rows)
    if result.interval.low is not None:
        assert result.interval.low < result.alpha < result.interval.high < 1


@given(MATRICES, st.integers(2, 9), st.randoms(use_true_random=False))
def test_neither_unit_nor_order_matters(rows, factor, random):
    plain = reliability(rows)
    finer = reliability([[Fraction(points, factor) for points in row] for row in rows])
    assert (finer.alpha, finer.interval, finer.if_deleted) == (plain.alpha, plain.interval, plain.if_deleted)
    assert reliability(mixed_rows(rows, random)) == plain
    turned = reliability([row[::-1] for row in rows])
    assert turned.alpha == plain.alpha


@given(MATRICES)
def test_sums_that_were_merged_give_the_same_alpha(rows):
    middle = len(rows) // 2
    halves = [rows[:middle], rows[middle:]]
    items = [
        sum(
            (Moments.of([row[place] for row in half], [sum(row) for row in half]) for half in halves),
            Moments(),
        )
        for place in range(len(rows[0]))
    ]
    assert alpha_of_sums(items) == reliability(rows).alpha


def test_kr20_by_hand():
    # Three items, four people with totals 3 2 1 0: item variances 1/4, 1/3, 1/4, total 5/3.
    # alpha = 3/2 (1 - (5/6)/(5/3)) = 3/4; SEM = sqrt(5/3 x 1/4).
    result = reliability([[1, 1, 1], [1, 1, 0], [1, 0, 0], [0, 0, 0]])
    assert result.alpha == Fraction(3, 4)
    assert result.sem == pytest.approx((5 / 12) ** 0.5)
    # Without the middle item: totals 2 1 1 0, 2 (1 - (1/2)/(2/3)) = 1/2.
    assert result.if_deleted[1] == Fraction(1, 2)


@pytest.mark.parametrize(("n", "low", "high"), [(30, 0.52, 0.84), (100, 0.61, 0.78)])
def test_feldt_s_interval_of_seven_tenths_is_as_published(n, low, high):
    interval = feldt_interval(Fraction(7, 10), n, 20)
    assert interval.low == pytest.approx(low, abs=0.006)
    assert interval.high == pytest.approx(high, abs=0.006)


def test_with_two_items_both_ends_of_the_interval_are_equally_far_as_ratios():
    # Then F has n - 1 degrees above and below, and its two tails are each other's inverse.
    interval = feldt_interval(Fraction(7, 10), 12, 2)
    assert (1 - interval.low) * (1 - interval.high) == pytest.approx(0.3**2)


def test_questions_that_disagree_have_a_negative_alpha():
    result = reliability([[1, 0, 0], [0, 1, 1], [1, 0, 1], [0, 1, 0], [0, 1, 1]])
    assert result.alpha < 0
    assert result.sem > result.sd


def test_why_there_is_no_alpha():
    assert reliability([]).reason is Reason.TOO_FEW
    assert reliability([[1, 0]]).reason is Reason.TOO_FEW
    assert reliability([[1], [0]]).reason is Reason.ONE_ITEM
    assert reliability([[1, 0], [0, 1]]).reason is Reason.NO_SPREAD
    assert reliability([[1, 0], [0, 1]]).interval.reason is Reason.NO_SPREAD


def test_perfect_agreement_has_no_interval():
    result = reliability([[0, 0], [1, 1], [2, 2]])
    assert (result.alpha, result.sem, result.interval.low) == (1, 0, None)
    assert result.interval.reason is Reason.NO_SPREAD
