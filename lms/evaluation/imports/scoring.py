"""From the texts of cells to frames of exact points, or of letters where there is a key."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from django.utils.translation import gettext as _

from assessments.imports.reading import refuse
from lms.evaluation.datasets.sheets import Doubt, DoubtCode
from lms.evaluation.imports.gathering import TOTAL, Cell, Gathered
from lms.evaluation.imports.numbers import (
    NOTHING,
    Parsed,
    is_missing,
    looks_grouped,
    parse_answer,
    parse_score,
)
from lms.evaluation.stats.frames import POST, PRE, Choices, ItemScores, Scores

_LETTER = re.compile(r"\W*([^\W_])\W*")
_PROBLEMS = {"text": DoubtCode.NOT_A_SCORE, "date": DoubtCode.DATE, "formula": DoubtCode.FORMULA}
_FEW = Fraction(1, 10)
"""Share of cells above 1 up to which 1 is taken to be the most, and these to be slips."""


@dataclass(slots=True)
class Reader:
    """Reads cells and keeps what it has to tell."""

    found: Gathered
    doubts: list[Doubt] = field(default_factory=list)

    def tell(self, code: DoubtCode, cell: Cell | None = None, **values: str | int) -> None:
        if cell is None:
            self.doubts.append(Doubt(code, values=values))
        else:
            shown = "" if code in (DoubtCode.DATE, DoubtCode.FORMULA) else cell.text[:40]
            self.doubts.append(Doubt(code, cell.row, cell.column, shown, values))

    def groups(self) -> tuple[str | None, ...]:
        groups = tuple(person.group for person in self.found.people)
        return groups if any(groups) else ()

    def ids(self) -> tuple[str, ...]:
        """People by number: their codes and names are not needed any more."""
        return tuple(str(number) for number in range(1, len(self.found.people) + 1))

    def cells(self) -> Iterator[Cell]:
        for person in self.found.people:
            for row in person.cells.values():
                yield from row.values()


def total_scores(reader: Reader, *, max_points: Fraction | None, headed_max: int | None) -> Scores:
    """Totals, with the most that can be got: said, or found in the file, or unknown."""
    parsed = {id(cell): parse_score(cell.text) for cell in reader.cells()}
    most = max_points or _found_max(reader, parsed.values(), headed_max)
    if most is None:
        reader.tell(DoubtCode.NO_MAX)
    _tell_of_separators(reader, [cell.text for cell in reader.cells()], parsed.values())
    return Scores(
        ids=reader.ids(),
        waves={
            wave: tuple(
                _usable(reader, person.cells.get(wave, {}).get(TOTAL), parsed, most)
                for person in reader.found.people
            )
            for wave in reader.found.waves
        },
        max_points=most,
        groups=reader.groups(),
    )


def item_scores(reader: Reader, *, max_points: Fraction | None) -> ItemScores:
    """Points per question; the most for each is 1, or said in a row of the file, or the most that occurs."""
    items = common_items(reader)
    parse = _right_or_wrong if _says_right_or_wrong([cell.text for cell in reader.cells()]) else parse_answer
    parsed = {id(cell): parse(cell.text) for cell in reader.cells()}
    maxima = {item: _max_of_item(reader, item, parsed) for item in items}
    _tell_of_maxima(reader, sum(maxima.values(), Fraction()), max_points)
    return ItemScores(
        ids=reader.ids(),
        items=tuple(items.values()),
        waves={
            wave: tuple(
                tuple(_usable(reader, person.cells[wave].get(item), parsed, maxima[item]) for item in items)
                if person.took(wave)
                else None
                for person in reader.found.people
            )
            for wave in reader.found.waves
        },
        maxima=tuple(maxima.values()),
        groups=reader.groups(),
    )


def choices(reader: Reader, key: Mapping[str, str]) -> Choices:
    """Letters, for the questions that the key knows."""
    asked = common_items(reader)
    for label in (label for item, label in asked.items() if item not in key):
        reader.tell(DoubtCode.ITEM_WITHOUT_KEY, item=label)
    for item in key:
        if item not in asked:
            reader.tell(DoubtCode.KEY_WITHOUT_ITEM, item=item)
    items = {item: label for item, label in asked.items() if item in key}
    if not items:
        raise refuse(
            _("No question of the key stands in the file. Give both the same names, for example q1."), "key"
        )
    return Choices(
        ids=reader.ids(),
        items=tuple(items.values()),
        waves={
            wave: tuple(
                tuple(_letter(reader, person.cells[wave].get(item)) for item in items)
                if person.took(wave)
                else None
                for person in reader.found.people
            )
            for wave in reader.found.waves
        },
        key=tuple(key[item] for item in items),
        groups=reader.groups(),
    )


def are_letters(cells: Iterable[Cell]) -> bool:
    """Whether most of what was answered is a letter to choose, not points."""
    written = [cell.text for cell in cells if not is_missing(cell.text)]
    letters = [text for text in written if (letter := letter_of(text)) and letter.isalpha()]
    is_mark = {letter_of(text) for text in letters} <= {"V", "X"} or _says_right_or_wrong(written)
    return len(letters) > len(written) / 2 and not is_mark


def letter_of(text: str) -> str | None:
    """``a.`` and ``(A)`` are A. None for what is not one letter or digit."""
    found = _LETTER.fullmatch(text)
    return found[1].upper() if found else None


def common_items(reader: Reader) -> dict[str, str]:
    """The questions of both tests: a gain over others would not be one. The others are told."""
    waves = reader.found.waves
    have = {
        wave: {item for person in reader.found.people for item in person.cells.get(wave, {})}
        for wave in waves
    }
    compared = [have[wave] for wave in waves if wave in (PRE, POST)] or list(have.values())
    common = set.intersection(*compared)
    if not common:
        raise refuse(
            _(
                "The tests before and after have no question in common, so no gain can be computed. Head the "
                "same question alike, for example pre_1 and post_1."
            ),
            "items",
        )
    for item, label in reader.found.items.items():
        if item not in common and any(item in items for items in have.values()):
            reader.tell(DoubtCode.ITEM_IN_ONE_TEST, item=label)
    return {item: label for item, label in reader.found.items.items() if item in common}


def _says_right_or_wrong(texts: list[str]) -> bool:
    """B and S, and nothing else: *benar* and *salah*, not letters to choose."""
    used = {text.upper() for text in texts if not is_missing(text)}
    return bool(used) and used <= {"B", "S"}


def _right_or_wrong(text: str) -> Parsed:
    return NOTHING if is_missing(text) else Parsed(Fraction(text.upper() == "B"))


def _letter(reader: Reader, cell: Cell | None) -> str | None:
    if cell is None or is_missing(cell.text):
        return None
    letter = letter_of(cell.text)
    if letter is None:
        reader.tell(DoubtCode.NOT_A_LETTER, cell)
    return letter


def _usable(
    reader: Reader, cell: Cell | None, parsed: Mapping[int, Parsed], most: Fraction | None
) -> Fraction | None:
    """The points of a cell; None where there are none, and why is told."""
    if cell is None:
        return None
    read = parsed[id(cell)]
    if read.problem:
        reader.tell(_PROBLEMS[read.problem], cell)
        return None
    if read.value is None or most is None:
        return read.value
    if read.value > most:
        reader.tell(DoubtCode.ABOVE_MAX, cell, max=_shown(most))
        return None
    if read.value < 0:
        reader.tell(DoubtCode.BELOW_ZERO, cell)
        return None
    return read.value


def _found_max(reader: Reader, parsed: Iterable[Parsed], headed: int | None) -> Fraction | None:
    """The most that can be got, if cells say it (15/20), or a row (*maks*), or the headings."""
    out_of = {one.out_of for one in parsed if one.value is not None}
    said = next(iter(out_of)) if len(out_of) == 1 else None
    row = reader.found.maxima.get(TOTAL)
    from_row = parse_score(row.text).value if row else None
    most = Fraction(said) if said else from_row or (Fraction(headed) if headed else None)
    if most is not None and most > 0:
        reader.tell(DoubtCode.MAX_FROM_HEADING, max=_shown(most))
        return most
    return None


def _max_of_item(reader: Reader, item: str, parsed: Mapping[int, Parsed]) -> Fraction:
    row = reader.found.maxima.get(item)
    said = parse_score(row.text).value if row else None
    if said is not None and said > 0:
        return said
    cells = (row.get(item) for person in reader.found.people for row in person.cells.values())
    values = [value for cell in cells if cell and (value := parsed[id(cell)].value) is not None]
    above = sum(value > 1 for value in values)
    return Fraction(1) if above <= _FEW * len(values) else max(values)


def _tell_of_maxima(reader: Reader, total: Fraction, said: Fraction | None) -> None:
    if reader.found.maxima:
        return
    if said is not None and said != total:
        reader.tell(DoubtCode.MAX_OF_ITEMS, max=_shown(total), said=_shown(said))
    elif said is None and total != len(reader.found.items):
        reader.tell(DoubtCode.MAX_GUESSED, max=_shown(total))


def _tell_of_separators(reader: Reader, texts: list[str], parsed: Iterable[Parsed]) -> None:
    signs = {one.separator for one in parsed if one.separator}
    if len(signs) > 1:
        reader.tell(DoubtCode.MIXED_DECIMALS)
    elif looks_grouped(texts):
        reader.tell(DoubtCode.THOUSANDS)


def _shown(value: Fraction) -> str:
    return str(value.numerator) if value.denominator == 1 else str(float(value))
