"""One gain over many trainings, from their sums: pooled within a test, weighed by people between tests.

Trainings that took the same test for the same points are added up by order of forms: the gain and its error
are then those of ``counterbalanced``, as if all had been one room. Points of different tests are not the same
thing, so between tests the gains are put in percent of the points possible and weighed by people:

    gain = sum(w_s gain_s),  w_s = n_s / n          SE^2 = sum(w_s^2 SE_s^2)
    df   = SE^4 / sum((w_s^2 SE_s^2)^2 / df_s)      F. E. Satterthwaite, Biometrics Bulletin 2 (1946) 110

The interval is about the people who were measured; that trainings differ from each other is not in it.

What may enter. A training whose orders both have five people or more, and nobody else. Every figure over
trainings is then made of groups of five or more, and so is whatever can be computed from any number of such
figures, whichever filters made them: there is nothing smaller to be found by subtraction.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from .disclosure import MIN_SHOWN
from .distributions import TAIL, t_quantile
from .interval import Interval
from .reasons import Reason
from .strata import equal_weight_mean, mean_of_sums
from .sums import PairSums

SHOW_DIFFERENCE_FROM = 20
"""People in each of two trainings (EVALUATION §1.19)."""


@dataclass(frozen=True, slots=True)
class Part:
    """The sums of one training: ``test`` is equal for those that took the same test; ``max_points`` None if
    its forms are worth different points."""

    test: Hashable
    max_points: int | None
    groups: Mapping[str, PairSums]

    @property
    def n(self) -> int:
        return sum(sums.n for sums in self.groups.values())


@dataclass(frozen=True, slots=True)
class Pooled:
    """In percent of the points possible (gain and interval in percentage points); None where nobody may
    enter. ``n`` people of ``trainings`` trainings; ``tests`` different tests; ``degrees`` of the interval."""

    n: int
    trainings: int
    tests: int
    mean_pre: Fraction | None
    mean_post: Fraction | None
    squared_error: Fraction | None
    degrees: float
    interval: Interval

    @property
    def gain(self) -> Fraction | None:
        if self.mean_pre is None or self.mean_post is None:
            return None
        return self.mean_post - self.mean_pre


def may_enter(part: Part) -> bool:
    """Whether a training may be part of figures over several: see above."""
    return (
        bool(part.max_points)
        and len(part.groups) == 2
        and all(sums.n >= MIN_SHOWN for sums in part.groups.values())
    )


def pooled(parts: Iterable[Part]) -> Pooled:
    """The gain of all trainings that may enter, whatever their order."""
    entering = [part for part in parts if may_enter(part)]
    by_test: dict[Hashable, list[Part]] = defaultdict(list)
    for part in entering:
        by_test[part.test, part.max_points].append(part)
    strata = [_stratum(same) for same in by_test.values()]
    n = sum(stratum.n for stratum in strata)
    if not n:
        return Pooled(0, 0, 0, None, None, None, 0.0, Interval(None, None, Reason.TOO_FEW))
    pre = sum((Fraction(one.n, n) * one.mean_pre for one in strata), Fraction())
    post = sum((Fraction(one.n, n) * one.mean_post for one in strata), Fraction())
    errors = [(Fraction(one.n, n) ** 2 * one.squared_error, one.degrees) for one in strata]
    squared, degrees, interval = _interval(post - pre, errors)
    return Pooled(n, len(entering), len(strata), pre, post, squared, degrees, interval)


def difference(first: Pooled, second: Pooled) -> Interval | None:
    """Interval of gain of the first minus gain of the second, in percentage points (Welch, as between any
    two groups of other people). None below 20 people in either."""
    if min(first.n, second.n) < SHOW_DIFFERENCE_FROM or first.gain is None or second.gain is None:
        return None
    errors = [(one.squared_error or Fraction(), one.degrees) for one in (first, second)]
    return _interval(first.gain - second.gain, errors)[2]


@dataclass(frozen=True, slots=True)
class _Stratum:
    n: int
    mean_pre: Fraction
    mean_post: Fraction
    squared_error: Fraction
    degrees: int


def _stratum(parts: Sequence[Part]) -> _Stratum:
    """Trainings with one test, added up by order."""
    orders = sorted(parts[0].groups)
    groups = [_added([part.groups[order] for part in parts]) for order in orders]
    percent = Fraction(100, parts[0].max_points or 1)
    estimate = mean_of_sums([sums.gains for sums in groups])
    return _Stratum(
        n=sum(sums.n for sums in groups),
        mean_pre=percent * equal_weight_mean([sums.before for sums in groups]),
        mean_post=percent * equal_weight_mean([sums.after for sums in groups]),
        squared_error=percent**2 * (estimate.squared_error or Fraction()),
        degrees=estimate.degrees,
    )


_FIELDS = tuple(PairSums.__dataclass_fields__)


def _added(sums: Sequence[PairSums]) -> PairSums:
    """As ``+``, for thousands at a time."""
    return PairSums(*(sum([getattr(one, name) for one in sums]) for name in _FIELDS))


def _interval(centre: Fraction, errors: Sequence[tuple[Fraction, float]]) -> tuple[Fraction, float, Interval]:
    squared = sum((error for error, _degrees in errors), Fraction())
    if not squared:
        return squared, 0.0, Interval(None, None, Reason.NO_SPREAD)
    spread = sum(float(error) ** 2 / degrees for error, degrees in errors if error)
    degrees = float(squared) ** 2 / spread
    half = t_quantile(1 - TAIL, degrees) * math.sqrt(squared)
    return squared, degrees, Interval(float(centre) - half, float(centre) + half, None)
