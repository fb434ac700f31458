"""How much of the gain is still there months later, for the same people at three waves (EVALUATION §1.16).

    retention = (followup - pre) / (post - pre)          of the means

Only where the gain was surely above 0; dividing by what may be nothing gives any number.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from .frames import FOLLOWUP, POST, PRE, Scores
from .paired import PairedSummary, paired_summary
from .reasons import Reason


@dataclass(frozen=True, slots=True)
class Retention:
    """``share`` kept: 1 = all of it, above 1 = went on rising, below 0 = less than before; no interval.

    The three summaries are of the ``n`` people who took all three waves. ``reason``: ``TOO_FEW`` below two
    people, ``NO_GAIN`` if the gain is not positive or its interval includes 0.
    """

    n: int
    share: Fraction | None
    pre_post: PairedSummary
    pre_followup: PairedSummary
    post_followup: PairedSummary
    reason: Reason | None


def retention(scores: Scores) -> Retention:
    """From the waves ``pre``, ``post`` and ``followup``. Show from 5 people, *indikatif* below 20."""
    same = scores.complete(PRE, POST, FOLLOWUP)
    before, after, later = (same.took(wave) for wave in (PRE, POST, FOLLOWUP))
    gained, kept = sum(after) - sum(before), sum(later) - sum(before)
    learning = paired_summary(before, after)
    reason = _why_not(learning, gained)
    return Retention(
        n=len(before),
        share=Fraction(kept) / gained if reason is None else None,
        pre_post=learning,
        pre_followup=paired_summary(before, later),
        post_followup=paired_summary(after, later),
        reason=reason,
    )


def _why_not(learning: PairedSummary, gained: Fraction | int) -> Reason | None:
    if learning.reason is Reason.TOO_FEW:
        return Reason.TOO_FEW
    if learning.reason is Reason.NO_SPREAD:  # everybody gained the same
        return None if gained > 0 else Reason.NO_GAIN
    return None if learning.interval.low is not None and learning.interval.low > 0 else Reason.NO_GAIN
