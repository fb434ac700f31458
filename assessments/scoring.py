"""Pure scoring rules: parts earned out of parts possible, integers only.

A response is compared by identity of options, never by position. Points are
``points * earned // possible``, so no float ever enters a score.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from assessments.enums import MultiplePolicy, OrderingPolicy


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


def score_all_or_nothing(chosen: Collection[str], keys: Collection[str]) -> Parts:
    """Multiple choice: exactly the right options, or nothing."""
    return Parts(int(set(chosen) == set(keys)), 1)


def score_per_option(chosen: Collection[str], keys: Collection[str], options: Collection[str]) -> Parts:
    """Multiple choice: each option rightly ticked or rightly left empty earns one part."""
    picked, right, shown = set(chosen), set(keys), set(options)
    return Parts(sum((option in picked) == (option in right) for option in shown), len(shown))


class MultipleRule(NamedTuple):
    """A policy of multiple choice: ``score(chosen, keys, options)`` and its parts, given how many are right
    and how many there are."""

    score: Callable[[Collection[str], Collection[str], Collection[str]], Parts]
    possible: Callable[[int, int], int]


MULTIPLE_RULES: dict[str, MultipleRule] = {
    MultiplePolicy.RIGHT_MINUS_WRONG: MultipleRule(
        lambda chosen, keys, options: score_right_minus_wrong(chosen, keys), lambda right, shown: right
    ),
    MultiplePolicy.ALL_OR_NOTHING: MultipleRule(
        lambda chosen, keys, options: score_all_or_nothing(chosen, keys), lambda right, shown: 1
    ),
    MultiplePolicy.PER_OPTION: MultipleRule(score_per_option, lambda right, shown: shown),
}


def score_within_tolerance(given: Decimal | None, answer: Decimal, tolerance: Decimal) -> Parts:
    """Numeric: within the tolerance on either side, bounds included."""
    return Parts(int(given is not None and abs(given - answer) <= tolerance), 1)


def score_spelling(given: Collection[str], accepted: Collection[Collection[str]]) -> Parts:
    """Short answer: right if any way of reading it is a way of reading an accepted answer."""
    return Parts(int(any(set(given) & set(spellings) for spellings in accepted)), 1)


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


def score_exact_order(given: Sequence[str], key: Sequence[str]) -> Parts:
    """Ordering: the whole order, or nothing."""
    return Parts(int(list(given) == list(key)), 1)


def score_positions(given: Sequence[str], key: Sequence[str]) -> Parts:
    """Ordering: one part for each step in its own place."""
    return Parts(sum(one == other for one, other in zip(given, key, strict=False)), len(key))


class OrderingRule(NamedTuple):
    """A policy of ordering: ``score(given, key)`` and its parts, given how many steps there are."""

    score: Callable[[Sequence[str], Sequence[str]], Parts]
    possible: Callable[[int], int]


ORDERING_RULES: dict[str, OrderingRule] = {
    OrderingPolicy.ADJACENT: OrderingRule(score_adjacent_pairs, lambda steps: max(steps - 1, 0)),
    OrderingPolicy.EXACT: OrderingRule(score_exact_order, lambda steps: 1),
    OrderingPolicy.POSITION: OrderingRule(score_positions, lambda steps: steps),
}


def points_for_level(level: int, max_level: int, points: int) -> int:
    """Whole points for a level of a rubric; the highest level earns all of them."""
    if max_level <= 0:
        return 0
    return points * min(max(level, 0), max_level) // max_level
