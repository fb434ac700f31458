import itertools
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.evaluation.stats.counterbalanced import counterbalanced_gain
from lms.evaluation.stats.pairs import Pairs
from lms.evaluation.stats.pooling import Part, difference, may_enter, pooled
from lms.evaluation.stats.reasons import Reason
from lms.evaluation.stats.sums import PairSums

POINTS = st.integers(0, 20)
PEOPLE = st.lists(st.tuples(POINTS, POINTS), min_size=5, max_size=12)


def part(first, second, *, test="T", max_points=20):
    """Of people as (before, after), by order of forms."""
    groups = {
        order: PairSums.of(Pairs.of([a for a, _b in people], [b for _a, b in people]), max_points or 0)
        for order, people in (("AB", first), ("BA", second))
        if people
    }
    return Part(test, max_points, groups)


def pairs_of(*groups):
    people = [one for group in groups for one in group]
    return Pairs.of([a for a, _b in people], [b for _a, b in people])


@given(PEOPLE, PEOPLE, PEOPLE, PEOPLE)
def test_trainings_with_one_test_are_as_one_room(ab, ba, more_ab, more_ba):
    result = pooled([part(ab, ba), part(more_ab, more_ba)])
    room = counterbalanced_gain({"AB": pairs_of(ab, more_ab), "BA": pairs_of(ba, more_ba)}, 20)
    assert (result.n, result.trainings, result.tests) == (room.n, 2, 1)
    assert float(result.gain) == pytest.approx(room.mean_gain * 5)
    assert float(result.mean_pre) == pytest.approx(room.mean_pre * 5)
    if room.ci_low is None:
        assert result.interval.low is None
    else:
        assert result.interval.low == pytest.approx(room.ci_low * 5)
        assert result.interval.high == pytest.approx(room.ci_high * 5)


@given(st.lists(st.tuples(PEOPLE, PEOPLE, st.sampled_from("TU")), min_size=1, max_size=5), st.randoms())
def test_the_order_of_trainings_does_not_matter(rooms, random):
    parts = [part(ab, ba, test=test) for ab, ba, test in rooms]
    before = pooled(parts)
    random.shuffle(parts)
    after = pooled(parts)
    assert (before.n, before.gain, before.squared_error) == (after.n, after.gain, after.squared_error)
    assert before.degrees == pytest.approx(after.degrees)


def test_different_tests_are_weighed_by_people_in_percent():
    """10 people gain 2 of 20 points (10 %), 30 gain 2 of 10 (20 %): (10 x 10 + 30 x 20) / 40 = 17.5 %."""
    some = part([(4, 6)] * 5, [(4, 6)] * 5, test="T", max_points=20)
    others = part([(4, 6)] * 15, [(4, 6)] * 15, test="U", max_points=10)
    result = pooled([some, others])
    assert (result.n, result.tests, result.gain) == (40, 2, Fraction(35, 2))
    assert result.interval.reason is Reason.NO_SPREAD


def test_the_interval_between_tests_worked_by_hand():
    """Each test: 5 + 5 people who gain 0 1 2 3 4 of 10 points in either order.

    s^2 = 20 / 8 = 2.5; SE^2 = 2.5 (1/5 + 1/5) / 4 = 0.25 points^2 = 25 %^2.
    Of two tests: SE^2 = 2 x 25 / 4 = 12.5, df = 12.5^2 / (2 x 6.25^2 / 8) = 16,
    t(.975, 16) = 2.119905, half of the range 2.119905 x 3.535534 = 7.494996.
    """
    gains = [(2, 2 + gain) for gain in range(5)]
    result = pooled([part(gains, gains, test=test, max_points=10) for test in "TU"])
    assert result.squared_error == Fraction(25, 2)
    assert result.degrees == pytest.approx(16)
    assert result.interval.high - float(result.gain) == pytest.approx(7.494996, abs=1e-5)


@pytest.mark.parametrize(("first", "second", "enters"), [(5, 5, True), (4, 20, False), (9, 0, False)])
def test_both_orders_need_five(first, second, enters):
    assert may_enter(part([(1, 2)] * first, [(1, 2)] * second)) is enters


def test_forms_of_different_worth_do_not_enter():
    assert not may_enter(part([(1, 2)] * 9, [(1, 2)] * 9, max_points=None))


def test_nobody_is_a_reason_and_no_number():
    result = pooled([part([(1, 2)] * 4, [(1, 2)] * 4)])
    assert (result.n, result.gain, result.interval.reason) == (0, None, Reason.TOO_FEW)


@pytest.mark.parametrize(("people", "told"), [(9, False), (10, True)])
def test_a_difference_needs_twenty_in_each(people, told):
    spread = [(n % 3, 5 + n % 2) for n in range(people)]
    one = pooled([part(spread, spread)])
    assert (difference(one, one) is not None) is told


def test_two_alike_differ_by_nothing():
    spread = [(n % 3, 5 + n % 2) for n in range(15)]
    one = pooled([part(spread, spread)])
    interval = difference(one, one)
    assert interval.low == pytest.approx(-interval.high)


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), min_size=1, max_size=6))
def test_whatever_is_published_is_made_of_groups_of_five(sizes):
    """All sums over subsets of trainings are published: what they have in common and what sets them apart is
    made of whole orders of five and more."""
    parts = [part([(1, 2)] * ab, [(2, 4)] * ba) for ab, ba in sizes]
    numbers = {0}
    for size in range(len(parts) + 1):
        numbers |= {pooled(subset).n for subset in itertools.combinations(parts, size)}
    entering = [one for one in parts if may_enter(one)]
    smallest = min((sums.n for one in entering for sums in one.groups.values()), default=5)
    assert smallest >= 5
    atoms = [one.n for one in entering]
    assert numbers == {sum(some) for k in range(len(atoms) + 1) for some in itertools.combinations(atoms, k)}
