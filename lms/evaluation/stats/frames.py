"""What a training left behind, in three shapes: total scores, scores per question, chosen letters.

All three list the same people once, in ``ids``, and carry one column a wave: ``pre`` before, ``post`` after,
``followup`` months later. None means "did not take this wave". Points are exact (``Fraction``), never floats.
Constructors raise ``ValueError`` where lengths disagree or a person stands twice; whoever reads a file says
so in the reader's words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TypeVar

T = TypeVar("T")

PRE, POST, FOLLOWUP = "pre", "post", "followup"
WAVES = (PRE, POST, FOLLOWUP)

Row = tuple[Fraction | None, ...]
"""One person's points per question; None where the question was left out, which counts as wrong."""
Letters = tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Matched:
    """The same people at two waves: ``pre[i]`` and ``post[i]`` are the points of ``ids[i]``."""

    ids: tuple[str, ...]
    pre: tuple[Fraction, ...]
    post: tuple[Fraction, ...]

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def gains(self) -> tuple[Fraction, ...]:
        return tuple(after - before for before, after in zip(self.pre, self.post, strict=True))


@dataclass(frozen=True, slots=True)
class Scores:
    """Total points of people. ``waves[name][i]`` belongs to ``ids[i]``; ``groups`` is empty or one a person.

    ``max_points`` is the most that one can get, None where nobody said (then nothing relative to it, such as
    <g>, can be computed).
    """

    ids: tuple[str, ...]
    waves: Mapping[str, tuple[Fraction | None, ...]]
    max_points: Fraction | None = None
    groups: tuple[str | None, ...] = ()

    def __post_init__(self) -> None:
        _check(self.ids, self.waves, self.groups)
        for name, column in self.waves.items():
            points = [score for score in column if score is not None]
            if self.max_points is not None and any(score > self.max_points for score in points):
                raise ValueError(f"more than {self.max_points} points in {name}")

    def took(self, wave: str) -> tuple[Fraction, ...]:
        """Points of everybody who took ``wave``, in the order of ``ids``; empty if it was not held."""
        return tuple(score for score in self.waves.get(wave, ()) if score is not None)

    def matched(self, first: str = PRE, second: str = POST) -> Matched:
        """Those who took both waves."""
        nobody: tuple[None, ...] = (None,) * len(self.ids)
        columns = self.waves.get(first, nobody), self.waves.get(second, nobody)
        rows = [
            (one, before, after)
            for one, before, after in zip(self.ids, *columns, strict=True)
            if before is not None and after is not None
        ]
        return Matched(
            tuple(one for one, _, _ in rows),
            tuple(before for _, before, _ in rows),
            tuple(after for _, _, after in rows),
        )

    def complete(self, *waves: str) -> Scores:
        """Those who took every one of ``waves``, with all their waves."""
        nobody: tuple[None, ...] = (None,) * len(self.ids)
        rows = zip(*(self.waves.get(wave, nobody) for wave in waves), strict=True)
        return self._of([place for place, row in enumerate(rows) if None not in row])

    def by_group(self) -> dict[str, Scores]:
        """One frame a label, in the labels' order; people without a label are in none."""
        labels = sorted({label for label in self.groups if label is not None})
        return {label: self._of([i for i, one in enumerate(self.groups) if one == label]) for label in labels}

    def _of(self, places: Sequence[int]) -> Scores:
        return replace(
            self,
            ids=_pick(self.ids, places),
            waves={name: _pick(column, places) for name, column in self.waves.items()},
            groups=_pick(self.groups, places) if self.groups else (),
        )


