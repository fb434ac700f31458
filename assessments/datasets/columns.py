"""The columns of our workbook of questions, and what stands in a cell. Shared by reading and writing it.

A column belongs to a model field, never to a kind: what two kinds call alike shares a column, and a field
that nobody gave a heading goes by its own name. The words are part of the file format and stay Indonesian.
"""

import json
import re
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import override

from assessments.datasets.content import own_fields, row_fields, row_models
from assessments.questions.base import Question
from assessments.questions.numeric import parse_number
from assessments.registry import kinds

SHEET = "Soal"
CODE, KIND, STEM, POINTS, KEY, OUTCOMES = "kode", "jenis", "soal", "poin", "kunci", "capaian"
FIRST = (CODE, KIND, STEM, POINTS, KEY)
# Columns that a workbook may have and that a file does not decide.
IGNORED = {"no", "versi", "bank", "bank soal", "keterangan"}
LEAST_OPTIONS = 6

_HEADINGS = {
    "stem": STEM,
    "points": POINTS,
    "answer": KEY,
    "accepted": KEY,
    "is_correct": KEY,
    "tolerance": "toleransi",
    "unit": "satuan",
    "solution": "pembahasan",
    "common_errors": "salah umum",
    "near_misses": "salah umum",
    "choose": "jumlah dipilih",
    "shuffle": "acak",
    "policy": "cara menilai",
    "rationale": "alasan",
    "feedback": "umpan balik",
    "image": "gambar",
    "audio": "suara",
    "topic": "topik",
    "lesson_code": "pelajaran",
    "pair": "pasangan soal",
    "form_letter": "bentuk",
    "bloom": "tingkat berpikir",
    "difficulty": "kesulitan",
    "stability": "kestabilan",
    "citations": "dasar hukum",
    "note": "catatan",
    "scale": "skala",
    "construct": "mengukur",
    "when": "kapan ditanyakan",
    "reverse": "arah terbalik",
    "rubric": "rubrik",
    "max_words": "paling banyak kata",
    "may_be_spoken": "boleh lisan",
    "ignore_case": "abaikan huruf besar",
    "ignore_punctuation": "abaikan tanda baca",
    "instructions": "petunjuk tugas",
}
_ROW_HEADINGS = {
    "text": "pilihan",
    "left": "pilihan",
    "right": "pasangan",
    "rationale": "alasan",
    "image": "gambar",
    "audio": "suara",
    "reverse": "arah terbalik",
}
LAST = (
    "umpan balik",
    "gambar",
    "suara",
    OUTCOMES,
    "topik",
    "pelajaran",
    "pasangan soal",
    "bentuk",
    "tingkat berpikir",
    "kesulitan",
    "kestabilan",
    "dasar hukum",
    "catatan",
)
_YES = {"ya", "benar", "true", "1", "y", "b", "x", "betul"}
_NO = {"tidak", "salah", "false", "0", "t", "n", "s", "bukan"}


def heading(field: models.Field[Any, Any]) -> str:
    """The column of a field of questions."""
    return _HEADINGS.get(field.name, field.name)


def row_heading(field: models.Field[Any, Any], place: int, relation: str, *, first: bool) -> str:
    """The column of a field of the option at ``place``. Further tables of a kind name themselves."""
    word = _ROW_HEADINGS.get(field.name, field.name)
    return f"{word if first else f'{relation} {word}'} {letter(place)}"


