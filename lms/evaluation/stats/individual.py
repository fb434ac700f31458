"""Each person's share of the possible gain, and of the possible change (EVALUATION §1.2 and §1.3).

    g_i = (post - pre)/(M - pre)                                        undefined at pre = M
    c_i = (post - pre)/(M - pre) if risen, (post - pre)/pre if fallen, 0 if equal
          dropped where both are 0 or both are M                        (Marx & Cummings, AJP 75 (2007) 87)

The mean of g_i is biased by measurement error and explodes near the ceiling: the class <g> of ``normalized``
is the headline. c stays between -1 and 1 and is the best number for one person; it needs 0 to be the least.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from .exact import Exact, mean, sd
from .reasons import Reason


@dataclass(frozen=True, slots=True)
class Shares:
    """``n`` people counted and ``left_out`` for whom it is undefined; mean and SD are shares (1 = all).

    ``reason``: ``TOO_FEW`` nobody at all; ``CEILING`` nobody had anything to gain; ``NO_MAXIMUM`` M unknown;
    ``BELOW_ZERO`` points below 0 (c only). The SD needs two people.
    """

    n: int
    left_out: int
    mean: float | None
    sd: float | None
    reason: Reason | None


def individual_gain(pre: Sequence[Exact], post: Sequence[Exact], max_points: Exact | None) -> Shares:
    """Mean of g_i over those with pre < M. Show from 5 people, *indikatif* below 20."""
    if max_points is None:
        return Shares(0, 0, None, None, Reason.NO_MAXIMUM)
    return _shares(
        [
            None if before == max_points else Fraction(after - before, 1) / (max_points - before)
            for before, after in zip(pre, post, strict=True)
        ]
    )


def normalized_change(pre: Sequence[Exact], post: Sequence[Exact], max_points: Exact | None) -> Shares:
    """Mean of c_i over those who are not dropped. Show from 5 people, *indikatif* below 20."""
    if max_points is None:
        return Shares(0, 0, None, None, Reason.NO_MAXIMUM)
    if any(points < 0 for points in (*pre, *post)):
        return Shares(0, 0, None, None, Reason.BELOW_ZERO)
    return _shares([change(*both, max_points) for both in zip(pre, post, strict=True)])


def change(before: Exact, after: Exact, max_points: Exact) -> Fraction | None:
    """One person's c, -1 to 1; None where nothing could change: both 0 or both full."""
    if before == after:
        return None if before in (0, max_points) else Fraction()
    room = max_points - before if after > before else before
    return Fraction(after - before, 1) / room


def _shares(shares: Sequence[Fraction | None]) -> Shares:
    known = [share for share in shares if share is not None]
    if not known:
        return Shares(0, len(shares), None, None, Reason.CEILING if shares else Reason.TOO_FEW)
    average = mean(known)
    return Shares(
        len(known), len(shares) - len(known), None if average is None else float(average), sd(known), None
    )
