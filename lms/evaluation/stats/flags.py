"""What the numbers of a question ask somebody to look at (EVALUATION §1.8, §1.9, §1.10 and §1.13).

A flag is a question to the author, not a verdict; its words belong to the report. Thresholds are judgements.
"""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction

from .transitions import Transitions

HARD_BELOW, EASY_ABOVE = Fraction(3, 10), Fraction(9, 10)
KNOWN_ABOVE = Fraction(85, 100)
CHANCE_MARGIN = Fraction(5, 100)
WEAK_BELOW = 0.2


class ItemFlag(StrEnum):
    """In the order of urgency."""

    CHECK_KEY = "check_key"
    """Who knows the rest gets it wrong, or nobody ever got it right."""
    CONFUSING = "confusing"
    """More than a tenth of those right before were wrong after."""
    TOO_HARD = "too_hard"
    """Still below 30 % after."""
    ALREADY_KNOWN = "already_known"
    """Above 85 % before: it shows no learning; replace it."""
    AT_CHANCE = "at_chance"
    """Before, no better than guessing (which is as it should be)."""
    TOO_EASY = "too_easy"
    """Above 90 % after."""
    WEAK = "weak"
    """It hardly tells apart who knows the rest (below 0.2)."""


def item_flags(
    counts: Transitions, *, rir: float | None, chance: Fraction = Fraction()
) -> tuple[ItemFlag, ...]:
    """Flags of one item from its transitions (matched people) and its ``rir`` after (None: unknown).

    ``chance`` = 1/options. Those of facility act from 20 people, those of ``rir`` from 100; none for nobody.
    """
    if counts.before is None or counts.after is None:
        return ()
    never_right = counts.n00 == counts.n
    raised = {
        ItemFlag.CHECK_KEY: never_right or (rir is not None and rir < 0),
        ItemFlag.CONFUSING: counts.many_lost,
        ItemFlag.TOO_HARD: counts.after < HARD_BELOW,
        ItemFlag.ALREADY_KNOWN: counts.before > KNOWN_ABOVE,
        ItemFlag.AT_CHANCE: counts.before <= chance + CHANCE_MARGIN,
        ItemFlag.TOO_EASY: counts.after > EASY_ABOVE,
        ItemFlag.WEAK: rir is not None and 0 <= rir < WEAK_BELOW,
    }
    return tuple(flag for flag, is_so in raised.items() if is_so)
