"""The file of right answers: a question and its letter a row, or a question a column."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from assessments.imports.reading import refuse
from lms.evaluation.imports.headings import item_key
from lms.evaluation.imports.opening import open_table
from lms.evaluation.imports.scoring import letter_of

_ITEM_WORDS = frozenset({"item", "soal", "butir", "no", "nomor", "question", "pertanyaan"})


def read_key(file: Any) -> dict[str, str]:
    """Question -> right letter. Raises ValidationError if it is no key, or gives a question two letters."""
    try:
        rows = [cells for _number, cells in open_table(file).rows]
    except ValidationError as refusal:
        raise refuse(
            _("The key file cannot be read: %(why)s") % {"why": " ".join(refusal.messages)}, "key"
        ) from None
    if len(rows) == 2 and len(rows[0]) > 2:
        rows = [list(pair) for pair in zip(*rows, strict=True)]
    key: dict[str, str] = {}
    for item, letter in (_pair(cells) for cells in rows):
        if not letter:
            continue
        if key.get(item, letter) != letter:
            raise refuse(
                _("The key gives two answers for the question “%(item)s”.") % {"item": item[:40]}, "key"
            )
        key[item] = letter
    if not key:
        raise refuse(
            _("No key was found in the key file. It needs the columns item and key, for example q1 and B."),
            "key",
        )
    return key


def _pair(cells: list[str]) -> tuple[str, str]:
    """The question and its letter; no letter for a heading or for what is not one."""
    if len(cells) < 2 or not cells[0] or cells[0].casefold() in _ITEM_WORDS:
        return "", ""
    return item_key(cells[0]), letter_of(cells[1]) or ""
