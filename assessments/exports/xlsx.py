"""Our workbook of questions. It holds everything; text is always text, so no cell is a formula."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

import xlsxwriter
from django.db import models

from assessments.datasets import columns
from assessments.datasets.content import (
    COMMON_FIELDS,
    own_fields,
    row_fields,
    row_models,
    rows_of,
    sources_of,
)
from assessments.models import QuestionMedia
from assessments.questions.base import Question
from assessments.registry import kinds

MAX_CELL = 32_767
Cells = dict[str, Any]


def write(questions: list[Question]) -> tuple[bytes, list[tuple[str, tuple[str, ...]]]]:
    titles = _Titles()
    records, left = [], []
    for question in questions:
        cells = cells_of(question, titles)
        if any(isinstance(value, str) and len(value) > MAX_CELL for value in cells.values()):
            left.append((question.code, ()))
        else:
            records.append(cells)
    return workbook({columns.SHEET: records}, headings(_most_options(questions))), left


def headings(options: dict[str, int]) -> list[str]:
    """All columns, the ones that everybody fills in first."""
    own = dict.fromkeys(name for model in kinds().values() for name in columns.own_headings(model))
    middle = [*columns.option_headings(options), *own]
    return list(dict.fromkeys([*columns.FIRST, *middle, *columns.LAST]))


def _most_options(questions: Iterable[Question]) -> dict[str, int]:
    most: dict[str, int] = {}
    for question in questions:
        for relation, rows in rows_of(question).items():
            most[relation] = max(most.get(relation, 0), len(rows))
    return most


class _Titles:
    """Pictures and recordings by title; one whose title is not its own alone goes by its identity."""

    def __init__(self) -> None:
        pairs = list(QuestionMedia.objects.values_list("pk", "title"))
        titles = [title for _pk, title in pairs]
        self._names = {pk: title if titles.count(title) == 1 else str(pk) for pk, title in pairs}

    def name(self, pk: Any) -> str:
        return self._names.get(pk, "")


def cells_of(question: Question, titles: _Titles) -> Cells:
    model = type(question)
    cells: Cells = {columns.CODE: question.code, columns.KIND: columns.kind_label(question.kind)}
    for name in COMMON_FIELDS:
        field: Any = Question._meta.get_field(name)
        cells[columns.heading(field)] = _cell(model, question, field, titles)
    sources: Any = Question._meta.get_field("citations")
    cells[columns.heading(sources)] = columns.write_value(model, sources, sources_of(question))
    for field in own_fields(model):
        cells[columns.heading(field)] = _cell(model, question, field, titles)
    cells[columns.OUTCOMES] = ", ".join(sorted(outcome.code for outcome in question.outcomes.all()))
    listed = rows_of(question)
    for number, (relation, row_model) in enumerate(row_models(model).items()):
        for field in row_fields(row_model):
            cells |= _option_cells(model, listed[relation], field, relation, not number, titles)
    return {name: value for name, value in cells.items() if value != ""}


def _option_cells(
    model: type[Question],
    rows: Sequence[models.Model],
    field: models.Field[Any, Any],
    relation: str,
    first: bool,
    titles: _Titles,
) -> Cells:
    if columns.is_key(field):
        right = [columns.letter(place) for place, row in enumerate(rows) if getattr(row, field.name)]
        return {columns.KEY: ", ".join(right)}
    return {
        columns.row_heading(field, place, relation, first=first): _cell(model, row, field, titles)
        for place, row in enumerate(rows)
    }


def _cell(model: type[Question], record: models.Model, field: models.Field[Any, Any], titles: _Titles) -> Any:
    value = getattr(record, field.attname)
    if field.is_relation:
        return titles.name(value)
    return columns.write_value(model, field, value)


def workbook(sheets: dict[str, list[Cells]], names: Sequence[str], finish: Any = None) -> bytes:
    """Sheets with one row a question. ``finish`` may add to the book before it is closed."""
    output = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(output, options)
    head = book.add_format({"bold": True, "bg_color": "#E8EEF4", "border": 1, "text_wrap": True})
    body = book.add_format({"text_wrap": True, "valign": "top"})
    for title, records in sheets.items():
        sheet = book.add_worksheet(title)
        sheet.freeze_panes(1, 3)
        sheet.set_column(0, len(names) - 1, 18, body)
        sheet.set_column(names.index(columns.STEM), names.index(columns.STEM), 50, body)
        for place, name in enumerate(names):
            sheet.write_string(0, place, name, head)
        for number, cells in enumerate(records, start=1):
            for place, name in enumerate(names):
                _write(sheet, number, place, cells.get(name, ""), body)
    if finish is not None:
        finish(book)
    book.close()
    return output.getvalue()


def _write(sheet: Any, row: int, column: int, value: Any, style: Any) -> None:
    if isinstance(value, int | float):
        sheet.write_number(row, column, value, style)
    elif value:
        # write_string, whatever the text begins with: =, +, - and @ stay letters.
        sheet.write_string(row, column, value, style)
