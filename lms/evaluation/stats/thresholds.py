"""From how many people on each number means something (EVALUATION §1; its thresholds are judgements).

Estimators compute whatever can be computed; a report asks here whether to show it. Privacy comes first and is
a matter of ``disclosure``: no group below five is shown anything about, whatever stands here.
"""

from __future__ import annotations

from enum import Enum

from .disclosure import Standing


class Estimate(Enum):
    """(from how many people it may be shown, below how many it is *indikatif*)."""

    GAIN = 5, 20
    NORMALIZED = 5, 20, "normalized"
    EFFECT_SIZE = 10, 30
    FACILITY = 5, 20, "facility"
    DISCRIMINATION = 30, 100
    DISTRACTORS = 20, 20
    RELIABILITY = 30, 100, "reliability"
    LATENT_LEARNING = 50, 100
    RELIABLE_CHANGE = 30, 30
    GROUP_DIFFERENCE = 20, 20, "difference"
    REACTION = 10, 50

    def __init__(self, least: int, caution_below: int, _apart: str = "") -> None:
        # Enum takes members of equal value for one; the third part keeps them apart.
        self.least = least
        self.caution_below = caution_below

    def standing(self, n: int) -> Standing:
        """What may be said of it for ``n`` people (in each group, for a difference)."""
        if n < self.least:
            return Standing.HIDDEN
        return Standing.INDICATIVE if n < self.caution_below else Standing.SUFFICIENT
