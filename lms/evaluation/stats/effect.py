"""How large a gain is beside the spread of the scores (EVALUATION §1.6). A size, not a quality.

Five yardsticks for the same mean difference d, all in standard deviations:

    d_z   = d / SD(post - pre)                   grows with the correlation of the two tests
    d_av  = d / ((SD_pre + SD_post)/2)           comparable between studies: the one to show (Lakens 2013)
    d_rms = d / sqrt((SD_pre^2 + SD_post^2)/2)   PhysPort's, pingouin's "cohen"
    d_pre = d / SD_pre                           Glass's, with the spread before
    d_rm  = d_z sqrt(2 (1 - r))

Hedges' g is d times J = Gamma(df/2) / (sqrt(df/2) Gamma((df - 1)/2)), df = n - 1 (L. V. Hedges, Journal of
Educational Statistics 6 (1981) 107), about 1 - 3/(4 df - 1). Intervals: t = d_z sqrt(n) follows a noncentral
t distribution, whose shift is bracketed and divided by sqrt(n) for d_z (exact for normal differences), and
rescaled by SD_d over the mean SD for d_av (J. Algina & H. Keselman, Educational and Psychological Measurement
63 (2003) 537: approximate).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from .distributions import TAIL, noncentrality
from .exact import Exact, Moments, common_scale, in_units, mean, ratio_to_root, variance
from .interval import Interval
from .reasons import Reason

NONE = Interval(None, None, Reason.TOO_FEW)


@dataclass(frozen=True, slots=True)
class EffectSizes:
    """In standard deviations, positive = rose. ``None`` = undefined.

    ``reason``: ``TOO_FEW`` below two people, ``NO_SPREAD`` where all gained the same (then d_z, d_rm, the g's
    of d_z and all intervals are None; d_av, d_rms and d_pre may stand if their own SD is not 0).
    ``g_z_interval`` is J times that of d_z.
    """

    n: int
    d_z: float | None = None
    d_av: float | None = None
    d_rms: float | None = None
    d_pre: float | None = None
    d_rm: float | None = None
    j_exact: float | None = None
    j_approximate: float | None = None
    d_z_interval: Interval = field(default=NONE)
    d_av_interval: Interval = field(default=NONE)
    reason: Reason | None = None

    @property
    def g_z(self) -> float | None:
        return _product(self.d_z, self.j_exact)

    @property
    def g_z_approximate(self) -> float | None:
        return _product(self.d_z, self.j_approximate)

    @property
    def g_av(self) -> float | None:
        return _product(self.d_av, self.j_exact)

    @property
    def g_z_interval(self) -> Interval:
        return _scaled(self.d_z_interval, self.j_exact)


def effect_sizes(pre: Sequence[Exact], post: Sequence[Exact], *, with_intervals: bool = True) -> EffectSizes:
    """Of matched people: ``pre[i]`` and ``post[i]`` are the exact points of one person.

    Computed from two people on; show from 10, with a caution below 30. Intervals take nearly all of the time,
    which a page that shows none can do without.
    """
    n = len(pre)
    gains = [Fraction(after) - before for before, after in zip(pre, post, strict=True)]
    gain, spread, before, after = mean(gains), variance(gains), variance(pre), variance(post)
    if gain is None or spread is None or before is None or after is None:
        return EffectSizes(n, reason=Reason.TOO_FEW)
    average = (math.sqrt(before) + math.sqrt(after)) / 2
    d_z = ratio_to_root(gain, spread) if spread else None
    interval = d_z_interval(d_z, n) if with_intervals else NONE
    r = _correlation(pre, post)
    return EffectSizes(
        n=n,
        d_z=d_z,
        d_av=float(gain) / average if average else None,
        d_rms=ratio_to_root(gain, (before + after) / 2) if average else None,
        d_pre=ratio_to_root(gain, before) if before else None,
        d_rm=None if d_z is None or r is None else d_z * math.sqrt(2 * (1 - r)),
        j_exact=hedges_factor(n - 1),
        j_approximate=float(1 - Fraction(3, 4 * (n - 1) - 1)) if n > 2 else None,
        d_z_interval=interval,
        d_av_interval=_scaled(interval, math.sqrt(spread) / average if average else None),
        reason=None if spread else Reason.NO_SPREAD,
    )


def hedges_factor(degrees: int) -> float | None:
    """J, between 0 and 1; None below two degrees of freedom, where it is 0 and says nothing."""
    if degrees < 2:
        return None
    half = degrees / 2
    return math.exp(math.lgamma(half) - math.lgamma(half - 0.5)) / math.sqrt(half)


def d_z_interval(d_z: float | None, n: int) -> Interval:
    """95 % interval of a standardised mean difference of ``n`` pairs by the noncentral t distribution."""
    if d_z is None:
        return Interval(None, None, Reason.NO_SPREAD)
    root = math.sqrt(n)
    low, high = (noncentrality(d_z * root, n - 1, tail) / root for tail in (1 - TAIL, TAIL))
    return Interval(low, high, None)


def _correlation(pre: Sequence[Exact], post: Sequence[Exact]) -> float | None:
    scale = common_scale([*pre, *post])
    return Moments.of(in_units(pre, scale), in_units(post, scale)).correlation


def _product(value: float | None, factor: float | None) -> float | None:
    return None if value is None or factor is None else value * factor


def _scaled(interval: Interval, factor: float | None) -> Interval:
    if interval.low is None or interval.high is None or factor is None:
        return Interval(None, None, interval.reason or Reason.NO_SPREAD)
    return Interval(interval.low * factor, interval.high * factor, None)
