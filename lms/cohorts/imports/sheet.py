"""From a file to rows of text: the cells of an XLSX or CSV file, and which row heads them."""

import csv
import datetime
import io
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string

from assessments.imports.reading import (
    checked_workbook,
    clean_text,
    decode,
    read_bytes,
    refuse,
    refusing_damage,
)
from lms.cohorts.imports.columns import Column, guess, looks_like_headings
from lms.people.domain import clean_line

MAX_ROWS = 5_000
MAX_COLUMNS = 60
_MAX_CELL = 300
# Rows of an Excel file that are looked at, empty ones included.
_DEEPEST_ROW = 20_000
_HEADINGS_WITHIN = 20
SHEET = "Peserta"
_MERGED = re.compile(rb'<mergeCell ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_NO_LIST = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"<")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A list as it was found: headings, and under them rows with their number in the file."""

    headings: list[str]
    rows: list[tuple[int, list[str]]]

    def to_json(self) -> bytes:
        return json.dumps([self.headings, self.rows], ensure_ascii=False).encode()

    @classmethod
    def from_json(cls, data: bytes) -> "Sheet":
        headings, rows = json.loads(data)
        return cls(headings, [(number, cells) for number, cells in rows])


def read_sheet(file: Any) -> Sheet:
    """Read an upload. Raises ValidationError with a sentence if it holds no list that we can read."""
    data = read_bytes(file)
    return _sheet(list(_limited(_workbook_rows(data) if is_workbook(data) else _csv_rows(data))))


def is_workbook(data: bytes) -> bool:
    """Whether these bytes are to be read as XLSX, else as CSV, by what they are and not by their name.

    Raises ValidationError (``format``) for what is neither.
    """
    if data.startswith(_OLD_OFFICE):
        raise refuse(_("This is an old Excel or Word file. Save it as .xlsx or .csv."), "format")
    if data.startswith(b"PK"):
        return True
    if not _is_text(data):
        raise refuse(_("This is not a list that we can read. Use Excel (.xlsx) or CSV."), "format")
    return False


def _is_text(data: bytes) -> bool:
    """Text has no zero bytes, except between the letters of UTF-16."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or data[1:2] == b"\x00":
        return True
    return b"\x00" not in data and not data.lstrip(b"\xef\xbb\xbf \r\n").startswith(_NO_LIST)


def _limited(rows: Iterator[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    """Rows with something in them, and never too many."""
    count = 0
    for number, cells in rows:
        if any(cells):
            count += 1
            if count > MAX_ROWS + _HEADINGS_WITHIN:
                raise _too_many()
            yield number, cells


def _too_many() -> ValidationError:
    return refuse(_("This list has more than 5,000 rows. Divide it into smaller files."), "size")


def _sheet(rows: list[tuple[int, list[str]]]) -> Sheet:
    if not rows:
        raise refuse(_("This file is empty."), "empty")
    width = max(len(cells) for _number, cells in rows)
    rows = [(number, cells + [""] * (width - len(cells))) for number, cells in rows]
    start = next((at for at, row in enumerate(rows[:_HEADINGS_WITHIN]) if looks_like_headings(row[1])), None)
    if start is None:
        headings, rest = [""] * width, rows
    else:
        headings, rest = rows[start][1], rows[start + 1 :]
        if rest and _is_second_heading(rest[0][1]):
            headings = [below or above for above, below in zip(headings, rest[0][1], strict=True)]
            rest = rest[1:]
    if len(rest) > MAX_ROWS:
        raise _too_many()
    if not rest:
        raise refuse(_("There is nobody in this list: below the headings are no rows."), "empty")
    used = [at for at in range(width) if headings[at] or any(cells[at] for _number, cells in rest)]
    return Sheet(
        [headings[at] for at in used], [(number, [cells[at] for at in used]) for number, cells in rest]
    )


def _is_second_heading(cells: list[str]) -> bool:
    """ "L" and "P" in a row of their own, below one cell for both."""
    return {column for column in guess(cells) if column} == {Column.FEMALE, Column.MALE}


def _workbook_rows(data: bytes) -> Iterator[tuple[int, list[str]]]:
    stream = checked_workbook(data)
    with refusing_damage():
        book = load_workbook(stream, read_only=True, data_only=True)
        shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"] or book.worksheets
        sheet = book[SHEET] if SHEET in book.sheetnames else shown[0]
        merged = merged_down(stream, sheet._worksheet_path)
        above: dict[int, str] = {}
        limits = {"max_row": _DEEPEST_ROW, "max_col": MAX_COLUMNS}
        for number, values in enumerate(sheet.iter_rows(values_only=True, **limits), start=1):
            cells = [cell_text(value) for value in values]
            yield number, filled_down(cells, number, merged, above)


def merged_down(stream: io.BytesIO, path: str) -> dict[int, list[tuple[int, int]]]:
    """By column: first and last row of cells that were merged downwards."""
    with zipfile.ZipFile(stream) as archive:
        part = archive.read(path.lstrip("/"))
    found: dict[int, list[tuple[int, int]]] = {}
    for left, top, _right, bottom in _MERGED.findall(part):
        if int(bottom) > int(top):
            column = column_index_from_string(left.decode()) - 1
            found.setdefault(column, []).append((int(top), int(bottom)))
    return found


def filled_down(
    cells: list[str], number: int, merged: dict[int, list[tuple[int, int]]], above: dict[int, str]
) -> list[str]:
    """One cell that spans several rows speaks of all of them. Rows with nothing else stay empty."""
    is_empty = not any(cells)
    for column, spans in merged.items():
        if column >= len(cells):
            continue
        if any(top == number for top, _bottom in spans):
            above[column] = cells[column]
        elif not is_empty and any(top < number <= bottom for top, bottom in spans):
            cells[column] = above.get(column, "")
    return cells


def _csv_rows(data: bytes) -> Iterator[tuple[int, list[str]]]:
    text = decode(data)
    first = "\n".join(text.split("\n", 5)[:5])
    separator = max(";,\t", key=first.count)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=False)
        for values in reader:
            yield reader.line_num, [cell_text(value) for value in values[:MAX_COLUMNS]]
    except csv.Error as error:
        raise refuse(_("This CSV file is damaged. Open it and save it again."), "csv") from error


def cell_text(value: Any) -> str:
    """What stands in a cell, as one line; a date as year-month-day, a whole number without a point."""
    if value is None or isinstance(value, bool):
        return {True: "ya", False: "tidak"}.get(value, "") if value is not None else ""
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return clean_line(clean_text(str(value)[: _MAX_CELL * 2]))[:_MAX_CELL]
