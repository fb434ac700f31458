"""The content of a question of any kind as plain data, found by looking at its models.

No kind is named here: a kind's own fields are those its model adds, its rows are those of the relations it
names in ``prefetch``. So a new kind travels through files and is compared without a line of code.
"""

import hashlib
import json
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db import models

from assessments.questions.base import Question

# Where a question belongs, and what trainers note about it: not what is asked.
PLACE_FIELDS = (
    "topic",
    "lesson_code",
    "pair",
    "form_letter",
    "bloom",
    "difficulty",
    "stability",
    "citations",
    "note",
)
COMMON_FIELDS = ("stem", "points", "feedback", "image", "audio", *PLACE_FIELDS)
# What makes two questions the same to a participant; points and remarks may differ.
_SAME_FIELDS = ("stem", "image", "audio")
_NOT_CONTENT = {"sort_order"}


def own_fields(model: type[Question]) -> list[models.Field[Any, Any]]:
    """The fields that a kind adds to every question's."""
    return [field for field in model._meta.local_fields if field.editable and not field.primary_key]


def row_models(model: type[Question]) -> dict[str, type[models.Model]]:
    """The option tables of a kind, by relation."""
    return {name: model._meta.get_field(name).related_model for name in model.prefetch}  # type: ignore[misc]


def row_fields(row_model: type[models.Model]) -> list[models.Field[Any, Any]]:
    """The fields of an option that an author fills in."""
    return [
        field
        for field in row_model._meta.concrete_fields
        if field.editable
        and not field.primary_key
        and field.name not in _NOT_CONTENT
        and not (field.is_relation and issubclass(field.related_model, Question))  # type: ignore[arg-type]
    ]


def rows_of(question: Question) -> dict[str, list[models.Model]]:
    """The saved rows of a question, by relation."""
    return {name: list(getattr(question, name).all()) for name in question.prefetch}


def by_relation(model: type[Question], rows: Iterable[models.Model]) -> dict[str, list[models.Model]]:
    """Rows in one list, as the editor and the bank loader have them, told apart by their table."""
    kept = list(rows)
    return {
        name: [row for row in kept if isinstance(row, row_model)]
        for name, row_model in row_models(model).items()
    }


def content_of(question: Question, rows: dict[str, list[models.Model]]) -> dict[str, Any]:
    """Everything an author wrote, as JSON values; codes, banks, versions and identities left out."""
    own = {field.name: _plain(question, field) for field in own_fields(type(question))}
    common = {name: common_value(question, name) for name in COMMON_FIELDS}
    return {
        "kind": question.kind,
        "fields": {**common, **own},
        "rows": {
            name: [{field.name: _plain(row, field) for field in row_fields(type(row))} for row in listed]
            for name, listed in rows.items()
        },
    }


def sources_of(question: Question) -> list[dict[str, str]]:
    """All that a question rests on, as files write it: the law first, then what is none."""
    bases = sorted(question.legal_bases.all(), key=lambda basis: basis.citation)
    return [*({"ref": basis.citation, "status": basis.known} for basis in bases), *question.citations]


def common_value(question: Question, name: str) -> Any:
    """A field that every question has, as a JSON value. Law travels with the other sources, as citations."""
    if name == "citations":
        return sources_of(question)
    return _plain(question, Question._meta.get_field(name))


def fingerprint(content: dict[str, Any]) -> str:
    """One text for questions that ask the same in the same words, with the same key."""
    ignored = {*COMMON_FIELDS} - {*_SAME_FIELDS}
    fields = {name: value for name, value in content["fields"].items() if name not in ignored}
    same = [content["kind"], fields, content["rows"]]
    return hashlib.sha256(json.dumps(same, sort_keys=True, default=str).encode()).hexdigest()


def _plain(record: models.Model, field: Any) -> Any:
    value = getattr(record, field.attname)
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value if isinstance(value, str | int | bool | list | dict | None) else str(value)
