"""Two-way tables for everybody's eyes, and what a reader could compute from all that is shown.

EVALUATION §1.19: a cell of 1 to 4 people is hidden; so is the next smallest where the hidden ones of a line
could be had by subtraction from its total. No more than two dimensions are crossed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import TypeVar

from .disclosure import MIN_SHOWN
from .suppression import suppressed

Cell = tuple[str, str]
Name = TypeVar("Name", str, Cell)


@dataclass(frozen=True, slots=True)
class ShownTable:
    """People per cell and their totals, as far as they may be told beside the grand total.

    What is absent from ``cells``, ``rows`` and ``columns`` is hidden, or nobody.
    """

    cells: Mapping[Cell, int]
    rows: Mapping[str, int]
    columns: Mapping[str, int]


def suppressed_table(cells: Mapping[Cell, int], *, least: int = MIN_SHOWN) -> ShownTable:
    """From the count of people of every (row, column); the grand total may be told from ``least`` on.

    Row and column totals are treated as one-way tables. Then cells are hidden until in every line whose total
    is told what remains hidden is nobody, or two cells or more with ``least`` people or more, and until no
    combination of lines gives a small cell (``computable``). Empty cells are not hidden: nobody is in them.
    So totals of rows and columns may say by themselves who is in a small cell; then no column's is told.
    """
    filled = {cell: n for cell, n in cells.items() if n}
    rows, columns = (suppressed(_margin(filled, side), zero_tells=False, least=least) for side in (0, 1))
    if sum(filled.values()) < least:
        return ShownTable({}, {}, {})
    hidden = {
        cell for cell, n in filled.items() if n < least or cell[0] not in rows or cell[1] not in columns
    }
    if _gives_away(filled, rows, columns, least):
        columns = {}
    lines = _lines(filled, rows, columns)
    while (cell := _next(filled, lines, hidden, least)) is not None:
        hidden.add(cell)
    return ShownTable({cell: n for cell, n in filled.items() if cell not in hidden}, rows, columns)


def _lines(
    filled: Mapping[Cell, int], rows: Collection[str], columns: Collection[str]
) -> list[frozenset[Cell]]:
    """The groups whose totals are told: rows, columns, everybody."""
    told = [frozenset(cell for cell in filled if cell[0] == row) for row in rows]
    told += [frozenset(cell for cell in filled if cell[1] == column) for column in columns]
    return [*told, frozenset(filled)]


def _gives_away(
    filled: Mapping[Cell, int], rows: Collection[str], columns: Collection[str], least: int
) -> bool:
    """Whether the totals alone, with no cell told, say how many are in a small cell or a small difference."""
    lines = _lines(filled, rows, columns)
    if any(filled[cell] < least for cell in computable(lines)):
        return True
    named = {str(place): line for place, line in enumerate(lines)}
    return any(small_differences(named, filled, least=least))


def _next(
    filled: Mapping[Cell, int], lines: Sequence[Collection[Cell]], hidden: Collection[Cell], least: int
) -> Cell | None:
    """Which cell must be hidden as well, if any: the smallest shown in a line that gives something away."""
    for line in lines:
        inside = [cell for cell in line if cell in hidden]
        too_plain = len(inside) == 1 or 0 < sum(filled[cell] for cell in inside) < least
        if too_plain and (cell := _smallest_shown(filled, line, hidden)) is not None:
            return cell
    told = [[cell for cell in line if cell in hidden] for line in lines]
    for leak in sorted(computable(told)):
        if filled[leak] < least:
            crossing = [cell for line in lines if leak in line for cell in line]
            return _smallest_shown(filled, crossing, hidden) or _smallest_shown(filled, filled, hidden)
    return None


def _smallest_shown(
    filled: Mapping[Cell, int], line: Collection[Cell], hidden: Collection[Cell]
) -> Cell | None:
    return min(
        (cell for cell in line if cell not in hidden), key=lambda cell: (filled[cell], cell), default=None
    )


def _margin(cells: Mapping[Cell, int], side: int) -> dict[str, int]:
    totals: dict[str, int] = {}
    for cell, n in cells.items():
        totals[cell[side]] = totals.get(cell[side], 0) + n
    return totals


def computable(totals: Sequence[Collection[Name]]) -> set[Name]:
    """The cells whose count follows from these totals by adding and subtracting, whatever the counts are.

    Each total is the set of cells that it counts. By elimination over fractions: a cell is computable if it
    is a combination of totals by itself.
    """
    names = sorted({name for total in totals for name in total})
    rows = [[Fraction(name in set(total)) for name in names] for total in totals]
    reduced = _reduced(rows)
    single = [[place for place, value in enumerate(row) if value] for row in reduced]
    return {names[places[0]] for places in single if len(places) == 1}


def small_differences(
    groups: Mapping[str, frozenset[Name]], sizes: Mapping[Name, int], *, least: int = MIN_SHOWN
) -> Iterator[tuple[str, str]]:
    """Pairs of published groups of which one is part of the other and the difference is 1 to ``least`` - 1.

    ``groups``: what is published, each as the cells that it counts; ``sizes``: people per cell.
    """
    for first, second in combinations(sorted(groups), 2):
        if groups[first] <= groups[second] or groups[second] <= groups[first]:
            people = sum(sizes[name] for name in groups[first] ^ groups[second])
            if 0 < people < least:
                yield first, second


def _reduced(rows: list[list[Fraction]]) -> list[list[Fraction]]:
    """Reduced row echelon form, without rows of zeros."""
    done: list[list[Fraction]] = []
    left = [row for row in rows if any(row)]
    while left:
        pivot = min(left, key=_lead)
        place = _lead(pivot)
        pivot = [value / pivot[place] for value in pivot]
        done = [_without(row, pivot, place) for row in done] + [pivot]
        left = [row for row in (_without(row, pivot, place) for row in left) if any(row)]
    return done


def _lead(row: Sequence[Fraction]) -> int:
    return next(place for place, value in enumerate(row) if value)


def _without(row: Sequence[Fraction], pivot: Sequence[Fraction], place: int) -> list[Fraction]:
    factor = row[place]
    return [value - factor * other for value, other in zip(row, pivot, strict=True)]
