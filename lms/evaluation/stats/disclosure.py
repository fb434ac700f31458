"""From how many people on a number may be shown, and when it needs a warning.

The estimators compute whatever can be computed, from two people if need be: a report adds small groups up
before it shows them. Whether a reader may see a number is decided where it is shown, by these rules.
"""

from enum import StrEnum
from fractions import Fraction

MIN_SHOWN = 5
"""Below it a group could give away its members, and the number means little."""
INDICATIVE_BELOW = 20
LOSS_WARNING = 0.20
"""Share of people without a post-test above which those who stayed may no longer speak for all."""
CEILING = 0.8
"""Share of the maximum above which a mean before leaves too little room for a gain to show."""


class Standing(StrEnum):
    """What may be said about a group of this size."""

    HIDDEN = "hidden"
    INDICATIVE = "indicative"
    SUFFICIENT = "sufficient"


def standing(n: int) -> Standing:
    """Judge ``n`` matched people (not registered ones): show nothing, show as *indikatif*, or show."""
    if n < MIN_SHOWN:
        return Standing.HIDDEN
    return Standing.INDICATIVE if n < INDICATIVE_BELOW else Standing.SUFFICIENT


def many_lost(lost: int, started: int) -> bool:
    """Whether more than 20 % of the ``started`` (pre-test taken) have no post-test; if nobody started: no."""
    return started > 0 and lost / started > LOSS_WARNING


def near_ceiling(mean_pre: Fraction | float, max_points: int) -> bool:
    """Whether the mean before is above 80 % of the maximum (exactly 80 % is not)."""
    return max_points > 0 and float(mean_pre / max_points) > CEILING
