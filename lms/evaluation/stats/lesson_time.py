"""Which share of the lessons' time each outcome should have."""

from collections.abc import Mapping
from fractions import Fraction

from .need import Need

FRACTIONS = tuple(Fraction(1, part) for part in (1, 2, 3, 4, 5, 6, 8, 10, 20))
"""What is said in words. More would pretend to a precision that nobody teaches by."""


def time_shares(planned: Mapping[str, Fraction], needs: Mapping[str, Need]) -> dict[str, Fraction]:
    """The planned minutes weighed by need: share = minutes * centre / sum of these, adding up to 1.

    ``centre`` (see ``Need``) and not the plain mean: two people who know nothing must not take half the day.
    An outcome without minutes or without answers gets no share. Empty if there is none at all.
    """
    weights = {}
    for code, minutes in planned.items():
        centre = needs[code].centre if code in needs else None
        if minutes > 0 and centre is not None:
            weights[code] = minutes * Fraction(centre)
    total = sum(weights.values(), Fraction())
    return {code: weight / total for code, weight in weights.items()} if total else {}


def nearest_fraction(share: Fraction) -> Fraction:
    """The simple fraction that a share is closest to, by ratio; of two equally close ones the greater."""
    return min(FRACTIONS, key=lambda one: (max(one / share, share / one), -one)) if share > 0 else Fraction()
