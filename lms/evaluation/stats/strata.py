"""Mean over strata of equal weight, with the variance pooled within them: the one estimator behind all gains.

For k strata with sizes n_g, means m_g and sums of squares SS_g about *their own* mean:

    mean      = (m_1 + ... + m_k) / k
    variance  = (SS_1 + ... + SS_k) / df          df = n_1 + ... + n_k - k
    SE^2      = variance (1/n_1 + ... + 1/n_k) / k^2

since the strata are independent and Var(m_g) = variance / n_g. One stratum is the ordinary paired analysis.
Two are the two orders of a counterbalanced test. Pooling assumes equal spread in the strata; with equal
sizes, which balanced allocation gives, SE^2 is the same with and without that assumption.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class StrataMean:
    """Exact: ``variance`` and ``squared_error`` (in squared units) are ``None`` when ``degrees`` is 0."""

    mean: Fraction
    variance: Fraction | None
    squared_error: Fraction | None
    degrees: int


@dataclass(frozen=True, slots=True)
class Sums:
    """``n`` integers, their sum and the sum of their squares: exact, and merged by ``+``."""

    n: int = 0
    total: int = 0
    squares: int = 0

    @classmethod
    def of(cls, values: Sequence[int]) -> Sums:
        return cls(len(values), sum(values), sum(value * value for value in values))

    def __add__(self, other: Sums) -> Sums:
        return Sums(self.n + other.n, self.total + other.total, self.squares + other.squares)

    @property
    def about_mean(self) -> Fraction:
        """Sum of squares about the mean, n > 0."""
        # On floats this shortcut loses every digit (NIST NumAcc4: a variance of -2); on integers it is exact.
        return Fraction(self.n * self.squares - self.total**2, self.n)


def strata_mean(strata: Sequence[Sequence[int]]) -> StrataMean:
    """Estimate from non-empty strata of integers; see ``mean_of_sums``."""
    return mean_of_sums([Sums.of(values) for values in strata])


def mean_of_sums(strata: Sequence[Sums]) -> StrataMean:
    """Estimate from the sums of non-empty strata.

    A stratum of one person counts fully in the mean and tells nothing about spread (SS = 0, df share 0); the
    error of that person's mean is then judged by the spread of the others.
    """
    mean = equal_weight_mean(strata)
    degrees = sum(stratum.n for stratum in strata) - len(strata)
    if degrees < 1:
        return StrataMean(mean, None, None, degrees)
    variance = sum((stratum.about_mean for stratum in strata), Fraction()) / degrees
    share = sum((Fraction(1, stratum.n) for stratum in strata), Fraction()) / len(strata) ** 2
    return StrataMean(mean, variance, variance * share, degrees)


def equal_weight_mean(strata: Sequence[Sums]) -> Fraction:
    """Mean of the strata's means, whatever their sizes."""
    return sum((Fraction(stratum.total, stratum.n) for stratum in strata), Fraction()) / len(strata)
