"""From the bytes of a file to rows of text, each with its number in the file. Refuses soon and in words."""

import csv
import datetime
import io
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from openpyxl import load_workbook

from assessments.imports.reading import (
    MAX_CELLS,
    checked_workbook,
    clean_text,
    decode,
    read_bytes,
    refuse,
    refusing_damage,
)
from lms.cohorts.imports.sheet import filled_down, is_workbook, merged_down
from lms.evaluation.datasets.sheets import Doubt, DoubtCode
from lms.people.domain import clean_line

MAX_ROWS = 50_000
MAX_COLUMNS = 400
_MAX_CELL = 300
_DELIMITERS = (";", "\t", "|", ",")
_SAMPLE_ROWS = 50
_MOST = 0.8
_LOST_LETTER = "\ufffd"
DATE, FORMULA = "\ue000date", "\ue000formula"
"""Stand in a cell instead of its text: Excel made a date of it; a formula whose value was not stored."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows that hold something, all as wide as the widest."""

    rows: list[tuple[int, list[str]]]
    doubts: list[Doubt] = field(default_factory=list)
    delimiter: str = ""
    """Of a CSV file."""


def open_table(file: Any) -> Table:
    """The first visible sheet of an XLSX file, or a CSV file. Raises ValidationError with a sentence."""
    try:
        data = read_bytes(file)
        found = _workbook(data) if is_workbook(data) else _csv(data)
    except ValidationError as refusal:
        raise _in_our_words(refusal) from None
    if not found.rows:
        raise refuse(_("This file is empty."), "empty")
    width = max(len(cells) for _number, cells in found.rows)
    rows = [(number, cells + [""] * (width - len(cells))) for number, cells in found.rows]
    return Table(rows, found.doubts, found.delimiter)


def too_large() -> ValidationError:
    return refuse(
        _("This file is larger than 5 MB. A list of scores is much smaller: keep only its columns."), "size"
    )


def _in_our_words(refusal: ValidationError) -> ValidationError:
    """What is shared with the lists of questions and of people speaks of pictures and of templates."""
    if refusal.code == "size":
        return too_large()
    if refusal.code == "bomb":
        return refuse(_("This Excel file unpacks to far more than a list of scores."), "bomb")
    return refusal


def _csv(data: bytes) -> Table:
    text = decode(data)
    first, _end, rest = text.partition("\n")
    # Excel's own line that names the delimiter.
    told = first.strip().strip('"').lower()
    skipped = 0
    if told.startswith("sep=") and len(told) <= 5:
        text, skipped = rest, 1
    delimiter = told[4:] or "\t" if skipped else _guessed_delimiter(text)
    doubts = [Doubt(DoubtCode.LOST_LETTERS)] if _LOST_LETTER in text else []
    return Table(list(_limited(_csv_rows(text, delimiter, skipped))), doubts, delimiter)


def _csv_rows(text: str, delimiter: str, skipped: int) -> Iterator[tuple[int, list[str]]]:
    before = 0
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=False)
        for values in reader:
            if any(value.count("\n") > 5 for value in values):
                raise refuse(
                    _("In row %(row)d a quotation mark is opened and not closed. Correct the row.")
                    % {"row": before + 1 + skipped},
                    "csv",
                )
            yield before + 1 + skipped, [cell_text(value) for value in values]
            before = reader.line_num
    except csv.Error as error:
        raise refuse(_("This CSV file is damaged. Open it and save it again."), "csv") from error


def _guessed_delimiter(text: str) -> str:
    """The one that divides most rows alike. A comma comes late: it may be a decimal sign; a space last."""
    sample = "\n".join([line for line in text.split("\n", 400)[:400] if line.strip()][:_SAMPLE_ROWS])
    shares = {delimiter: _share_alike(sample, delimiter) for delimiter in _DELIMITERS}
    if not any(shares.values()) and _share_alike(sample, " ") > _MOST:
        return " "
    # The first of equals wins, in the order of the tuple.
    return max(_DELIMITERS, key=lambda delimiter: round(shares[delimiter], 1))


