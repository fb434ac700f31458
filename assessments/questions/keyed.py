"""Letters beside options on paper and on the page, and reading them back from what was typed off a sheet."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# Stands for a place that was left empty among others: C-B.
GAP = "-"
_BETWEEN = str.maketrans("", "", " ,.;/\t\n\r")


def letter(index: int) -> str:
    """A for the first, B for the second; two letters after Z."""
    return chr(ord("A") + index) if index < 26 else letter(index // 26 - 1) + letter(index % 26)


def bare(text: str) -> str:
    """What was typed, in capitals, without the spaces, commas and full stops between letters."""
    return text.upper().translate(_BETWEEN)


def read_letters(text: str, options: Sequence[str], *, hint: str) -> list[str]:
    """The options that the letters of ``text`` stand for, in the order typed; GAP becomes "".

    Raises ValidationError (code ``invalid``) that gives ``hint`` as the example.
    """
    by_letter = {letter(index): option for index, option in enumerate(options)} | {GAP: ""}
    typed = list(bare(text))
    if any(sign not in by_letter for sign in typed):
        raise not_understood(hint)
    return [by_letter[sign] for sign in typed]


def write_letters(chosen: Sequence[str], options: Sequence[str]) -> str:
    """The letters of what was chosen, in that order; "" and options that are not there become GAP."""
    letters = {option: letter(index) for index, option in enumerate(options)}
    return "".join(letters.get(option, GAP) for option in chosen)


def not_understood(hint: str) -> ValidationError:
    """The refusal of what was typed off a sheet."""
    return ValidationError(
        _("This cannot be read. Type it as in this example: %(hint)s"), code="invalid", params={"hint": hint}
    )


def printed(
    hint: Any, answer: str, *, cells: int = 0, lists: Sequence[dict[str, Any]] = ()
) -> dict[str, Any]:
    """The dict that ``print_block`` returns."""
    return {"hint": str(hint), "lists": list(lists), "answer": answer, "cells": cells}


def printed_list(rows: Sequence[dict[str, Any]], labels: Sequence[str], title: Any = "") -> dict[str, Any]:
    """One list of ``print_block``: rows of a payload (``text``, perhaps ``image``) with their labels."""
    return {
        "title": str(title),
        "rows": [
            {"label": label, "text": row["text"], "image": row.get("image")}
            for label, row in zip(labels, rows, strict=True)
        ],
    }
