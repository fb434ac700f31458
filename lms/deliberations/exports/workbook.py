"""Lists as XLSX. Every text is written as text, whatever it begins with: no cell becomes a formula."""

import io
from collections.abc import Mapping, Sequence
from datetime import date

import xlsxwriter

Cell = str | int | date | None
Sheet = tuple[Sequence[str], Sequence[Sequence[Cell]]]
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


def workbook(sheets: Mapping[str, Sheet]) -> bytes:
    """By name of the sheet: its headings and its rows."""
    output = io.BytesIO()
    book = xlsxwriter.Workbook(output, _OPTIONS)
    head = book.add_format({"bold": True, "bg_color": "#E8EEF4", "border": 1, "text_wrap": True})
    body = book.add_format({"text_wrap": True, "valign": "top"})
    day = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"})
    for name, (headings, rows) in sheets.items():
        sheet = book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(headings) - 1, 20)
        for place, heading in enumerate(headings):
            sheet.write_string(0, place, heading, head)
        for line, row in enumerate(rows, start=1):
            for place, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(line, place, value, day)
                elif isinstance(value, int):
                    sheet.write_number(line, place, value, body)
                elif value:
                    sheet.write_string(line, place, value, body)
    book.close()
    return output.getvalue()
