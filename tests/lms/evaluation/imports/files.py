"""Files of scores for tests: a few lines of CSV, or the cells of a workbook."""

import io
from collections.abc import Iterable
from typing import Any

from openpyxl import Workbook

from lms.evaluation.datasets.sheets import SheetScores
from lms.evaluation.imports import read_scores


def csv_of(*lines: str) -> bytes:
    return "\n".join(lines).encode()


def read_csv(*lines: str, **told: Any) -> SheetScores:
    """What is read from these lines."""
    return read_scores(csv_of(*lines), **told)


def workbook_of(*rows: Iterable[Any], title: str = "Nilai") -> bytes:
    book = Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(list(row))
    return saved(book)


def saved(book: Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def codes(sheet: SheetScores) -> list[str]:
    """The doubts that were told, by name."""
    return [doubt.code.value for doubt in sheet.doubts]
