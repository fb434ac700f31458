"""Points of the same people before and after."""

from __future__ import annotations

import operator
from collections.abc import Iterable
from dataclasses import dataclass
from typing import SupportsIndex


@dataclass(frozen=True, slots=True)
class Pairs:
    """Matched people only: ``pre[i]`` and ``post[i]`` are the integer points of one person."""

    pre: tuple[int, ...] = ()
    post: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if len(self.pre) != len(self.post):
            raise ValueError(f"{len(self.pre)} scores before but {len(self.post)} after: match people first")

    @classmethod
    def of(cls, pre: Iterable[SupportsIndex], post: Iterable[SupportsIndex]) -> Pairs:
        """Take lists, tuples or numpy integer arrays.

        Raises ``TypeError`` for floats: percentages break ties (3/10 - 2/10 is not 8/10 - 7/10 in binary) and
        numpy integers would overflow silently where Python's cannot.
        """
        return cls(tuple(map(operator.index, pre)), tuple(map(operator.index, post)))

    def __len__(self) -> int:
        return len(self.pre)

    @property
    def gains(self) -> tuple[int, ...]:
        return tuple(after - before for before, after in zip(self.pre, self.post, strict=True))


@dataclass(frozen=True, slots=True)
class Directions:
    """How many people rose, stayed and fell; the three add up to all of them."""

    rose: int
    same: int
    fell: int

    @classmethod
    def of(cls, gains: Iterable[int]) -> Directions:
        signs = [(gain > 0) - (gain < 0) for gain in gains]
        return cls(rose=signs.count(1), same=signs.count(0), fell=signs.count(-1))
