"""Pure scoring rules: parts earned out of parts possible, integers only.

A response is compared by identity of options, never by position. Points are
``points * earned // possible``, so no float ever enters a score.
"""

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple


class Parts(NamedTuple):
    """How many of the parts of an item were right."""

    earned: int
    possible: int


def points_for(points: int, parts: Parts) -> int:
    """Whole points for partly right work; 0 where nothing could be earned."""
    if parts.possible <= 0:
        return 0
    return points * parts.earned // parts.possible


def score_one_of(chosen: str | None, key: str) -> Parts:
    """Single choice and true/false: right or not."""
    return Parts(int(chosen == key), 1)


def score_right_minus_wrong(chosen: Collection[str], keys: Collection[str]) -> Parts:
    """Multiple choice: each right option adds one, each wrong one takes one, never below zero."""
    picked, right = set(chosen), set(keys)
    return Parts(max(0, len(picked & right) - len(picked - right)), len(right))


def score_within_tolerance(given: Decimal | None, answer: Decimal, tolerance: Decimal) -> Parts:
    """Numeric: within the tolerance on either side, bounds included."""
    return Parts(int(given is not None and abs(given - answer) <= tolerance), 1)


def score_pairs(given: Mapping[str, str], key: Mapping[str, str]) -> Parts:
    """Matching: one part for each left side joined to its right side."""
    return Parts(sum(given.get(left) == right for left, right in key.items()), len(key))


def score_adjacent_pairs(given: Sequence[str], key: Sequence[str]) -> Parts:
    """Ordering: one part for each two neighbours of the key that stand next to each other, in order.

    A long run in the right order earns most of the points even if it starts one place too late, which
    counting right positions would score as nothing.
    """
    neighbours = set(pairwise(key))
    earned = len(neighbours & set(pairwise(given)))
    return Parts(earned, max(len(key) - 1, 0))
