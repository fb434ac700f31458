"""Sheets of a workbook (XLSX). Text is written as text and guarded besides: no cell is run as a formula."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter

from lms.cells import safe_cell

Cell = str | int | float | bool | None
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
_WIDE = 60
_NARROW = 12


@dataclass(frozen=True, slots=True)
class Sheet:
    """``key`` names it for the codebook, ``title`` on its tab; each row has a cell for each column.

    None is an empty cell: what may not be told or cannot be computed. Numbers are numbers and exact.
    """

    key: str
    title: str
    columns: tuple[str, ...]
    rows: Sequence[Sequence[Cell]]


def xlsx(sheets: Sequence[Sheet], *, title: str, remark: str = "") -> bytes:
    """``remark`` stands at the head of every printed page."""
    output = io.BytesIO()
    book = xlsxwriter.Workbook(output, _OPTIONS)
    head = book.add_format({"bold": True, "bg_color": "#E8EEF4", "border": 1, "text_wrap": True})
    text = book.add_format({"text_wrap": True, "valign": "top"})
    number = book.add_format({"valign": "top"})
    for each in sheets:
        sheet = book.add_worksheet(each.title)
        sheet.freeze_panes(1, 0)
        if remark:
            # An ampersand begins a command in the head of a page.
            sheet.set_header("&C" + remark.replace("&", "&&"))
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        for place, (column, width) in enumerate(zip(each.columns, _widths(each), strict=True)):
            sheet.set_column(place, place, width)
            sheet.write_string(0, place, str(safe_cell(column)), head)
        for line, row in enumerate(each.rows, start=1):
            for place, value in enumerate(row):
                _write(sheet, line, place, value, text, number)
    book.set_properties({"title": title, "comments": remark})
    book.close()
    return output.getvalue()


def _write(sheet: Any, line: int, place: int, value: Cell, text: Any, number: Any) -> None:
    if isinstance(value, bool):
        sheet.write_string(line, place, "ya" if value else "tidak", text)
    elif isinstance(value, int | float):
        sheet.write_number(line, place, value, number)
    elif value:
        sheet.write_string(line, place, str(safe_cell(value)), text)


def _widths(sheet: Sheet) -> list[int]:
    """Of columns, in letters: as wide as their longest text, within bounds."""
    longest = [len(column) for column in sheet.columns]
    for row in sheet.rows:
        for place, value in enumerate(row):
            if isinstance(value, str):
                longest[place] = max(longest[place], len(value))
    return [min(_WIDE, max(_NARROW, letters + 2)) for letters in longest]
