"""Gain of matched people who took one form, or forms that were equated, before and after."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import SupportsIndex

from .interval import t_interval
from .pairs import Directions, Pairs
from .reasons import Reason
from .strata import equal_weight_mean, strata_mean


@dataclass(frozen=True, slots=True)
class Gain:
    """All in points out of ``max_points``; positive is better. ``None`` = undefined, ``reason`` says why.

    ``mean_gain`` is ``mean_post - mean_pre`` exactly, each then rounded once to a float.
    """

    n: int
    max_points: int
    mean_pre: float | None
    mean_post: float | None
    mean_gain: float | None
    sd_gain: float | None
    ci_low: float | None
    ci_high: float | None
    median: float | None
    rose: int
    same: int
    fell: int
    reason: Reason | None


def paired_gain(pre: Iterable[SupportsIndex], post: Iterable[SupportsIndex], max_points: int) -> Gain:
    """Mean of post - pre with its 95 % t interval (df = n - 1), same form or equated forms.

    For form A before and form B after use ``counterbalanced_gain``. n = 0: everything ``None``. n = 1: no SD,
    no interval. All gains equal: SD 0 and no interval, so that the page can say "all gained exactly x".
    Raises ``ValueError`` if the two differ in length, ``TypeError`` on floats.
    """
    pairs = Pairs.of(pre, post)
    if not len(pairs):
        return Gain(0, max_points, None, None, None, None, None, None, None, 0, 0, 0, Reason.TOO_FEW)
    estimate = strata_mean([pairs.gains])
    interval = t_interval(estimate.mean, estimate.squared_error, estimate.degrees)
    directions = Directions.of(pairs.gains)
    return Gain(
        n=len(pairs),
        max_points=max_points,
        mean_pre=float(equal_weight_mean([pairs.pre])),
        mean_post=float(equal_weight_mean([pairs.post])),
        mean_gain=float(estimate.mean),
        sd_gain=None if estimate.variance is None else math.sqrt(estimate.variance),
        ci_low=interval.low,
        ci_high=interval.high,
        median=_median(pairs.gains),
        rose=directions.rose,
        same=directions.same,
        fell=directions.fell,
        reason=interval.reason,
    )


def _median(values: tuple[int, ...]) -> float:
    ordered = sorted(values)
    middle = len(ordered) // 2
    return float(Fraction(ordered[middle] + ordered[-middle - 1], 2))
