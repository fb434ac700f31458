"""Whose change is larger than the test's own error (EVALUATION §1.16).

    SEM = SD_pre sqrt(1 - reliability)     S_diff = sqrt(2) SEM     RC = (post - pre) / S_diff

A change is reliable if |RC| > 1.96 (N. Jacobson & P. Truax, Journal of Consulting and Clinical Psychology 59
(1991) 12). *Naik nyata / tidak berubah nyata / turun nyata.*
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from .exact import Exact, ratio_to_root, variance
from .need import Z
from .reasons import Reason

CRITICAL = Fraction(Z)
"""1.96, unrounded."""
TRUSTED_FROM = Fraction(1, 2)
"""Reliability below which nobody is judged."""


class Direction(StrEnum):
    """One person's reliable change."""

    UP = "up"
    SAME = "same"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class ReliableChange:
    """``sem``, ``s_diff`` and ``critical`` (1.96 S_diff) in points; ``index[i]`` is a person's RC, no unit.

    ``reason``: ``UNRELIABLE`` if the reliability is below 0.5, ``TOO_FEW`` below two people (show from 30),
    ``NO_SPREAD`` if all had the same before or the reliability is 1: then everything else is None or empty.
    """

    sem: float | None
    s_diff: float | None
    critical: float | None
    index: tuple[float, ...]
    directions: tuple[Direction, ...]
    reason: Reason | None

    def count(self, direction: Direction) -> int:
        return self.directions.count(direction)


def reliable_change(pre: Sequence[Exact], post: Sequence[Exact], reliability: Exact | None) -> ReliableChange:
    """Of matched people, in exact points; ``reliability`` 0 to 1, such as alpha (``ValueError`` above 1).

    Compared exactly: a change of precisely the critical difference is not reliable.
    """
    if reliability is not None and reliability > 1:
        raise ValueError(f"A reliability of {reliability} is above 1")
    spread = variance(pre)
    reason = _why_not(spread, reliability)
    if reason is not None or spread is None or reliability is None:
        return ReliableChange(None, None, None, (), (), reason)
    error = 2 * spread * (1 - Fraction(reliability))
    gains = [Fraction(after) - before for before, after in zip(pre, post, strict=True)]
    return ReliableChange(
        sem=math.sqrt(error / 2),
        s_diff=math.sqrt(error),
        critical=float(CRITICAL) * math.sqrt(error),
        index=tuple(ratio_to_root(gain, error) for gain in gains),
        directions=tuple(_direction(gain, CRITICAL**2 * error) for gain in gains),
        reason=None,
    )


def _direction(gain: Fraction, critical_square: Fraction) -> Direction:
    if gain**2 <= critical_square:
        return Direction.SAME
    return Direction.UP if gain > 0 else Direction.DOWN


def _why_not(spread: Fraction | None, reliability: Exact | None) -> Reason | None:
    if spread is None:
        return Reason.TOO_FEW
    if reliability is None or reliability < TRUSTED_FROM:
        return Reason.UNRELIABLE
    return Reason.NO_SPREAD if spread == 0 or reliability == 1 else None