@dataclass(frozen=True, slots=True)
class ItemScores:
    """Points per question. ``waves[name][i]`` is the row of ``ids[i]``, or None if that wave was not taken.

    A row has one cell an item; ``maxima[j]`` is the most for ``items[j]`` (1 where right or wrong is all).
    """

    ids: tuple[str, ...]
    items: tuple[str, ...]
    waves: Mapping[str, tuple[Row | None, ...]]
    maxima: tuple[Fraction, ...]
    groups: tuple[str | None, ...] = ()

    def __post_init__(self) -> None:
        _check(self.ids, self.waves, self.groups)
        _check_items(self.items, self.waves)
        if len(self.maxima) != len(self.items) or any(most <= 0 for most in self.maxima):
            raise ValueError("every item needs a maximum above 0")
        for rows in self.waves.values():
            for row in rows:
                for cell, most in zip(row or (), self.maxima if row else (), strict=True):
                    if cell is not None and cell > most:
                        raise ValueError(f"{cell} points for an item of {most}")

    def took(self, wave: str) -> tuple[tuple[Fraction, ...], ...]:
        """Rows of everybody who took ``wave``; a question left out counts 0."""
        return tuple(_as_wrong(row) for row in self.waves.get(wave, ()) if row is not None)

    def matched(
        self, first: str = PRE, second: str = POST
    ) -> tuple[tuple[tuple[Fraction, ...], ...], tuple[tuple[Fraction, ...], ...]]:
        """Rows of those who took both waves, before and after; a question left out counts 0."""
        nobody: tuple[None, ...] = (None,) * len(self.ids)
        pairs = [
            (_as_wrong(before), _as_wrong(after))
            for before, after in zip(
                self.waves.get(first, nobody), self.waves.get(second, nobody), strict=True
            )
            if before is not None and after is not None
        ]
        return tuple(before for before, _ in pairs), tuple(after for _, after in pairs)

    def totals(self) -> Scores:
        """Everybody's sum over the items; a question left out counts 0."""
        return Scores(
            ids=self.ids,
            waves={
                name: tuple(None if row is None else sum(_as_wrong(row), Fraction()) for row in rows)
                for name, rows in self.waves.items()
            },
            max_points=sum(self.maxima, Fraction()),
            groups=self.groups,
        )


@dataclass(frozen=True, slots=True)
class Choices:
    """The letters people chose. ``waves[name][i]`` is the row of ``ids[i]``; None in it: left out.

    ``key[j]`` is the right letter of ``items[j]``.
    """

    ids: tuple[str, ...]
    items: tuple[str, ...]
    waves: Mapping[str, tuple[Letters | None, ...]]
    key: tuple[str, ...]
    groups: tuple[str | None, ...] = field(default=())

    def __post_init__(self) -> None:
        _check(self.ids, self.waves, self.groups)
        _check_items(self.items, self.waves)
        if len(self.key) != len(self.items):
            raise ValueError(f"{len(self.key)} letters in the key for {len(self.items)} items")

    def took(self, wave: str) -> tuple[Letters, ...]:
        """Rows of everybody who took ``wave``."""
        return tuple(row for row in self.waves.get(wave, ()) if row is not None)

    def scored(self) -> ItemScores:
        """One point for the right letter; a question left out is wrong but stays marked as left out."""
        return ItemScores(
            ids=self.ids,
            items=self.items,
            waves={
                name: tuple(None if row is None else self._points(row) for row in rows)
                for name, rows in self.waves.items()
            },
            maxima=(Fraction(1),) * len(self.items),
            groups=self.groups,
        )

    def _points(self, row: Letters) -> Row:
        return tuple(
            None if letter is None else Fraction(letter == right)
            for letter, right in zip(row, self.key, strict=True)
        )


def _pick(column: Sequence[T], places: Sequence[int]) -> tuple[T, ...]:
    return tuple(column[place] for place in places)


def _as_wrong(row: Row) -> tuple[Fraction, ...]:
    return tuple(Fraction() if cell is None else cell for cell in row)


def _check(ids: Sequence[str], waves: Mapping[str, Sequence[object]], groups: Sequence[object]) -> None:
    if len(set(ids)) != len(ids):
        raise ValueError("the same person stands twice")
    for name, column in waves.items():
        if len(column) != len(ids):
            raise ValueError(f"{len(column)} rows in {name} for {len(ids)} people")
    if groups and len(groups) != len(ids):
        raise ValueError(f"{len(groups)} groups for {len(ids)} people")


def _check_items(items: Sequence[str], waves: Mapping[str, Sequence[Sequence[object] | None]]) -> None:
    if len(set(items)) != len(items):
        raise ValueError("the same item stands twice")
    for name, rows in waves.items():
        if any(row is not None and len(row) != len(items) for row in rows):
            raise ValueError(f"a row in {name} does not have {len(items)} cells")
