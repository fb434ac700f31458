"""Gain of matched people who took one form, or forms that were equated, before and after."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import SupportsIndex

from .exact import median as median_of
from .interval import t_interval
from .pairs import Pairs
from .reasons import Reason
from .strata import equal_weight_mean, mean_of_sums
from .sums import PairSums


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
    return gain_of_sums(PairSums.of(pairs, max_points), max_points, median=_median(pairs.gains))


def gain_of_sums(sums: PairSums, max_points: int, *, median: float | None = None) -> Gain:
    """As ``paired_gain``, from sums; they do not know the ``median``."""
    if not sums.n:
        return Gain(0, max_points, None, None, None, None, None, None, None, 0, 0, 0, Reason.TOO_FEW)
    estimate = mean_of_sums([sums.gains])
    interval = t_interval(estimate.mean, estimate.squared_error, estimate.degrees)
    return Gain(
        n=sums.n,
        max_points=max_points,
        mean_pre=float(equal_weight_mean([sums.before])),
        mean_post=float(equal_weight_mean([sums.after])),
        mean_gain=float(estimate.mean),
        sd_gain=None if estimate.variance is None else math.sqrt(estimate.variance),
        ci_low=interval.low,
        ci_high=interval.high,
        median=median,
        rose=sums.rose,
        same=sums.same,
        fell=sums.fell,
        reason=interval.reason,
    )


def _median(values: tuple[int, ...]) -> float | None:
    middle = median_of(values)
    return None if middle is None else float(middle)
