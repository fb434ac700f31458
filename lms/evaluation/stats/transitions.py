"""Right and wrong before and after: four counts, and whether more learned than lost (EVALUATION §1.7, §1.13).

McNemar's test compares only those who changed: of learned + lost people each would have learned or lost with
the chance one half if nothing happened, so the exact p is a binomial one (Q. McNemar, Psychometrika 12 (1947)
153). Over many items p is adjusted by Holm (Scandinavian Journal of Statistics 6 (1979) 65), or by Benjamini
and Hochberg (JRSS B 57 (1995) 289) as an option.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from .changes import Answers, Change, change_of
from .distributions import normal_two_sided, sign_test
from .exact import ratio_to_root

ABLE_FROM = 6
"""Changes from which p < 0.05 is possible at all."""
MANY_LOST = Fraction(1, 10)
"""Of those right before; above it the item or the teaching is confusing."""


@dataclass(frozen=True, slots=True)
class Transitions:
    """Counts of people: ``n01`` wrong then right (learned), ``n10`` right then wrong (lost)."""

    n00: int = 0
    n01: int = 0
    n10: int = 0
    n11: int = 0

    @classmethod
    def of(cls, answers: Iterable[Answers]) -> Transitions:
        """From (right before, right after) of each matched person."""
        seen = list(answers)
        return cls(
            n00=seen.count((False, False)),
            n01=seen.count((False, True)),
            n10=seen.count((True, False)),
            n11=seen.count((True, True)),
        )

    @classmethod
    def of_change(cls, change: Change) -> Transitions | None:
        """Of a parallel pair with both orders of forms pooled (``change_of``); None if that has a reason."""
        if change.reason is not None:
            return None
        return cls(change.missing or 0, change.learned or 0, change.lost or 0, change.kept or 0)

    def __add__(self, other: Transitions) -> Transitions:
        return Transitions(
            self.n00 + other.n00, self.n01 + other.n01, self.n10 + other.n10, self.n11 + other.n11
        )

    @property
    def n(self) -> int:
        return self.n00 + self.n01 + self.n10 + self.n11

    @property
    def before(self) -> Fraction | None:
        """Share right before, 0 to 1; None for nobody."""
        return Fraction(self.n10 + self.n11, self.n) if self.n else None

    @property
    def after(self) -> Fraction | None:
        """Share right after, 0 to 1; None for nobody."""
        return Fraction(self.n01 + self.n11, self.n) if self.n else None

    @property
    def many_lost(self) -> bool:
        """Whether more than 10 % of those who were right before were wrong after."""
        return self.n10 > MANY_LOST * (self.n10 + self.n11)


def pooled(orders: Mapping[str, Sequence[Answers]], *, same_question: bool = False) -> Transitions | None:
    """The counts of one place of the test, orders AB and BA together; None where they cannot be pooled.

    Without both orders a harder question would pass for forgetting; see ``changes.change_of``, whose
    ``reason`` says why.
    """
    return Transitions.of_change(change_of(orders, same_question=same_question))


@dataclass(frozen=True, slots=True)
class McNemar:
    """``p_exact`` two-sided, always there (1 if nobody changed); the chi-squares are for display only.

    ``chi_squared`` = (n01 - n10)^2/(n01 + n10), ``corrected`` with |n01 - n10| - 1 (Edwards); both None, with
    their p (one degree of freedom), if nobody changed. ``able``: six changed, so p < 0.05 is possible.
    """

    p_exact: float
    chi_squared: float | None
    p: float | None
    corrected: float | None
    p_corrected: float | None
    able: bool


def mcnemar(counts: Transitions) -> McNemar:
    """Show it if ``able``, else the four counts alone."""
    changed, apart = counts.n01 + counts.n10, abs(counts.n01 - counts.n10)
    p_exact = sign_test(counts.n01, counts.n10)
    if not changed:
        return McNemar(p_exact, None, None, None, None, False)
    corrected = max(apart - 1, 0)
    return McNemar(
        p_exact=p_exact,
        chi_squared=apart**2 / changed,
        p=normal_two_sided(ratio_to_root(apart, changed)),
        corrected=corrected**2 / changed,
        p_corrected=normal_two_sided(ratio_to_root(corrected, changed)),
        able=changed >= ABLE_FROM,
    )


def holm(p_values: Sequence[float]) -> list[float]:
    """Adjusted p values in the order given: from the smallest, times how many are left, at most 1."""
    order = sorted(range(len(p_values)), key=p_values.__getitem__)
    adjusted, floor = [1.0] * len(p_values), 0.0
    for rank, place in enumerate(order):
        floor = max(floor, min(1.0, p_values[place] * (len(p_values) - rank)))
        adjusted[place] = floor
    return adjusted


def benjamini_hochberg(p_values: Sequence[float]) -> list[float]:
    """Adjusted p values in the order given: from the largest, times m/rank, at most 1."""
    order = sorted(range(len(p_values)), key=p_values.__getitem__, reverse=True)
    adjusted, ceiling, many = [1.0] * len(p_values), 1.0, len(p_values)
    for below, place in enumerate(order):
        ceiling = min(ceiling, p_values[place] * many / (many - below))
        adjusted[place] = ceiling
    return adjusted
