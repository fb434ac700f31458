import itertools
import math
from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.evaluation.stats.reasons import Reason
from lms.evaluation.stats.wilcoxon import ABLE_FROM, EXACT_UP_TO, sign_flip_p, signed_ranks

GAINS = st.lists(st.integers(-6, 6), max_size=12)
SOME = GAINS.filter(any)


def by_hand(gains, *, pratt):
    """Signed ranks straight from the definition: ranks of sizes, ties sharing their mean, zeros out."""
    pool = [abs(gain) for gain in gains if pratt or gain]
    places = {size: [at for at, one in enumerate(sorted(pool), 1) if one == size] for size in pool}
    return [
        (sum(places[abs(gain)]) / len(places[abs(gain)])) * (1 if gain > 0 else -1) for gain in gains if gain
    ]


def enumerated_p(signed):
    """Two-sided p by writing out all 2^m choices of signs."""
    plus = sum(rank for rank in signed if rank > 0)
    ranks = [abs(rank) for rank in signed]
    sums = [
        sum(rank for rank, up in zip(ranks, signs, strict=True) if up)
        for signs in itertools.product((0, 1), repeat=len(ranks))
    ]
    low, high = sum(one <= plus for one in sums), sum(one >= plus for one in sums)
    return min(1.0, 2 * min(low, high) / len(sums))


@given(SOME, st.booleans())
def test_ranks_and_the_exact_p_are_those_of_writing_everything_out(gains, pratt):
    signed = by_hand(gains, pratt=pratt)
    result = signed_ranks(gains, pratt=pratt)
    assert float(result.w_plus) == sum(rank for rank in signed if rank > 0)
    assert float(result.w_minus) == -sum(rank for rank in signed if rank < 0)
    assert result.p_exact == pytest.approx(enumerated_p(signed), rel=1e-14)
    assert result.rank_biserial == pytest.approx(sum(signed) / sum(map(abs, signed)))


@given(SOME)
def test_the_normal_p_has_the_textbook_s_correction_for_ties(gains):
    result = signed_ranks(gains, pratt=False)
    n = result.n_nonzero
    ties = Counter(abs(gain) for gain in gains if gain).values()
    spread = n * (n + 1) * (2 * n + 1) / 24 - sum(t**3 - t for t in ties) / 48
    distance = float(result.w_plus) - n * (n + 1) / 4
    assert result.z == pytest.approx(distance / math.sqrt(spread))
    assert result.p_normal == pytest.approx(math.erfc(abs(distance) / math.sqrt(2 * spread)))
    corrected = (abs(distance) - 0.5) / math.sqrt(spread) if distance else 0.0
    assert result.p_normal_corrected == pytest.approx(math.erfc(abs(corrected) / math.sqrt(2)))
    assert result.has_ties == (max(ties) > 1)


@given(SOME, st.booleans(), st.randoms(use_true_random=False))
def test_order_unit_and_direction_do_not_matter(gains, pratt, random):
    result = signed_ranks(gains, pratt=pratt)
    shuffled = random.sample(gains, len(gains))
    assert signed_ranks(shuffled, pratt=pratt) == result
    assert signed_ranks([Fraction(gain, 7) for gain in gains], pratt=pratt) == result
    mirrored = signed_ranks([-gain for gain in gains], pratt=pratt)
    assert (mirrored.w_plus, mirrored.w_minus) == (result.w_minus, result.w_plus)
    assert (mirrored.p_exact, mirrored.p_normal) == (result.p_exact, result.p_normal)
    assert mirrored.rank_biserial == -result.rank_biserial


@given(SOME, st.booleans())
def test_everything_stays_within_its_bounds(gains, pratt):
    result = signed_ranks(gains, pratt=pratt)
    assert 0 < result.p_exact <= 1
    assert 0 < result.p_normal <= 1
    assert -1 <= result.rank_biserial <= 1
    ranks = range(1, len(gains) + 1) if pratt else range(1, result.n_nonzero + 1)
    zeros = len(gains) - result.n_nonzero if pratt else 0
    assert result.w_plus + result.w_minus == sum(ranks) - zeros * (zeros + 1) / 2


@given(st.lists(st.integers(-6, 6).filter(bool), min_size=1, max_size=12))
def test_without_zeros_the_two_variants_are_one(gains):
    assert signed_ranks(gains, pratt=True) == signed_ranks(gains, pratt=False)


def test_zeros_are_ranked_and_dropped_by_pratt_and_dropped_before_by_wilcoxon():
    # Sizes 0 1 2 3: with the zero ranked they have 2, 3 and 4, without it 1, 2 and 3.
    assert signed_ranks([0, 1, -2, 3], pratt=True).w_plus == 6
    assert signed_ranks([0, 1, -2, 3], pratt=False).w_plus == 4
    assert signed_ranks([0, 1, -2, 3]).has_zeros


def test_decimals_tie_where_floats_do_not():
    tenths = [Fraction(text) for text in ("0.1", "0.1", "-0.1", "-0.2", "0.3")]
    result = signed_ranks(tenths)
    assert (result.w_plus, result.w_minus, result.has_ties) == (9, 6, True)


def test_r_prints_this_p_for_an_example_of_hollander_and_wolfe():
    gains = [-952, 147, -1022, -430, -620, -590, -490, 80, -10]
    assert signed_ranks(gains).p_exact == pytest.approx(0.0390625)


def test_nobody_changed_has_no_test():
    result = signed_ranks([0, 0, 0])
    assert (result.n, result.n_nonzero, result.reason) == (3, 0, Reason.NO_CHANGE)
    assert (result.p, result.p_exact, result.z, result.rank_biserial) == (None, None, None, None)
    assert signed_ranks([]).reason is Reason.TOO_FEW


def test_at_a_hundred_it_is_exact_and_beyond_it_is_normal():
    hundred = signed_ranks([1] * EXACT_UP_TO)
    assert (hundred.p, hundred.reason) == (2 / 2**100, None)
    more = signed_ranks([1] * EXACT_UP_TO + [-2])
    assert (more.p_exact, more.reason) == (None, Reason.TOO_MANY)
    assert more.p == more.p_normal


def test_zeros_do_not_count_towards_the_hundred():
    assert signed_ranks([1] * 100 + [0] * 50).p_exact is not None


def test_below_six_changes_no_p_is_below_a_twentieth():
    assert signed_ranks([1] * (ABLE_FROM - 1)).p_exact > 0.05
    assert signed_ranks([1] * ABLE_FROM).p_exact < 0.05


def test_the_middle_of_the_distribution_is_one_and_not_more():
    assert sign_flip_p([2, 4, 6], 6) == 1.0
