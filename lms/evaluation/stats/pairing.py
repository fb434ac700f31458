"""Who could learn with whom: somebody who has most of it beside somebody who misses most of it."""

from collections.abc import Mapping
from fractions import Fraction
from typing import TypeVar

Key = TypeVar("Key")

GAP = Fraction(1, 3)
"""Of the points, between two who are paired: with less they would have the same questions."""
HELPS_UP_TO = Fraction(1, 2)
"""Missed share up to which somebody can help: at least half of it is known."""


def pair_up(missed: Mapping[Key, Fraction]) -> tuple[tuple[Key, Key], ...]:
    """(helper, partner), nobody twice: the surest with the one who needs it most, the next with the next.

    Ends where two are too alike. People with equal shares are taken in the order of their keys' text, so the
    same room always gets the same pairs.
    """
    people = sorted(missed, key=lambda key: (missed[key], str(key)))
    pairs = []
    for helper, partner in zip(people[: len(people) // 2], reversed(people), strict=False):
        if missed[helper] > HELPS_UP_TO or missed[partner] - missed[helper] < GAP:
            break
        pairs.append((helper, partner))
    return tuple(pairs)
