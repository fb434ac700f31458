"""How much of the spread of totals is about people rather than about chance (EVALUATION §1.11).

    alpha = k/(k - 1) (1 - sum of item variances / variance of totals)      Cronbach 1951; KR-20 for 0/1
    SEM   = SD of totals x sqrt(1 - alpha)                                  in points

All variances with n - 1: mixing p q (n) with n - 1 gives 0.498 for 0.472. The interval is Feldt's
(Psychometrika 30 (1965) 357; Feldt, Woodruff & Salih 1987): 1 - (1 - alpha) F with F(.975 and .025; n - 1,
(n - 1)(k - 1)). Alpha may be negative: then the questions do not measure one thing. A low alpha before is
normal if everybody guesses.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from .distributions import TAIL, f_quantile
from .exact import Exact, Moments, common_scale, in_units
from .interval import Interval
from .reasons import Reason


@dataclass(frozen=True, slots=True)
class Reliability:
    """Of a test of ``k`` items that ``n`` people took; ``alpha`` exact, at most 1.

    ``mean``, ``sd`` and ``sem`` of the totals in points. ``if_deleted[j]`` is alpha without item j, None
    where that leaves fewer than two items or no spread. ``reason`` when alpha is None: ``TOO_FEW`` below two
    people, ``ONE_ITEM`` below two items, ``NO_SPREAD`` if all totals are equal.
    """

    n: int
    k: int
    mean: float | None
    sd: float | None
    alpha: Fraction | None
    interval: Interval
    sem: float | None
    if_deleted: tuple[Fraction | None, ...]
    reason: Reason | None


def reliability(rows: Sequence[Sequence[Exact]]) -> Reliability:
    """From exact points, one row a person of one wave, one column an item. Show from 30 people on."""
    scale = common_scale([cell for row in rows for cell in row])
    units = [in_units(row, scale) for row in rows]
    columns = list(zip(*units, strict=True))
    totals = [sum(row) for row in units]
    n, k = len(rows), len(columns)
    spread = _variance(totals)
    alpha, reason = _alpha(columns, totals), _missing(n, k, spread)
    return Reliability(
        n=n,
        k=k,
        mean=float(Fraction(sum(totals), n * scale)) if n else None,
        sd=None if spread is None else math.sqrt(spread / scale**2),
        alpha=alpha,
        interval=feldt_interval(alpha, n, k) if alpha is not None else Interval(None, None, reason),
        sem=math.sqrt(spread * (1 - alpha) / scale**2) if spread and alpha is not None else None,
        if_deleted=tuple(_without(columns, totals, place) for place in range(k)),
        reason=reason,
    )


def feldt_interval(alpha: Fraction, n: int, k: int) -> Interval:
    """95 % interval of alpha, n and k at least 2. Alpha 1 has none: every row is alike up to a shift."""
    if alpha == 1:
        return Interval(None, None, Reason.NO_SPREAD)
    degrees = n - 1, (n - 1) * (k - 1)
    low, high = (float(1 - alpha) * f_quantile(tail, *degrees) for tail in (1 - TAIL, TAIL))
    return Interval(1 - low, 1 - high, None)


def _alpha(columns: Sequence[Sequence[int]], totals: Sequence[int]) -> Fraction | None:
    k, spread = len(columns), _variance(totals)
    if k < 2 or not spread:
        return None
    within = sum((_variance(column) or Fraction() for column in columns), Fraction())
    return Fraction(k, k - 1) * (1 - within / spread)


def _without(columns: Sequence[Sequence[int]], totals: Sequence[int], place: int) -> Fraction | None:
    rests = [total - points for total, points in zip(totals, columns[place], strict=True)]
    return _alpha([*columns[:place], *columns[place + 1 :]], rests)


def _variance(units: Sequence[int]) -> Fraction | None:
    return Moments.of(units, units).covariance


def _missing(n: int, k: int, spread: Fraction | None) -> Reason | None:
    if n < 2:
        return Reason.TOO_FEW
    if k < 2:
        return Reason.ONE_ITEM
    return None if spread else Reason.NO_SPREAD
