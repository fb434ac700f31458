"""A workbook as it is read back."""

import io
from typing import Any

import openpyxl

from lms.evaluation.exports import export_workbook
from lms.evaluation.reports.cohort import Reader
from tests.factories import make_staff

TABS = ["summary", "outcomes", "groups", "pairs", "items", "transitions", "codebook"]


def boss() -> Any:
    return make_staff("boss", is_superuser=True)


def book_of(content: bytes) -> dict[str, list[dict[str, Any]]]:
    """Key of the sheet -> its rows by column."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheets = {}
    for key, sheet in zip(TABS, book.worksheets, strict=True):
        heads, *rows = sheet.iter_rows(values_only=True)
        sheets[key] = [dict(zip(heads, row, strict=True)) for row in rows]
    return sheets


def workbook(cohort: Any, *, questions: bool = False) -> dict[str, list[dict[str, Any]]]:
    return book_of(export_workbook(cohort=cohort, user=boss(), reader=Reader(questions=questions)))


def summary(book: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    return {row["measure"]: row["value"] for row in book["summary"]}
