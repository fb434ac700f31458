"""Tables with names that leave as a file: what stands in a cell is never run by a spreadsheet."""

import csv
import io
from collections.abc import Callable, Sequence

import xlsxwriter

from lms.cells import safe_cell

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
Cell = str | int
Rows = Sequence[Sequence[Cell]]


def as_csv(title: str, rows: Rows) -> bytes:
    """UTF-8 with BOM and semicolons, as spreadsheets in Indonesia expect."""
    file = io.StringIO()
    file.write("\ufeff")
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    return file.getvalue().encode()


def as_xlsx(title: str, rows: Rows) -> bytes:
    """The first row is the heading. Text is written as text: no cell becomes a formula or an address."""
    output = io.BytesIO()
    book = xlsxwriter.Workbook(
        output, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    sheet = book.add_worksheet(title.split(maxsplit=1)[0])
    head = book.add_format({"bold": True, "bg_color": "#E8EEF4", "border": 1, "text_wrap": True})
    text = book.add_format({"num_format": "@"})
    sheet.freeze_panes(1, 2)
    sheet.set_column(0, 0, 5)
    sheet.set_column(1, 1, 28)
    sheet.set_column(2, len(rows[0]) - 1, 15)
    for place, heading in enumerate(rows[0]):
        sheet.write_string(0, place, str(heading), head)
    for line, row in enumerate(rows[1:], start=1):
        for place, cell in enumerate(row):
            if isinstance(cell, str):
                sheet.write_string(line, place, str(safe_cell(cell)), text)
            else:
                sheet.write_number(line, place, cell)
    book.set_properties({"title": title})
    book.close()
    return output.getvalue()


# By ending of the file: what writes a table with a title, and its content type.
WRITERS: dict[str, tuple[Callable[[str, Rows], bytes], str]] = {"xlsx": (as_xlsx, XLSX), "csv": (as_csv, CSV)}
