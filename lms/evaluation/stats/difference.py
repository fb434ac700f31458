"""By how much the gains of two groups differ (EVALUATION §1.19): never a p value over many splits.

difference = mean A - mean B,  SE^2 = s_A^2/n_A + s_B^2/n_B
df = SE^4 / ((s_A^2/n_A)^2/(n_A - 1) + (s_B^2/n_B)^2/(n_B - 1))       B. L. Welch, Biometrika 34 (1947) 28
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from .distributions import TAIL, t_quantile
from .exact import Exact, mean, variance
from .interval import Interval
from .reasons import Reason


@dataclass(frozen=True, slots=True)
class Difference:
    """In points; positive: the first group gained more. ``degrees`` need not be whole.

    ``value`` None, with ``TOO_FEW``, if a group is empty. No interval below two people a group (``TOO_FEW``)
    or where both groups are without spread (``NO_SPREAD``).
    """

    n_first: int
    n_second: int
    value: Fraction | None
    degrees: float | None
    interval: Interval


def difference_of_gains(first: Sequence[Exact], second: Sequence[Exact]) -> Difference:
    """Of two groups of other people, from each person's exact gain. Show from 20 people in each."""
    sizes, means = (len(first), len(second)), (mean(first), mean(second))
    if means[0] is None or means[1] is None:
        return Difference(*sizes, None, None, Interval(None, None, Reason.TOO_FEW))
    value = means[0] - means[1]
    spreads = variance(first), variance(second)
    if spreads[0] is None or spreads[1] is None:
        return Difference(*sizes, value, None, Interval(None, None, Reason.TOO_FEW))
    shares = spreads[0] / sizes[0], spreads[1] / sizes[1]
    squared = shares[0] + shares[1]
    if not squared:
        return Difference(*sizes, value, None, Interval(None, None, Reason.NO_SPREAD))
    degrees = float(squared**2 / sum(s**2 / (n - 1) for s, n in zip(shares, sizes, strict=True)))
    half = t_quantile(1 - TAIL, degrees) * math.sqrt(squared)
    return Difference(*sizes, value, degrees, Interval(float(value) - half, float(value) + half, None))
