"""The workbook to fill in: an empty sheet with lists to choose from, examples, and an explanation."""

from typing import Any

from django.db import models

from assessments.datasets import columns
from assessments.datasets.content import COMMON_FIELDS, own_fields, row_fields, row_models
from assessments.exports.examples import EXAMPLES, EXPLANATION
from assessments.exports.xlsx import headings, workbook
from assessments.questions.base import Question
from assessments.registry import kinds

_ROWS = 1_000
_LISTS = "Daftar"


def template_workbook() -> bytes:
    names = headings({})
    examples = [
        {columns.KIND: columns.kind_label(kind), **cells}
        for kind, cells in EXAMPLES.items()
        if kind in kinds()
    ]

    def finish(book: Any) -> None:
        _explain(book)
        _offer_lists(book, names)

    return workbook({columns.SHEET: [], "Contoh": examples}, names, finish)


def _explain(book: Any) -> None:
    sheet = book.add_worksheet("Petunjuk")
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 100)
    for number, (word, text) in enumerate(EXPLANATION):
        sheet.write_string(number, 0, word, bold)
        sheet.write_string(number, 1, text, wrap)


def _offer_lists(book: Any, names: list[str]) -> None:
    """Lists to choose from. They stand on a sheet of their own: a list in a rule ends at 255 letters."""
    hidden = book.add_worksheet(_LISTS)
    sheets = [sheet for sheet in book.worksheets() if sheet.get_name() in (columns.SHEET, "Contoh")]
    for place, (name, values) in enumerate(_choices(names).items()):
        for row, value in enumerate(values):
            hidden.write_string(row, place, value)
        letter = columns.letter(place)
        source = f"={_LISTS}!${letter}$1:${letter}${len(values)}"
        column = names.index(name)
        for sheet in sheets:
            sheet.data_validation(
                1, column, _ROWS, column, {"validate": "list", "source": source, "error_type": "warning"}
            )
    hidden.hide()


def _choices(names: list[str]) -> dict[str, list[str]]:
    """What a column may say, by its heading."""
    offered: dict[str, dict[str, None]] = {
        columns.KIND: dict.fromkeys(columns.kind_label(kind) for kind in kinds())
    }
    common = [Question._meta.get_field(name) for name in COMMON_FIELDS]
    for model in kinds().values():
        for field in [*common, *own_fields(model)]:
            _offer(offered, columns.heading(field), field)  # type: ignore[arg-type]
        for number, (relation, row_model) in enumerate(row_models(model).items()):
            for field in row_fields(row_model):
                for place in range(columns.LEAST_OPTIONS):
                    if not columns.is_key(field):
                        _offer(offered, columns.row_heading(field, place, relation, first=not number), field)
    return {name: list(values) for name, values in offered.items() if name in names}


def _offer(offered: dict[str, dict[str, None]], name: str, field: models.Field[Any, Any]) -> None:
    if name == columns.KEY:
        return
    if isinstance(field, models.BooleanField):
        offered.setdefault(name, {}).update(dict.fromkeys(["ya", "tidak"]))
    elif field.choices:
        values = [str(value) for value, _label in field.flatchoices if value != ""]
        offered.setdefault(name, {}).update(dict.fromkeys(values))
