"""From rows to people: who took which test, and what stands in their cells. Nothing is dropped untold."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from assessments.imports.reading import refuse
from lms.evaluation.datasets.sheets import Doubt, DoubtCode, Shape
from lms.evaluation.imports.headings import id_rank, is_key_row, is_max_row, is_summary, item_key, wave_of
from lms.evaluation.imports.layout import ItemColumn, Layout
from lms.evaluation.imports.numbers import is_missing, parse_answer
from lms.evaluation.stats.frames import PRE, WAVES
from lms.people.names import plain

MAX_ITEMS = 200
MAX_PEOPLE = 10_000
_DIGIT = re.compile(r"\d")
TOTAL = ""
"""Stands for the question where there is only a total score."""


class Cell(NamedTuple):
    text: str
    row: int
    column: str


def _is_answer(text: str) -> bool:
    """Whether a cell holds points or one letter."""
    return parse_answer(text).value is not None or (len(text) == 1 and text.isalpha())


@dataclass(slots=True)
class Person:
    """``cells[wave][item]``; a wave that is not there has no row or column for this person."""

    row: int
    group: str | None = None
    cells: dict[str, dict[str, Cell]] = field(default_factory=dict)

    def took(self, wave: str) -> bool:
        return any(not is_missing(cell.text) for cell in self.cells.get(wave, {}).values())


@dataclass(slots=True)
class Gathered:
    """People in the order of the file, ``items`` (key -> label) in the order in which they first stand there.

    ``maxima`` and ``key`` come from rows of the file that give them.
    """

    people: list[Person]
    items: dict[str, str]
    doubts: list[Doubt]
    maxima: dict[str, Cell] = field(default_factory=dict)
    key: dict[str, str] = field(default_factory=dict)

    @property
    def waves(self) -> list[str]:
        return [wave for wave in WAVES if any(person.took(wave) for person in self.people)]


def gather(layout: Layout) -> Gathered:
    """Collect the people of the file. Raises ValidationError where nobody has a score."""
    collector = _Collector(layout)
    for number, cells in layout.rows:
        collector.take(number, cells)
    found = collector.result()
    if not found.people:
        raise refuse(_("There is nobody in this file: below the headings are no rows."), "empty")
    if not found.waves:
        raise no_scores()
    return found


def no_scores() -> ValidationError:
    """The refusal of a file in which no cell holds a score."""
    return refuse(_("There is no score in this file: no cell below the headings holds one."), "empty")


class _Collector:
    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.doubts = list(layout.doubts)
        self.people: dict[str, Person] = {}
        self.items: dict[str, str] = {}
        self.maxima: dict[str, Cell] = {}
        self.key: dict[str, str] = {}
        self._labels: dict[str, str] = {}
        self._named = [at for at, head in enumerate(layout.headings) if id_rank(head.words) is not None]

    def take(self, number: int, cells: list[str]) -> None:
        if self._is_about_all(number, cells):
            return
        entries = list(self._entries(number, cells))
        if not entries:
            return
        if not self._is_of_a_person(cells, entries):
            self._tell(DoubtCode.NO_PERSON, number)
            return
        person = self._person(number, cells)
        if person is None:
            return
        self._label(person, number, cells)
        for wave, item, cell in entries:
            have = person.cells.setdefault(wave, {})
            if item not in have:
                have[item] = cell
            elif not is_missing(cell.text):
                self._tell(DoubtCode.REPEATED_ANSWER, number, cell.column, first=have[item].row)

    def result(self) -> Gathered:
        people = list(self.people.values())
        for person in people:
            for wave in person.cells:
                if self.layout.shape is Shape.ROWS and not person.took(wave):
                    row = next(iter(person.cells[wave].values())).row
                    self._tell(DoubtCode.NO_ANSWER, row)
            if self.layout.group is not None and person.group is None:
                self._tell(DoubtCode.NO_GROUP, person.row)
        return Gathered(people, self.items, self.doubts, self.maxima, self.key)

    def _is_about_all(self, number: int, cells: list[str]) -> bool:
        """Maxima and the key are taken from their row; a mean below the list is left out, and told."""
        first = next((cell for cell in cells if cell), "")
        # None of the words for such a row has a digit; codes of people have.
        said = [
            text for text in (first, *(cells[at] for at in self._named)) if text and not _DIGIT.search(text)
        ]
        if any(is_key_row(text) for text in said):
            self.key.update((item, cell.text) for _wave, item, cell in self._cells(number, cells))
            return True
        if any(is_max_row(text) for text in said):
            self.maxima.update((item, cell) for _wave, item, cell in self._cells(number, cells))
            return True
        if any(is_summary(text) for text in said):
            self._tell(DoubtCode.SUMMARY_ROW, number)
            return True
        return False

    def _is_of_a_person(self, cells: list[str], entries: list[tuple[str, str, Cell]]) -> bool:
        """Signatures below a list have no score, and no code or no running number."""
        if self.layout.wave is not None or self.layout.item is not None:
            return True
        if any(_is_answer(cell.text) for _wave, _item, cell in entries):
            return True
        numbers = [at for at in self._named if at != self.layout.id and self._is_filled(at)]
        named = [at for at in [self.layout.id, *numbers] if at is not None]
        return bool(named) and all(cells[at] for at in named)

    def _is_filled(self, place: int) -> bool:
        """Whether half of the rows or more have something in this column."""
        column = self.layout.column(place)
        return sum(map(bool, column)) >= len(column) / 2

    def _entries(self, number: int, cells: list[str]) -> Iterator[tuple[str, str, Cell]]:
        """(test, question, cell) of one row."""
        layout = self.layout
        wave = None
        if layout.wave is not None:
            wave = wave_of(cells[layout.wave])
            if not wave:
                column = layout.name(layout.wave)
                self._tell(DoubtCode.UNKNOWN_WAVE, number, column, cells[layout.wave])
                return
        if layout.item is not None and not cells[layout.item]:
            self._tell(DoubtCode.NO_ITEM, number, layout.name(layout.item))
            return
        for column_wave, item, cell in self._cells(number, cells):
            yield wave or column_wave, item, cell

    def _cells(self, number: int, cells: list[str]) -> Iterator[tuple[str, str, Cell]]:
        layout = self.layout
        if layout.shape is Shape.LONG and layout.item is not None and layout.score is not None:
            label = cells[layout.item]
            yield (
                PRE,
                self._item(item_key(label), label),
                Cell(cells[layout.score], number, layout.name(layout.score)),
            )
            return
        for wave, columns in layout.items.items():
            for column in columns:
                yield wave, self._item(column.key, column.label), self._cell(number, cells, column)
        for wave, place in layout.totals.items():
            yield wave, TOTAL, Cell(cells[place], number, layout.name(place))

    def _cell(self, number: int, cells: list[str], column: ItemColumn) -> Cell:
        return Cell(cells[column.place], number, self.layout.name(column.place))

    def _item(self, key: str, label: str) -> str:
        if key not in self.items:
            if len(self.items) >= MAX_ITEMS:
                raise refuse(_("This file has more than %(limit)d questions.") % {"limit": MAX_ITEMS}, "size")
            self.items[key] = label
        return key

    def _person(self, number: int, cells: list[str]) -> Person | None:
        layout = self.layout
        is_alone = layout.wave is None and layout.item is None
        name = "" if layout.id is None else " ".join(plain(cells[layout.id]).split())
        if not name and not is_alone:
            self._tell(DoubtCode.NO_ID, number)
            return None
        if not name and layout.id is not None:
            self._tell(DoubtCode.NO_ID, number)
        # A row without a code is a person of its own; no code has a line break in it.
        code = name or f"\n{number}"
        known = self.people.get(code)
        if known is None:
            if len(self.people) >= MAX_PEOPLE:
                raise refuse(_("This file has too many rows for one training. Divide it."), "size")
            return self.people.setdefault(code, Person(number))
        if is_alone or self._has_this_test(known, cells):
            self._tell(DoubtCode.DUPLICATE, number, first=known.row)
            return None
        return known

    def _has_this_test(self, person: Person, cells: list[str]) -> bool:
        layout = self.layout
        return (
            layout.shape is Shape.ROWS
            and layout.wave is not None
            and person.took(wave_of(cells[layout.wave]))
        )

    def _label(self, person: Person, number: int, cells: list[str]) -> None:
        if self.layout.group is None or not cells[self.layout.group]:
            return
        text = " ".join(cells[self.layout.group].split())
        label = self._labels.setdefault(plain(text), text)
        if person.group is None:
            person.group = label
        elif person.group != label:
            self._tell(DoubtCode.TWO_GROUPS, number, self.layout.name(self.layout.group), label)

    def _tell(
        self, code: DoubtCode, row: int, column: str = "", value: str = "", **values: str | int
    ) -> None:
        self.doubts.append(Doubt(code, row, column, value[:40], values))
