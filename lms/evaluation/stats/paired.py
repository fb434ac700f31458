"""The same people before and after: means, spreads, the gain with its interval, and two tests of it.

EVALUATION §1.1, §1.4 and §1.14. SD with n - 1, medians of type 7, Student's t interval of the mean
difference. Regression to the mean: the slope of the gain on the score before is negative even where nothing
was learned (slope = r SD_post/SD_pre - 1), so it is a warning, never read as
"the weak gained most".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from .distributions import sign_test, t_two_sided
from .exact import Exact, Moments, common_scale, in_units, mean, median, ratio_to_root, sd
from .interval import Interval, t_interval
from .pairs import Directions, Pairs
from .reasons import Reason
from .strata import StrataMean, strata_mean


@dataclass(frozen=True, slots=True)
class Distribution:
    """Scores of ``n`` people at one wave, in points: None where there are too few to have it."""

    n: int
    mean: float | None
    sd: float | None
    median: float | None

    @classmethod
    def of(cls, points: Sequence[Exact]) -> Distribution:
        """Mean and median from one person on, SD (n - 1) from two."""
        return cls(len(points), _float(mean(points)), sd(points), _float(median(points)))


@dataclass(frozen=True, slots=True)
class PairedSummary:
    """All in points; positive is better. ``reason`` says why t, p and the interval are None.

    ``TOO_FEW`` below two people; ``NO_SPREAD`` where all gained exactly ``gain.mean`` (then t would be
    infinite). ``r`` and ``slope`` (points gained per point before) are None where a score does not vary.
    ``sign_p`` is the exact sign test of those who rose against those who fell; 1 if nobody did either.
    """

    pre: Distribution
    post: Distribution
    gain: Distribution
    directions: Directions
    r: float | None
    slope: float | None
    t: float | None
    degrees: int
    p_t: float | None
    interval: Interval
    sign_p: float | None

    @property
    def reason(self) -> Reason | None:
        return self.interval.reason


def paired_summary(pre: Sequence[Exact], post: Sequence[Exact]) -> PairedSummary:
    """Of matched people: ``pre[i]`` and ``post[i]`` are the exact points of one person.

    Show from 5 people, *indikatif* below 20. ``ValueError`` where the two differ in length, ``TypeError`` on
    floats.
    """
    scale = common_scale([*pre, *post])
    pairs = Pairs.of(in_units(pre, scale), in_units(post, scale))
    gains = pairs.gains
    estimate = strata_mean([gains]) if gains else StrataMean(Fraction(), None, None, -1)
    directions = Directions.of(gains)
    t = ratio_to_root(estimate.mean, estimate.squared_error) if estimate.squared_error else None
    slope = Moments.of(pairs.pre, gains).slope
    return PairedSummary(
        pre=Distribution.of(pre),
        post=Distribution.of(post),
        gain=Distribution.of([Fraction(gain, scale) for gain in gains]),
        directions=directions,
        r=Moments.of(pairs.pre, pairs.post).correlation,
        slope=_float(slope),
        t=t,
        degrees=max(estimate.degrees, 0),
        p_t=None if t is None else t_two_sided(t, estimate.degrees),
        interval=_in_points(estimate, scale),
        sign_p=sign_test(directions.rose, directions.fell) if gains else None,
    )


def _in_points(estimate: StrataMean, scale: int) -> Interval:
    squared = estimate.squared_error
    return t_interval(
        estimate.mean / scale, None if squared is None else squared / scale**2, estimate.degrees
    )


def _float(value: Fraction | None) -> float | None:
    return None if value is None else float(value)
