"""Who is missing after, and how far that can move the gain (EVALUATION §1.14).

Those who left may differ from those who stayed, so the mean before of both stands beside the gain. Instead
of imputing, two bounds on the mean gain of everybody who began: the lost gained nothing, or as much as the
others.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from .disclosure import many_lost
from .exact import mean
from .frames import POST, PRE, Scores
from .reasons import Reason


@dataclass(frozen=True, slots=True)
class Attrition:
    """Counts of people, and means in points (exact; None where there is nobody).

    ``n_post_only`` came late: they are in no gain. ``gain_if_none`` and ``gain_if_same``: mean gain of all
    who took the test before, were the lost to have gained 0, or what the matched gained; None, with
    ``TOO_FEW``, if nobody is matched.
    """

    n_pre: int
    n_post: int
    n_matched: int
    n_lost: int
    n_post_only: int
    pre_mean_all: Fraction | None
    pre_mean_stayed: Fraction | None
    pre_mean_lost: Fraction | None
    gain_if_none: Fraction | None
    gain_if_same: Fraction | None
    reason: Reason | None

    @property
    def many_lost(self) -> bool:
        """Whether more than 20 % of those who began are lost: the result may be too good or too bad."""
        return many_lost(self.n_lost, self.n_pre)


def attrition(scores: Scores, first: str = PRE, second: str = POST) -> Attrition:
    """Of everybody in the frame. Hide a mean of fewer than 5 people, and what subtraction would give."""
    matched = scores.matched(first, second)
    stayed = set(matched.ids)
    before, after = scores.took(first), scores.took(second)
    lost = [
        score
        for one, score in zip(scores.ids, scores.waves.get(first, ()), strict=False)
        if score is not None and one not in stayed
    ]
    gain = mean(matched.gains)
    return Attrition(
        n_pre=len(before),
        n_post=len(after),
        n_matched=len(matched),
        n_lost=len(lost),
        n_post_only=len(after) - len(matched),
        pre_mean_all=mean(before),
        pre_mean_stayed=mean(matched.pre),
        pre_mean_lost=mean(lost),
        gain_if_none=None if gain is None else gain * len(matched) / len(before),
        gain_if_same=gain,
        reason=Reason.TOO_FEW if gain is None else None,
    )
