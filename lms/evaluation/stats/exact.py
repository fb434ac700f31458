"""Whole numbers and fractions: what every estimator here counts with, so that no digit is lost.

Decimals are scaled to integers by their common denominator (0.3 and 0.25 become 6 and 5 twentieths), summed
as integers, and turned into a float once, at the end. EVALUATION §0.4 and §0.5: percentages as floats break
ties, and sums of squares of floats lose every digit (NIST NumAcc4 gives a variance of -2).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

Exact = int | Fraction
"""A score in points. Floats are refused: 0.3 - 0.2 and 0.8 - 0.7 differ in binary."""


def exact(value: Exact) -> Fraction:
    """``value`` as a fraction; ``TypeError`` for a float, whose digits are not what was written."""
    if isinstance(value, float):
        raise TypeError(f"{value!r} is a float: give points as integers, fractions or decimals read as text")
    return Fraction(value)


def common_scale(values: Iterable[Exact]) -> int:
    """The least integer that makes every one of ``values`` a whole number when multiplied; 1 for none."""
    return math.lcm(*{exact(value).denominator for value in values})


def in_units(values: Iterable[Exact], scale: int) -> tuple[int, ...]:
    """``values`` times ``scale``, which must make each of them whole (``ValueError`` if not)."""
    units = [exact(value) * scale for value in values]
    if any(unit.denominator != 1 for unit in units):
        raise ValueError(f"1/{scale} is too coarse for these values")
    return tuple(unit.numerator for unit in units)


@dataclass(frozen=True, slots=True)
class Moments:
    """Sums of two scores of the same ``n`` people: enough for means, spreads and their correlation.

    In units (integers) they are exact whatever the size; ``+`` merges two groups of other people.
    """

    n: int = 0
    x: int = 0
    y: int = 0
    xx: int = 0
    yy: int = 0
    xy: int = 0

    @classmethod
    def of(cls, xs: Sequence[int], ys: Sequence[int]) -> Moments:
        """``ValueError`` if the two differ in length."""
        if len(xs) != len(ys):
            raise ValueError(f"{len(xs)} values beside {len(ys)}")
        return cls(
            n=len(xs),
            x=sum(xs),
            y=sum(ys),
            xx=sum(value * value for value in xs),
            yy=sum(value * value for value in ys),
            xy=sum(left * right for left, right in zip(xs, ys, strict=True)),
        )

    def __add__(self, other: Moments) -> Moments:
        return Moments(
            self.n + other.n,
            self.x + other.x,
            self.y + other.y,
            self.xx + other.xx,
            self.yy + other.yy,
            self.xy + other.xy,
        )

    @property
    def correlation(self) -> float | None:
        """Pearson's r, -1 to 1; None where either does not vary, or for fewer than two people."""
        left, right = self.n * self.xx - self.x**2, self.n * self.yy - self.y**2
        if left == 0 or right == 0:
            return None
        return ratio_to_root(self.n * self.xy - self.x * self.y, left * right)

    @property
    def slope(self) -> Fraction | None:
        """Of the least-squares line of y on x, in y per x; None where x does not vary."""
        spread = self.n * self.xx - self.x**2
        return Fraction(self.n * self.xy - self.x * self.y, spread) if spread else None

    @property
    def covariance(self) -> Fraction | None:
        """With n - 1, in units of x times y; None for fewer than two people."""
        if self.n < 2:
            return None
        return Fraction(self.n * self.xy - self.x * self.y, self.n * (self.n - 1))


def ratio_to_root(numerator: Exact, square: Exact) -> float:
    """``numerator / sqrt(square)``, ``square`` > 0, rounded from the exact square of the quotient."""
    quotient = Fraction(numerator) ** 2 / Fraction(square)
    return math.copysign(math.sqrt(quotient), numerator)


def mean(values: Sequence[Exact]) -> Fraction | None:
    """Arithmetic mean in the values' unit; None for nobody."""
    return sum(map(Fraction, values), Fraction()) / len(values) if values else None


def variance(values: Sequence[Exact]) -> Fraction | None:
    """With n - 1, in squared units; None for fewer than two values."""
    n = len(values)
    if n < 2:
        return None
    scale = common_scale(values)
    units = in_units(values, scale)
    return Fraction(n * sum(unit * unit for unit in units) - sum(units) ** 2, n * (n - 1) * scale**2)


def sd(values: Sequence[Exact]) -> float | None:
    """Standard deviation with n - 1, in the values' unit; None for fewer than two values."""
    spread = variance(values)
    return None if spread is None else math.sqrt(spread)


def quantile(values: Sequence[Exact], share: Fraction) -> Fraction | None:
    """Type 7 of Hyndman & Fan (American Statistician 50 (1996) 361): R's and spreadsheets' default.

    With the values sorted, h = (n - 1) share; between the values at floor(h) and the next the line is
    straight. ``share`` 1/2 is the median. In the values' unit; None for nobody. ``ValueError`` for a share
    outside 0 to 1.
    """
    if not 0 <= share <= 1:
        raise ValueError(f"A share lies between 0 and 1, not {share}")
    if not values:
        return None
    ordered = sorted(values)
    place = (len(ordered) - 1) * share
    below = math.floor(place)
    above = min(below + 1, len(ordered) - 1)
    return Fraction(ordered[below]) + (place - below) * (ordered[above] - ordered[below])


def median(values: Sequence[Exact]) -> Fraction | None:
    """The middle one, or the mean of the middle two; None for nobody."""
    return quantile(values, Fraction(1, 2))
