"""Our own workbook of questions: from rows to records. Which columns there are is in ``datasets.columns``."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from openpyxl import load_workbook

from assessments.datasets import columns
from assessments.datasets.content import COMMON_FIELDS, own_fields, row_fields, row_models
from assessments.datasets.drafts import ParsedFile, RecordDraft, Refusal
from assessments.imports.reading import MAX_QUESTIONS, checked_workbook, clean_text, refuse, refusing_damage
from assessments.questions.base import Question
from assessments.registry import kinds

FORMAT = "xlsx"
_MAX_COLUMNS = 400
_HEADING_ROWS = 10
Row = dict[str, Any]


def parse(data: bytes) -> ParsedFile:
    """Raises ValidationError if it is no workbook of questions."""
    cells = _cells(data)
    parsed = ParsedFile(FORMAT)
    names = columns.kind_names()
    headings: dict[int, str] = {}
    for number, values in cells:
        if not headings:
            headings = _headings(values)
            if headings:
                parsed.notes += _unknown_columns(headings)
            elif number >= _HEADING_ROWS:
                break
            continue
        row = {
            name: values[place]
            for place, name in headings.items()
            if place < len(values) and columns.cell_text(values[place])
        }
        if row:
            _take(row, number, names, parsed)
        if len(parsed.entries) + sum(parsed.unknown.values()) > MAX_QUESTIONS:
            raise refuse(_("This file has more than 5,000 questions. Divide it into smaller files."), "size")
    if not headings:
        raise refuse(
            _("This workbook has no row with the headings jenis and soal. Use our template."), "headings"
        )
    return parsed


def _cells(data: bytes) -> Iterator[tuple[int, list[Any]]]:
    with refusing_damage():
        book = load_workbook(checked_workbook(data), read_only=True, data_only=True)
        sheet = book[columns.SHEET] if columns.SHEET in book.sheetnames else book.worksheets[0]
        for number, values in enumerate(sheet.iter_rows(values_only=True, max_col=_MAX_COLUMNS), start=1):
            yield number, [clean_text(value) if isinstance(value, str) else value for value in values]


def _headings(values: list[Any]) -> dict[int, str]:
    named = {place: " ".join(columns.cell_text(value).split()) for place, value in enumerate(values)}
    lowered = {place: _heading(name) for place, name in named.items() if name}
    return lowered if {columns.KIND, columns.STEM} <= set(lowered.values()) else {}


def _heading(name: str) -> str:
    """``Pilihan a`` is ``pilihan A``: words small, the letter of an option capital."""
    words = name.rstrip(" *").casefold().split(" ")
    if len(words) > 1 and len(words[-1]) <= 2:
        words[-1] = words[-1].upper()
    return " ".join(words)


def _unknown_columns(headings: dict[int, str]) -> list[str]:
    known = {columns.CODE, columns.KIND, columns.OUTCOMES, columns.KEY, *columns.IGNORED}
    known |= {columns.heading(Question._meta.get_field(name)) for name in COMMON_FIELDS}  # type: ignore[arg-type]
    places = len(columns.rows_by_place(headings.values()))
    for model in kinds().values():
        known |= set(columns.own_headings(model))
        for number, (relation, row_model) in enumerate(row_models(model).items()):
            known |= {
                columns.row_heading(field, place, relation, first=not number)
                for field in row_fields(row_model)
                for place in range(max(places, 26))
            }
    strange = sorted(set(headings.values()) - known)
    return [
        _("These columns are not known and were not read: %(names)s") % {"names": ", ".join(strange)}
    ] * bool(strange)


def _take(row: Row, number: int, names: dict[str, str], parsed: ParsedFile) -> None:
    where = _("Row %(number)d") % {"number": number}
    stem = columns.cell_text(row.get(columns.STEM))
    written = columns.cell_text(row.get(columns.KIND))
    kind = names.get(written.casefold())
    if not written:
        parsed.entries.append(Refusal(where, _("The column jenis is empty."), stem[:120]))
        return
    if kind is None:
        parsed.unknown[written[:60]] += 1
        return
    model = kinds()[kind]
    try:
        parsed.entries.append(_record(model, row, where))
    except ValidationError as error:
        parsed.entries.append(Refusal(where, " ".join(error.messages), stem[:120]))


def _record(model: type[Question], row: Row, where: str) -> RecordDraft:
    common = [Question._meta.get_field(name) for name in COMMON_FIELDS]
    fields = [*common, *own_fields(model)]
    return RecordDraft(
        kind=model.kind,
        where=where,
        code=columns.cell_text(row.get(columns.CODE))[:40],
        fields=_values(model, fields, {field.name: columns.heading(field) for field in fields}, row),  # type: ignore[arg-type]
        rows={
            relation: _rows(model, row_model, relation, not number, row)
            for number, (relation, row_model) in enumerate(row_models(model).items())
        },
        outcomes=columns.split_codes(row.get(columns.OUTCOMES)),
    )


def _rows(
    model: type[Question], row_model: type[models.Model], relation: str, first: bool, row: Row
) -> list[Row]:
    fields = row_fields(row_model)
    rows = []
    right = columns.split_letters(row.get(columns.KEY)) if any(map(columns.is_key, fields)) else []
    found = []
    for letter in columns.rows_by_place(row):
        place = _place(letter)
        headings = {
            field.name: columns.row_heading(field, place, relation, first=first)
            for field in fields
            if not columns.is_key(field)
        }
        values = _values(model, [field for field in fields if field.name in headings], headings, row)
        if values:
            found.append(letter)
            keys = {field.name: letter in right for field in fields if columns.is_key(field)}
            rows.append({**values, **keys})
    strange = [letter for letter in right if letter not in found]
    if strange:
        raise ValidationError(
            _("%(column)s names %(letters)s, but there is no such option.")
            % {"column": columns.KEY, "letters": ", ".join(strange)[:40]}
        )
    return rows


def _values(
    model: type[Question], fields: list[models.Field[Any, Any]], headings: dict[str, str], row: Row
) -> Row:
    values = {}
    for field in fields:
        heading = headings[field.name]
        if heading not in row:
            continue
        try:
            values[field.name] = columns.read_value(model, field, row[heading])
        except ValidationError as error:
            raise ValidationError(f"{heading}: {' '.join(error.messages)}.".replace("..", ".")) from error
    return values


def _place(letters: str) -> int:
    place = 0
    for sign in letters:
        place = place * 26 + ord(sign) - ord("A") + 1
    return place - 1
