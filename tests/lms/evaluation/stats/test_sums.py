"""Roll-ups tell the same as the people, however they were split."""

import dataclasses
import itertools
import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.evaluation.stats.counterbalanced import counterbalanced_gain, counterbalanced_of_sums
from lms.evaluation.stats.gain import gain_of_sums, paired_gain
from lms.evaluation.stats.normalized import (
    counterbalanced_normalized_gain,
    counterbalanced_normalized_of_sums,
    normalized_gain,
    normalized_of_sums,
)
from lms.evaluation.stats.pairs import Pairs
from lms.evaluation.stats.sums import PairSums

from .strategies import ANY_PAIRS, MANY_SCORES, SCORES, shuffled

CUTS = st.lists(st.integers(0, 60), max_size=4)


def split(people, cuts):
    places = [0, *sorted(min(cut, len(people)) for cut in cuts), len(people)]
    return [Pairs(people.pre[low:high], people.post[low:high]) for low, high in itertools.pairwise(places)]


def merged(people, cuts):
    return sum((PairSums.of(part, 14) for part in split(people, cuts)), PairSums())


@given(ANY_PAIRS, CUTS, st.randoms(use_true_random=False))
def test_sums_do_not_know_how_people_were_split_or_ordered(people, cuts, random):
    assert merged(people, cuts) == PairSums.of(people, 14)
    assert merged(shuffled(people, random), cuts) == PairSums.of(people, 14)


@given(ANY_PAIRS, CUTS)
def test_merged_sums_give_the_gain_of_the_people_without_its_median(people, cuts):
    direct = paired_gain(people.pre, people.post, 14)
    assert gain_of_sums(merged(people, cuts), 14) == dataclasses.replace(direct, median=None)
    assert normalized_of_sums(merged(people, cuts), 14) == normalized_gain(people.pre, people.post, 14)


@given(SCORES, SCORES, CUTS)
def test_merged_sums_of_two_orders_give_the_counterbalanced_gain(first, second, cuts):
    people = {"AB": first, "BA": second}
    sums = {order: merged(of, cuts) for order, of in people.items()}
    assert counterbalanced_of_sums(sums, 14) == counterbalanced_gain(people, 14)
    assert counterbalanced_normalized_of_sums(sums, 14) == counterbalanced_normalized_gain(people, 14)


@given(MANY_SCORES)
def test_spreads_and_correlation_are_those_of_the_textbook(people):
    sums = PairSums.of(people, 14)
    for of, values in ((sums.before, people.pre), (sums.after, people.post), (sums.gains, people.gains)):
        assert float(of.about_mean / (of.n - 1)) == pytest.approx(statistics.variance(values), abs=1e-9)
        assert of.total == sum(values)
    if len(set(people.pre)) > 1 and len(set(people.post)) > 1:
        assert sums.correlation == pytest.approx(statistics.correlation(people.pre, people.post), abs=1e-9)
    else:
        assert sums.correlation is None


@given(SCORES)
def test_everybody_has_a_direction(people):
    sums = PairSums.of(people, 14)
    assert sums.rose + sums.same + sums.fell == sums.n
    assert sums.directions.rose == sums.rose


@given(SCORES, st.integers(-5, 5), st.integers(-5, 5))
def test_a_combination_is_that_of_each_person(people, post, pre):
    values = [post * after + pre * before for before, after in zip(people.pre, people.post, strict=True)]
    combined = PairSums.of(people, 14).combined(post=post, pre=pre)
    assert (combined.total, combined.squares) == (sum(values), sum(value**2 for value in values))


def test_all_sums_are_integers():
    sums = PairSums.of(Pairs.of([1, 2], [3, 1]), 14)
    assert all(type(value) is int for value in dataclasses.astuple(sums))
    assert dataclasses.astuple(sums) == (2, 3, 4, 5, 10, 5, 1, 0, 1, 0)
