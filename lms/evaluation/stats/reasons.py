"""Why a number is missing."""

from enum import StrEnum


class Reason(StrEnum):
    """Stands beside a ``None``. The words for people belong to the report, which is translated."""

    TOO_FEW = "too_few"
    """Not enough people to compute it at all (too few to *show* it is a matter of ``disclosure``)."""
    NO_SPREAD = "no_spread"
    """All in a group of the same order of forms are alike, so the width of an interval is unknown."""
    CEILING = "ceiling"
    """The pre-test was full on average: nothing was left to gain, so no share of it can be stated."""
    FORMS_NOT_BALANCED = "forms_not_balanced"
    """All took the two forms in the same order: learning and the forms' difference cannot be separated."""
    NO_CHANGE = "no_change"
    """Nobody rose and nobody fell: a test of the direction has nothing to go by."""
    TOO_MANY = "too_many"
    """More people than an exact count is worth; the approximation beside it is as good."""
    NO_MAXIMUM = "no_maximum"
    """Nobody said how many points can be had, so no share of what was possible can be stated."""
    BELOW_ZERO = "below_zero"
    """Points below 0 occur, where the measure needs 0 to be the least."""
    ONE_ITEM = "one_item"
    """One question cannot agree with itself: reliability needs two."""
    NO_GAIN = "no_gain"
    """Nothing that surely was gained, so no share of it can have been kept."""
    UNRELIABLE = "unreliable"
    """The test's reliability is below 0.5: single people cannot be judged by it."""
