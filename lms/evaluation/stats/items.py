"""How hard each question was and how well it tells apart who knows the rest (EVALUATION §1.8 and §1.9).

Rows are people, columns items, cells exact points (a question left out counts 0). Everything is summed over
integers, so that the order of people and of items changes no digit.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from .discrimination import Share, upper_lower, upper_lower_thirds
from .exact import Exact, Moments, common_scale, in_units, variance

Matrix = Sequence[Sequence[Exact]]


@dataclass(frozen=True, slots=True)
class ItemStatistics:
    """One question as ``n`` people of one wave answered it; ``None`` = undefined.

    ``facility``: mean points over the maximum, 0 (nobody) to 1 (everybody full). ``sd`` in points.
    ``rit``, ``rir``: correlation with the total, and with the total without the item (corrected
    point-biserial); None where the item or the rest does not vary. ``uli27``, ``uli_thirds``: facility of
    the upper group less that of the lower one, -1 to 1; see ``discrimination``. ``index`` = 100 ``rir`` and
    ``efficiency`` = 100 cov(item, rest) / the greatest covariance that these points and these rests, sorted,
    could have (Moodle's two columns, in %).
    """

    n: int
    facility: Fraction | None
    sd: float | None
    rit: float | None
    rir: float | None
    uli27: float | None
    uli_thirds: float | None
    index: float | None
    efficiency: float | None
    covariance: Fraction | None
    covariance_max: Fraction | None


def item_statistics(rows: Matrix, maxima: Sequence[Exact]) -> list[ItemStatistics]:
    """One result an item, in the items' order.

    Facility shows from 5 people (its flag from 20), discrimination from 30, to act upon from 100: at n = 30
    an r of 0.30 has the interval -0.07 to 0.60. With one item only there is no rest, so no ``rir``.
    """
    scale = common_scale([cell for row in rows for cell in row])
    columns = [in_units(column, scale) for column in zip(*rows, strict=True)] or [()] * len(maxima)
    totals = [sum(column) for column in zip(*columns, strict=True)]
    return [
        _statistics(column, totals, Fraction(most), scale)
        for column, most in zip(columns, maxima, strict=True)
    ]


def _statistics(column: Sequence[int], totals: Sequence[int], most: Fraction, scale: int) -> ItemStatistics:
    rests = [total - points for points, total in zip(column, totals, strict=True)]
    with_rest = Moments.of(column, rests)
    ceiling = Moments.of(sorted(column), sorted(rests))
    shares = [Fraction(points, 1) / (scale * most) for points in column]
    spread = variance(column)
    rir = with_rest.correlation
    return ItemStatistics(
        n=len(column),
        facility=Fraction(sum(column), len(column)) / (scale * most) if column else None,
        sd=None if spread is None else math.sqrt(spread / scale**2),
        rit=Moments.of(column, totals).correlation,
        rir=rir,
        uli27=_float(upper_lower(shares, totals)),
        uli_thirds=_float(upper_lower_thirds(shares, totals)),
        index=None if rir is None else 100 * rir,
        efficiency=_efficiency(with_rest, ceiling),
        covariance=_in_points(with_rest.covariance, scale),
        covariance_max=_in_points(ceiling.covariance, scale),
    )


def _efficiency(actual: Moments, ceiling: Moments) -> float | None:
    if actual.covariance is None or not ceiling.covariance:
        return None
    return float(100 * actual.covariance / ceiling.covariance)


def _in_points(covariance: Fraction | None, scale: int) -> Fraction | None:
    return None if covariance is None else covariance / scale**2


def _float(share: Share) -> float | None:
    return None if share is None else float(share)
