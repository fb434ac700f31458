"""The published sets as frames. They are clean, so that no reader of spreadsheets is needed or tried here."""

import csv
from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path

from lms.evaluation.stats.frames import Choices, ItemScores, Scores

Table = list[dict[str, str]]


def table(path: Path) -> Table:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def points(text: str) -> Fraction | None:
    return Fraction(text) if text else None


def scores(rows: Table, *, most: int | None = None, group: str | None = None) -> Scores:
    """From the columns id, pre and post."""
    return Scores(
        ids=tuple(row["id"] for row in rows),
        waves={wave: tuple(points(row[wave]) for row in rows) for wave in ("pre", "post")},
        max_points=None if most is None else Fraction(most),
        groups=() if group is None else tuple(row[group] for row in rows),
    )


def items(rows: Table, names: list[str], *, identity: str = "id") -> ItemScores:
    """One wave, one row a person, one column an item."""
    return ItemScores(
        ids=tuple(row[identity] for row in rows),
        items=tuple(names),
        waves={"post": tuple(tuple(points(row[name]) for name in names) for row in rows)},
        maxima=(Fraction(1),) * len(names),
    )


def items_by_wave(rows: Table, names: list[str], waves: dict[str, str]) -> ItemScores:
    """One row a person and wave; ``waves`` from the file's names to ours."""
    ids = list(dict.fromkeys(row["id"] for row in rows))
    by_place = {(row["id"], waves[row["wave"]]): tuple(points(row[name]) for name in names) for row in rows}
    return ItemScores(
        ids=tuple(ids),
        items=tuple(names),
        waves={ours: tuple(by_place.get((one, ours)) for one in ids) for ours in waves.values()},
        maxima=(Fraction(1),) * len(names),
    )


def choices(rows: Table, key: Table, *, group: str | None = None) -> Choices:
    names = [row["item"] for row in key]
    return Choices(
        ids=tuple(row["id"] for row in rows),
        items=tuple(names),
        waves={"post": tuple(tuple(row[name] or None for name in names) for row in rows)},
        key=tuple(row["key"] for row in key),
        groups=() if group is None else tuple(row[group] for row in rows),
    )


def column(rows: Iterable[dict[str, str]], name: str) -> list[Fraction]:
    return [Fraction(row[name]) for row in rows]
