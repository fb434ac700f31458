"""Wilcoxon's signed rank test of paired scores, with zeros and ties as quizzes have them (EVALUATION §1.5).

The sizes of the differences are ranked, equal sizes sharing the mean of their ranks; W+ is the sum of the
ranks of those who rose. Zeros are dropped before ranking (``wilcox``; F. Wilcoxon, Biometrics Bulletin 1
(1945) 80) or ranked and then dropped with their ranks (``pratt``; J. W. Pratt, JASA 54 (1959) 655).

Exact p. Without a change each of the m non-zero differences could as well have had the other sign, so W+ is
the sum of a random half of the ranks: all 2^m choices are counted as the coefficients of the product of
(1 + x^rank), multiplied out in one big integer. Normal p. The same distribution has the mean sum(r)/2 and the
variance sum(r^2)/4, which is the textbook's with its correction for ties. R's ``wilcox.test`` drops zeros and
corrects for continuity by 1/2; SciPy does not: name the variant beside the number.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from .distributions import normal_two_sided
from .exact import Exact, ratio_to_root
from .reasons import Reason

EXACT_UP_TO = 100
"""Non-zero differences; 18 ms there, and beyond it the normal distribution is as good."""
ABLE_FROM = 6
"""Non-zero differences from which p < 0.05 is possible at all: 2/2^6."""


@dataclass(frozen=True, slots=True)
class SignedRanks:
    """One variant. Ranks have no unit; p values are two-sided.

    ``rank_biserial`` = (W+ - W-)/(W+ + W-), -1 (all fell) to 1 (all rose). ``p_exact`` is None above 100
    non-zero differences (reason ``TOO_MANY``: use ``p_normal``); everything but the counts is None where
    nobody changed (``NO_CHANGE``) or nobody is there (``TOO_FEW``).
    """

    n: int
    n_nonzero: int
    w_plus: Fraction
    w_minus: Fraction
    has_ties: bool
    z: float | None
    p_exact: float | None
    p_normal: float | None
    p_normal_corrected: float | None
    rank_biserial: float | None
    reason: Reason | None

    @property
    def has_zeros(self) -> bool:
        return self.n_nonzero < self.n

    @property
    def p(self) -> float | None:
        """The recommended one: exact where there is one, else normal with tie correction."""
        return self.p_normal if self.p_exact is None else self.p_exact


def signed_ranks(gains: Sequence[Exact], *, pratt: bool = True) -> SignedRanks:
    """From post - pre of matched people, in points and exact. Computed from one non-zero difference on.

    Show from five people; p < 0.05 is impossible below six non-zero differences.
    """
    ranked = gains if pratt else [gain for gain in gains if gain]
    doubled = _doubled_ranks([abs(Fraction(gain)) for gain in ranked])
    signed = [(rank, gain > 0) for rank, gain in zip(doubled, ranked, strict=True) if gain]
    ranks = [rank for rank, _ in signed]
    plus = sum(rank for rank, rose in signed if rose)
    minus = sum(ranks) - plus
    sizes = Counter(abs(gain) for gain in gains if gain)
    result = SignedRanks(
        n=len(gains),
        n_nonzero=len(signed),
        w_plus=Fraction(plus, 2),
        w_minus=Fraction(minus, 2),
        has_ties=len(sizes) < len(signed),
        z=None,
        p_exact=None,
        p_normal=None,
        p_normal_corrected=None,
        rank_biserial=None,
        reason=Reason.NO_CHANGE if gains else Reason.TOO_FEW,
    )
    return _tested(result, ranks, plus, minus) if signed else result


def _tested(counts: SignedRanks, ranks: list[int], plus: int, minus: int) -> SignedRanks:
    exact = len(ranks) <= EXACT_UP_TO
    # Doubled ranks: distance from the mean is (plus - minus)/4 ranks, the variance sum(r^2)/4 is sum/16.
    squares = sum(rank * rank for rank in ranks)
    correction = 2 if plus != minus else 0
    return SignedRanks(
        n=counts.n,
        n_nonzero=counts.n_nonzero,
        w_plus=counts.w_plus,
        w_minus=counts.w_minus,
        has_ties=counts.has_ties,
        z=ratio_to_root(plus - minus, squares),
        p_exact=sign_flip_p(ranks, plus) if exact else None,
        p_normal=normal_two_sided(ratio_to_root(plus - minus, squares)),
        p_normal_corrected=normal_two_sided(ratio_to_root(abs(plus - minus) - correction, squares)),
        rank_biserial=float(Fraction(plus - minus, plus + minus)),
        reason=None if exact else Reason.TOO_MANY,
    )


def sign_flip_p(ranks: Sequence[int], plus: int) -> float:
    """Two-sided p of a sum ``plus`` of positive integer ranks whose signs were drawn by coins.

    Twice the smaller tail, at most 1; the tails are counted in integers and divided once.
    """
    bits = len(ranks) + 1  # no coefficient exceeds 2^m
    ways = 1
    for rank in ranks:
        ways += ways << (rank * bits)
    smaller = min(plus, sum(ranks) - plus)  # the distribution is symmetric
    tail, cell = 0, (1 << bits) - 1
    for _ in range(smaller + 1):
        tail += ways & cell
        ways >>= bits
    return float(min(Fraction(1), Fraction(2 * tail, 1 << len(ranks))))


def _doubled_ranks(sizes: Sequence[Fraction]) -> list[int]:
    """Twice the mid-rank of each value, which is always whole."""
    counts = Counter(sizes)
    first = 1
    ranks: dict[Fraction, int] = {}
    for size in sorted(counts):
        ranks[size] = 2 * first + counts[size] - 1
        first += counts[size]
    return [ranks[size] for size in sizes]
