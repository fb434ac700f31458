import statistics
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.evaluation.stats.items import item_statistics
from lms.evaluation.stats.sums import ItemSums

from .strategies import MATRICES, mixed_rows


def column(rows, place):
    return [row[place] for row in rows]


@given(MATRICES)
def test_every_number_is_that_of_its_textbook_formula(rows):
    totals = [sum(row) for row in rows]
    for place, item in enumerate(item_statistics(rows, [2] * len(rows[0]))):
        points = column(rows, place)
        rests = [total - own for total, own in zip(totals, points, strict=True)]
        assert float(item.facility) == pytest.approx(statistics.fmean(points) / 2)
        assert item.sd == pytest.approx(statistics.stdev(points), abs=1e-12)
        assert float(item.covariance) == pytest.approx(statistics.covariance(points, rests), abs=1e-12)
        greatest = statistics.covariance(sorted(points), sorted(rests))
        assert float(item.covariance_max) == pytest.approx(greatest, abs=1e-12)
        if len(set(points)) > 1 and len(set(rests)) > 1:
            assert item.rir == pytest.approx(statistics.correlation(points, rests), abs=1e-9)
            assert item.index == pytest.approx(100 * item.rir)
            efficiency = 100 * statistics.covariance(points, rests) / greatest
            assert item.efficiency == pytest.approx(efficiency, abs=1e-9)
        else:
            assert (item.rir, item.index) == (None, None)
        if len(set(points)) > 1 and len(set(totals)) > 1:
            assert item.rit == pytest.approx(statistics.correlation(points, totals), abs=1e-9)


@given(MATRICES, st.randoms(use_true_random=False))
def test_neither_order_of_people_nor_unit_matters(rows, random):
    maxima = [2] * len(rows[0])
    plain = item_statistics(rows, maxima)
    assert item_statistics(mixed_rows(rows, random), maxima) == plain
    thirds = item_statistics([[Fraction(p, 3) for p in row] for row in rows], [Fraction(2, 3)] * len(maxima))
    same = ("facility", "rit", "rir", "uli27", "uli_thirds", "efficiency")
    for one, other in zip(plain, thirds, strict=True):
        assert [getattr(one, name) for name in same] == [getattr(other, name) for name in same]


@given(MATRICES)
def test_nothing_leaves_its_bounds(rows):
    for item in item_statistics(rows, [2] * len(rows[0])):
        assert 0 <= item.facility <= 1
        for value in (item.rit, item.rir, item.uli27, item.uli_thirds):
            assert value is None or -1 <= value <= 1
        assert item.efficiency is None or item.efficiency <= 100


@given(MATRICES, MATRICES)
def test_sums_of_an_item_merge_to_those_of_everybody(first, second):
    width = min(len(first[0]), len(second[0]))
    groups = [[row[:width] for row in rows] for rows in (first, second)]
    everybody = groups[0] + groups[1]
    for place, item in enumerate(item_statistics(everybody, [2] * width)):
        merged = sums(groups[0], place) + sums(groups[1], place)
        assert merged == sums(everybody, place)
        assert (merged.rir, merged.facility(2)) == (item.rir, item.facility)
        assert merged.with_total.correlation == item.rit


def sums(rows, place):
    points, totals = column(rows, place), [sum(row) for row in rows]
    return ItemSums(
        n=len(rows),
        points=sum(points),
        squared=sum(own**2 for own in points),
        total=sum(totals),
        total_squared=sum(total**2 for total in totals),
        cross=sum(own * total for own, total in zip(points, totals, strict=True)),
    )


def test_an_item_that_all_have_right_tells_nobody_apart():
    first, _ = item_statistics([[1, 0], [1, 1], [1, 1]], [1, 1])
    assert (first.facility, first.sd, first.rir, first.rit) == (1, 0, None, None)


def test_nobody_and_a_single_item_have_no_discrimination():
    nobody = item_statistics([], [1, 1])
    assert [(item.n, item.facility, item.rir, item.uli27) for item in nobody] == 2 * [(0, None, None, None)]
    (alone,) = item_statistics([[0], [1]], [1])
    assert (alone.rir, alone.efficiency, alone.rit) == (None, None, 1)
    assert ItemSums().facility(1) is None
