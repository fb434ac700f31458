"""Upper-lower index: the facility of those with most points less that of those with fewest (EVALUATION §1.9).

T. L. Kelley (Journal of Educational Psychology 30 (1939) 17) took the upper and lower 27 %. People with
equal totals at the cut make the usual index depend on the order of rows. Here each group weighs exactly
0.27 n: whole score classes are taken from the end, and the class at the boundary shares what is left equally
among its people.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from fractions import Fraction

from .exact import Exact, mean, quantile

KELLEY = Fraction(27, 100)
Share = Fraction | None
Class = tuple[int, Fraction]
"""People with one total, and the sum of their shares on the item."""


def upper_lower(shares: Sequence[Fraction], totals: Sequence[Exact], part: Fraction = KELLEY) -> Share:
    """Index of one item, -1 to 1, exact. None for nobody, or where all totals are equal.

    ``shares[i]`` is the part of the item's points that a person earned, ``totals[i]`` the person's total.
    ``part`` above 0, at most 1/2, of the people in each group. Show from 30 people, act from 100.
    """
    classes: defaultdict[Exact, list[Fraction]] = defaultdict(list)
    for share, total in zip(shares, totals, strict=True):
        classes[total].append(share)
    if len(classes) < 2:
        return None
    weight = part * len(shares)
    ordered: list[Class] = [(len(of), sum(of, Fraction())) for _, of in sorted(classes.items())]
    return (_taken(reversed(ordered), weight) - _taken(ordered, weight)) / weight


def upper_lower_thirds(shares: Sequence[Fraction], totals: Sequence[Exact]) -> Share:
    """As ShinyItemAnalysis: totals from the type-7 quantile 2/3 upwards less those below the quantile 1/3.

    Exact, -1 to 1. The groups' sizes follow from ties; None where either is empty.
    """
    low, high = quantile(totals, Fraction(1, 3)), quantile(totals, Fraction(2, 3))
    if low is None or high is None:
        return None
    pairs = list(zip(shares, totals, strict=True))
    upper = mean([share for share, total in pairs if total >= high])
    lower = mean([share for share, total in pairs if total < low])
    return None if upper is None or lower is None else upper - lower


def _taken(classes: Iterable[Class], weight: Fraction) -> Fraction:
    """Sum of shares of the first ``weight`` people; the class at the boundary counts in part."""
    taken, left = Fraction(), weight
    for people, shares in classes:
        part = min(Fraction(1), left / people)
        taken += part * shares
        left -= part * people
        if not left:
            break
    return taken
