"""How much a room still needs, so ordered that a few people do not shout down many.

Every person has a missed share, 0 (earned all) to 1 (earned nothing); partly right work lies between. With p
the mean of n shares, the interval is Wilson's score interval:

    (p + z^2/2n -+ z sqrt(p (1 - p)/n + z^2/4n^2)) / (1 + z^2/n)            z = 1.96

(E. B. Wilson, JASA 22 (1927) 209-212; L. Brown, T. Cai, A. DasGupta, Statistical Science 16 (2001) 101-133
recommend it for small n.) It never leaves 0 to 1 and needs no spread. Needs are ordered by its lower end:
what is surely missing. So 5 of 20 (0.112) stands before 1 of 2 (0.095), and 2 of 2 (0.342) behind 6 of 8
(0.409). Shares between 0 and 1 spread at most as much as rights and wrongs with the same mean, so that with
partial credit the interval is too wide rather than too narrow.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from .disclosure import MIN_SHOWN
from .reasons import Reason

Z = 1.959963984540054
"""Of a 95 % interval."""
LONGER_MEAN, LONGER_LOW = Fraction(1, 2), Fraction(1, 4)
"""More time: on average at least so much is missing, and surely more than so much. A judgement."""
SHORTER_MEAN, SHORTER_HIGH = Fraction(1, 5), Fraction(2, 5)
"""Less time: on average at most so much is missing, and surely less than so much. A judgement."""


class Verdict(StrEnum):
    """What a need says about the time that it should get."""

    LONGER = "longer"
    AS_PLANNED = "as_planned"
    SHORTER = "shorter"
    UNKNOWN = "unknown"
    """Too few people: whatever they answered, it says little about a room."""


@dataclass(frozen=True, slots=True)
class Need:
    """The mean missed share of ``n`` people with its interval; without people None, and the reason."""

    n: int
    missed: Fraction | None
    low: float | None
    high: float | None
    reason: Reason | None = None

    @property
    def order(self) -> tuple[float, float]:
        """Sorts the greatest need first, and what nobody answered last."""
        if self.low is None or self.missed is None:
            return (1.0, 0.0)
        return (-self.low, -float(self.missed))

    @property
    def centre(self) -> float | None:
        """The mean drawn towards one half, the more so the fewer people there are."""
        return None if self.low is None or self.high is None else (self.low + self.high) / 2


def need_of(missed: Iterable[Fraction]) -> Need:
    """The need of people with these missed shares. ValueError for a share outside 0 to 1."""
    shares = list(missed)
    if any(not 0 <= share <= 1 for share in shares):
        raise ValueError("A missed share lies between 0 and 1.")
    if not shares:
        return Need(0, None, None, None, Reason.TOO_FEW)
    mean = sum(shares, Fraction()) / len(shares)
    low, high = wilson(mean, len(shares))
    return Need(len(shares), mean, low, high)


def wilson(share: Fraction, n: int) -> tuple[float, float]:
    """Wilson's 95 % score interval of a share of ``n``, n > 0; exactly 0 and 1 at the ends."""
    p = float(share)
    middle = p + Z * Z / (2 * n)
    half = Z * math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n))
    width = 1 + Z * Z / n
    low = 0.0 if share == 0 else max(0.0, (middle - half) / width)
    high = 1.0 if share == 1 else min(1.0, (middle + half) / width)
    return low, high


def verdict(need: Need) -> Verdict:
    """What the mean asks for, if the interval agrees; else what was planned."""
    if need.missed is None or need.low is None or need.high is None or need.n < MIN_SHOWN:
        return Verdict.UNKNOWN
    if need.missed >= LONGER_MEAN and need.low > LONGER_LOW:
        return Verdict.LONGER
    if need.missed <= SHORTER_MEAN and need.high < SHORTER_HIGH:
        return Verdict.SHORTER
    return Verdict.AS_PLANNED
