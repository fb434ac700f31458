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
