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
from dataclasses import dataclass, replace
from fractions import Fraction

from .distributions import TAIL, f_quantile
from .exact import Exact, Moments, common_scale, in_units, variance
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
    items = [Moments.of(column, totals) for column in columns]
    spread = variance(totals)
    alpha, reason = alpha_of_sums(items), _missing(n, k, spread)
    return Reliability(
        n=n,
        k=k,
        mean=float(Fraction(sum(totals), n * scale)) if n else None,
        sd=None if spread is None else math.sqrt(spread / scale**2),
        alpha=alpha,
        interval=feldt_interval(alpha, n, k) if alpha is not None else Interval(None, None, reason),
        sem=math.sqrt(spread * (1 - alpha) / scale**2) if spread and alpha is not None else None,
        if_deleted=tuple(_without(items, place) for place in range(k)),
        reason=reason,
    )


def feldt_interval(alpha: Fraction, n: int, k: int) -> Interval:
    """95 % interval of alpha, n and k at least 2. Alpha 1 has none: every row is alike up to a shift."""
    if alpha == 1:
        return Interval(None, None, Reason.NO_SPREAD)
    degrees = n - 1, (n - 1) * (k - 1)
    low, high = (float(1 - alpha) * f_quantile(tail, *degrees) for tail in (1 - TAIL, TAIL))
    return Interval(1 - low, 1 - high, None)


def alpha_of_sums(items: Sequence[Moments]) -> Fraction | None:
    """Alpha from each item's sums (x) with the totals (y), exact; None below two items or without spread."""
    k = len(items)
    if k < 2 or not (spread := _about_mean(items[0].n, items[0].y, items[0].yy)):
        return None
    within = sum(_about_mean(item.n, item.x, item.xx) for item in items)
    return Fraction(k, k - 1) * (1 - Fraction(within, spread))


def _without(items: Sequence[Moments], place: int) -> Fraction | None:
    """Totals lose the item: y' = y - x, and y'^2 sums to yy - 2 xy + xx."""
    gone = items[place]
    rest, squares = gone.y - gone.x, gone.yy - 2 * gone.xy + gone.xx
    return alpha_of_sums([replace(item, y=rest, yy=squares) for at, item in enumerate(items) if at != place])


def _about_mean(n: int, total: int, squares: int) -> int:
    """n times the sum of squares about the mean: whole, and in one unit for items and totals."""
    return n * squares - total**2


def _missing(n: int, k: int, spread: Fraction | None) -> Reason | None:
    if n < 2:
        return Reason.TOO_FEW
    if k < 2:
        return Reason.ONE_ITEM
    return None if spread else Reason.NO_SPREAD