def letter(place: int) -> str:
    """A for 0, Z for 25, AA for 26."""
    return chr(ord("A") + place) if place < 26 else letter(place // 26 - 1) + letter(place % 26)


def is_key(field: models.Field[Any, Any]) -> bool:
    """Whether options say by this flag that they are right: told as letters in one column."""
    return field.name == "is_correct"


def own_headings(model: type[Question]) -> list[str]:
    return [name for name in map(heading, own_fields(model)) if name != KEY]


def option_headings(options: dict[str, int]) -> list[str]:
    """Columns of options for all kinds: ``options`` says how many places each relation needs at least."""
    names: dict[str, None] = {}
    tables = [
        (relation, row_model, number == 0)
        for model in kinds().values()
        for number, (relation, row_model) in enumerate(row_models(model).items())
    ]
    firsts = max([LEAST_OPTIONS, *(options.get(relation, 0) for relation, _model, first in tables if first)])
    for place in range(firsts):
        for relation, row_model, first in tables:
            if first or place < options.get(relation, 2):
                for field in row_fields(row_model):
                    if not is_key(field):
                        names.setdefault(row_heading(field, place, relation, first=first))
    return list(names)


def kind_names() -> dict[str, str]:
    """Kinds by what a cell may call them: the Indonesian name, the English one, or the word of bank files."""
    names = {}
    for kind, model in kinds().items():
        names[kind] = kind
        for language in ("id", "en"):
            with override(language):
                names[str(model.kind_label).casefold()] = kind
    return names


def kind_label(kind: str) -> str:
    with override("id"):
        return str(kinds()[kind].kind_label)


# What stands in a cell


def write_value(model: type[Question], field: models.Field[Any, Any], value: Any) -> str | int | float:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return ("benar" if value else "salah") if heading(field) == KEY else ("ya" if value else "tidak")
    if isinstance(value, Decimal):
        number = float(value)
        # What a spreadsheet cannot hold exactly is written out, as Indonesians write it.
        return number if Decimal(repr(number)) == value else f"{value.normalize():f}".replace(".", ",")
    if isinstance(field, models.JSONField):
        return _write_json(model, field, value)
    return value if isinstance(value, int) else str(value)


def read_value(model: type[Question], field: models.Field[Any, Any], cell: Any) -> Any:
    """The value of a filled cell. Raises ValidationError that says what is expected."""
    if isinstance(field, models.BooleanField):
        return _read_flag(cell)
    if isinstance(field, models.DecimalField):
        return _read_number(cell)
    if isinstance(field, models.IntegerField):
        return _read_whole(cell)
    if isinstance(field, models.JSONField):
        return _read_json(model, field, cell_text(cell))
    return _read_choice(field, cell_text(cell)) if field.choices else cell_text(cell)


def cell_text(cell: Any) -> str:
    """The text of a cell; a code like 101 that a spreadsheet took for a number is its digits."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "benar" if cell else "salah"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).replace("\r\n", "\n").strip()


def split_letters(cell: Any) -> list[str]:
    """``A``, ``A, C`` or ``A dan C``."""
    words = re.split(r"[\s,;/&+]+|\bdan\b", cell_text(cell).upper())
    return [word for word in words if word and word != "DAN"]


def split_codes(cell: Any) -> list[str]:
    return [code for code in re.split(r"[\s,;]+", cell_text(cell)) if code]


def _read_flag(cell: Any) -> bool:
    word = cell_text(cell).casefold()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise ValidationError(_("must be ya or tidak (for a key: benar or salah)"))


def _read_number(cell: Any) -> Decimal:
    try:
        if isinstance(cell, int | float) and not isinstance(cell, bool):
            return Decimal(repr(cell))
        return parse_number(cell_text(cell))
    except InvalidOperation:
        raise ValidationError(_("must be a number")) from None


def _read_whole(cell: Any) -> int:
    number = _read_number(cell)
    if number != number.to_integral_value() or abs(number) > 2_000_000_000:
        raise ValidationError(_("must be a whole number"))
    return int(number)


def _read_choice(field: models.Field[Any, Any], text: str) -> Any:
    wanted = text.casefold()
    for language in ("id", "en"):
        with override(language):
            for value, label in field.flatchoices:
                if wanted in (str(value).casefold(), str(label).casefold()):
                    return value
    allowed = ", ".join(str(value) for value, _label in field.flatchoices if value != "")
    raise ValidationError(_("must be one of: %(allowed)s") % {"allowed": allowed})


def _write_json(model: type[Question], field: models.Field[Any, Any], value: Any) -> str:
    lines = _lines(model, field.name, value)
    if lines is not None and _read_json(model, field, lines) == value:
        return lines
    return json.dumps(value, ensure_ascii=False) if value not in ([], {}) else ""


def _lines(model: type[Question], name: str, value: Any) -> str | None:
    """A list as lines, if it is one of texts or of records that the editor shows as lines."""
    if not isinstance(value, list):
        return None
    if all(isinstance(entry, str) for entry in value):
        return "\n".join(value)
    lines = model.line_fields.get(name)
    if lines is None or not all(isinstance(entry, dict) for entry in value):
        return None
    rows = ((str(row.get(lines.first, "")), str(row.get(lines.second, ""))) for row in value)
    return "\n".join(f"{first} | {second}" if second else first for first, second in rows)


def _read_json(model: type[Question], field: models.Field[Any, Any], text: str) -> Any:
    if text.startswith(("[", "{")):
        try:
            return json.loads(text)
        except (ValueError, RecursionError):
            pass  # a text that begins with a bracket
    written = [line.strip() for line in text.split("\n") if line.strip()]
    lines = model.line_fields.get(field.name)
    return written if lines is None else [_record(line, lines.first, lines.second) for line in written]


def _record(line: str, first: str, second: str) -> dict[str, str]:
    if not second:
        return {first: line}
    before, _bar, after = line.partition("|")
    return {first: before.strip(), second: after.strip()}


def rows_by_place(headings: Iterable[str]) -> list[str]:
    """The letters for which a workbook has columns, in their order."""
    found = {match[1] for name in headings if (match := re.fullmatch(r".+ ([A-Z]{1,2})", name))}
    return sorted(found, key=lambda letters: (len(letters), letters))