def _share_alike(sample: str, delimiter: str) -> float:
    """Which share of the rows this delimiter cuts into the same number of cells, two or more."""
    try:
        widths = [len(row) for row in csv.reader(io.StringIO(sample), delimiter=delimiter) if row]
    except csv.Error:
        return 0.0
    cut = Counter(width for width in widths if width > 1)
    return max(cut.values()) / len(widths) if cut else 0.0


def _workbook(data: bytes) -> Table:
    stream = checked_workbook(data)
    with refusing_damage():
        book = load_workbook(stream, read_only=True, data_only=True)
        shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"] or book.worksheets
        if not shown:
            raise refuse(_("This Excel file has no sheet with cells."), "empty")
        written = [sheet for sheet in shown if _has_cells(sheet)]
        sheet = (written or shown)[0]
        doubts = [_other_sheets(sheet.title, len(written) - 1)] if len(written) > 1 else []
        formulas = _formulas(stream, sheet.title)
        merged = merged_down(stream, sheet._worksheet_path)
        above: dict[int, str] = {}
        rows = []
        for number, line in enumerate(sheet.iter_rows(max_row=MAX_ROWS * 2), start=1):
            cells = [_excel_text(cell) for cell in line]
            for place in formulas.get(number, ()):
                if place < len(cells) and not cells[place]:
                    cells[place] = FORMULA
            rows.append((number, filled_down(cells, number, merged, above)))
        return Table(list(_limited(rows)), doubts)


def _has_cells(sheet: Any) -> bool:
    return any(any(row) for row in sheet.iter_rows(max_row=200, values_only=True))


def _other_sheets(title: str, others: int) -> Doubt:
    return Doubt(DoubtCode.OTHER_SHEETS, values={"sheet": title[:60], "n": others})


def _formulas(stream: io.BytesIO, title: str) -> dict[int, list[int]]:
    """Places of formulas by row: where the value was not stored, the cell looks empty."""
    stream.seek(0)
    book = load_workbook(stream, read_only=True, data_only=False)
    found: dict[int, list[int]] = {}
    for number, line in enumerate(book[title].iter_rows(max_row=MAX_ROWS * 2, values_only=True), start=1):
        places = [place for place, value in enumerate(line) if isinstance(value, str) and value[:1] == "="]
        if places:
            found[number] = places
    return found


def _limited(rows: Iterable[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    """Rows with something in them, and never too many."""
    count = cells_read = 0
    for number, cells in rows:
        if not any(cells):
            continue
        while cells and not cells[-1]:
            cells = cells[:-1]
        count, cells_read = count + 1, cells_read + len(cells)
        if count > MAX_ROWS or cells_read > MAX_CELLS:
            raise refuse(_("This file has too many rows for one training. Divide it."), "size")
        if len(cells) > MAX_COLUMNS:
            raise refuse(
                _("This file has more than %(limit)d columns. Keep only the scores.")
                % {"limit": MAX_COLUMNS},
                "size",
            )
        yield number, cells


def _excel_text(cell: Any) -> str:
    """A number with the 15 digits that a spreadsheet shows, so that 0.1 + 0.2 stays 0.3."""
    value = cell.value
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, datetime.date | datetime.time | datetime.timedelta):
        return DATE
    if isinstance(value, int | float):
        is_percent = "%" in str(cell.number_format)
        return f"{_plain_decimal(value * 100)}%" if is_percent else _plain_decimal(value)
    return "" if value is None else cell_text(str(value))


def _plain_decimal(value: int | float) -> str:
    if isinstance(value, int):
        return str(value)
    text = f"{Decimal(f'{value:.15g}'):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@lru_cache(maxsize=5_000)
def cell_text(value: str) -> str:
    return clean_line(clean_text(value[: _MAX_CELL * 2]))[:_MAX_CELL]
