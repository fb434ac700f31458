"""Questions of every kind with a word of its own in each field, so that a leak says where it comes from.

A field that is new falls under "secret": its word may never be seen by a participant. Only what is named
here may appear, from the level of review on that it is named for.
"""

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.db import models

from assessments.enums import ReviewLevel
from assessments.models import Assessment, AssessmentForm, FormItem, Question
from assessments.questions.base import Lines
from assessments.registry import kinds
from tests.factories import ALL_MAKERS

WORD = re.compile(r"KENARI_([a-z_]+)_([A-Z])_([a-z_]+?)_Z")
SECRET_NUMBER = Decimal("8675309.4242")
# A number may be written with or without thousands, in either notation.
NUMBER = re.compile(r"8[\s.,\u00a0]?675[\s.,\u00a0]?309[.,]4242")

# A wrong number, so that feedback on it is met.
ANSWER = "12"

# What everybody sees who is asked the question, and what the key says in the words of an option.
SHOWN = {"stem", "text", "left", "right", "unit", "instructions", "scale_text"}
# What feedback may say about an answer, and what only the right answer says.
FEEDBACK = {"feedback", "rationale", "why"}
KEY = {"accepted_text", "number"}
# Too short for a word, made by the system, or chosen from a list.
_SHORTEST = 40


class NoFixtureError(AssertionError):
    """A kind of question that nobody has planted canaries in."""


def plant(kind: str, letter: str, **fields: Any) -> Question:
    """A question of this kind with a word in each field; ``letter`` tells the forms apart."""
    if kind not in ALL_MAKERS:
        raise NoFixtureError(f"{kind}: add a maker to tests/factories.py")
    question: Any = ALL_MAKERS[kind](code=f"{kind}-{letter}", **fields)
    rows = [row for relation in question.prefetch for row in getattr(question, relation).all()]
    for record in (question, *rows):
        for field in _texts(record):
            setattr(record, field.name, _marked(record, field, kind, letter))
        record.save()
    for name, lines in type(question).line_fields.items():
        setattr(question, name, _lines(name, lines, getattr(question, name), kind, letter))
    question.citations = [{"ref": word(kind, letter, "citation"), "status": "ok"}]
    if isinstance(getattr(question, "answer", None), int | Decimal) and kind == "numeric":
        question.answer = SECRET_NUMBER
    question.save()
    return question


def plant_draft(question: Question, letter: str) -> None:
    """An unpublished change of a question: other words in all its texts; what is published stays."""
    draft: Any = Question.objects.get(pk=question.pk)
    rows = [row for relation in draft.prefetch for row in getattr(draft, relation).all()]
    for record in (draft, *rows):
        for field in _texts(record):
            if getattr(record, field.name):
                setattr(record, field.name, word(draft.kind, letter, field.name))
    for relation in draft.prefetch:
        own = [row for row in rows if row._meta.model is getattr(draft, relation).model]
        getattr(draft, relation).set(own)
    draft.save_revision(clean=False)


def plant_form(assessment: Assessment, letter: str, **fields: Any) -> AssessmentForm:
    """A form with a question of each registered kind, in every one of them canaries."""
    form = AssessmentForm.objects.create(assessment=assessment, letter=letter if letter in "AB" else "A")
    for position, kind in enumerate(kinds(), start=1):
        FormItem.objects.create(form=form, question=plant(kind, letter, **fields), position=position)
    return form


def word(kind: str, letter: str, name: str) -> str:
    return f"KENARI_{kind}_{letter}_{name}_Z"


def found_in(text: str) -> set[tuple[str, str]]:
    """Words of canaries in a text: the letter of the form, and the field."""
    words = {(letter, field) for _kind, letter, field in WORD.findall(text)}
    return words | ({("?", "number")} if NUMBER.search(text) else set())


def planted(question: Question) -> set[str]:
    """The fields of a question that hold a word."""
    rows = [row for relation in question.prefetch for row in getattr(question, relation).all()]
    text = json.dumps([model_values(record) for record in (question, *rows)], default=str)
    return {field for _letter, field in found_in(text)}


def model_values(record: models.Model) -> dict[str, Any]:
    return {field.name: getattr(record, field.attname) for field in record._meta.concrete_fields}


def allowed_at(level: int, *, own: str) -> set[tuple[str, str]]:
    """What may be seen of the form ``own`` by who has handed it in, at a level of review."""
    fields = set(SHOWN)
    if level >= ReviewLevel.FEEDBACK:
        fields |= FEEDBACK
    if level >= ReviewLevel.KEY:
        fields |= KEY
    return {(own, field) for field in fields} | ({("?", "number")} if level >= ReviewLevel.KEY else set())


def _texts(record: models.Model) -> Iterator[Any]:
    for field in record._meta.concrete_fields:
        is_text = isinstance(field, models.CharField | models.TextField) and not field.choices
        if is_text and (field.max_length or 500) >= _SHORTEST and field.name not in ("code", "pair", "bank"):
            yield field


def _marked(record: Any, field: Any, kind: str, letter: str) -> str:
    """The word; behind what was there already where a participant reads it, so that options differ."""
    before = getattr(record, field.name)
    # A pair without a left side is a distractor.
    if field.name == "left" and not before:
        return ""
    mark = word(kind, letter, field.name)
    return f"{before} {mark}".strip() if field.name in SHOWN else mark


def _lines(name: str, lines: Lines, rows: list[dict[str, str]], kind: str, letter: str) -> Any:
    """The rows, or one where there is none, with words behind their texts; numbers stay numbers."""
    parts = [part for part in (lines.first, lines.second) if part]
    return [
        {**row, **{part: _line(name, part, row.get(part, ""), kind, letter) for part in parts}}
        for row in rows or [{lines.first: ANSWER}]
    ]


def _line(name: str, part: str, before: str, kind: str, letter: str) -> str:
    if before.isdigit():
        return before
    # "why" is told to who gave that answer; other texts are named by the list that they stand in.
    return f"{before} {word(kind, letter, part if part == 'why' else f'{name}_{part}')}".strip()
