"""The files of a question bank as records that can name themselves. No database."""

from collections import Counter
from pathlib import Path
from typing import Any

import yaml
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from assessments.bank_item import BankItem

# What the ids of practice questions begin with: a person who reads a code sees that it is no test item.
PRACTICE_PREFIX = "P-"
# These only make sense in a test with parallel forms.
_OF_TESTS = ("pair", "form", "core")


def read(path: Path) -> Any:
    """What a YAML file says. Raises ValidationError (code ``bank``)."""
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise wrong(_("%(file)s is missing.") % {"file": path.name}) from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise wrong(f"{path.name}: {error}") from error


def entries(data: Any, file: str, name: str) -> list[BankItem]:
    """The records of a file, each named by its code. Refuses a code that stands twice."""
    if not isinstance(data, list):
        raise wrong(_("%(file)s must hold a list.") % {"file": file})
    found = [BankItem(entry, f"{file} {n}") for n, entry in enumerate(data, start=1)]
    codes = Counter(entry.text(name) for entry in found)
    twice = [code for code, number in codes.items() if number > 1]
    if twice:
        raise wrong(_("%(file)s has %(codes)s twice.") % {"file": file, "codes": ", ".join(twice)})
    return [BankItem(entry.data, entry.text(name)) for entry in found]


def items_of(path: Path) -> list[BankItem]:
    """The questions of a file, as a list or below ``items``."""
    data = read(path)
    return entries(data.get("items") if isinstance(data, dict) else data, path.name, "id")


def practice_items(folder: Path) -> list[BankItem]:
    """The questions of ``practice/*.yaml`` below a bank's folder, which need not be there.

    Refused are ids that do not begin with ``P-``, ids that stand in two files, questions that belong to no
    lesson, and what only a test has.
    """
    found: dict[str, BankItem] = {}
    for path in sorted((folder / "practice").glob("*.yaml")):
        for item in items_of(path):
            if not item.where.startswith(PRACTICE_PREFIX):
                raise item.wrong("id", _("must begin with %(prefix)s") % {"prefix": PRACTICE_PREFIX})
            if item.where in found:
                raise wrong(_("%(code)s stands in two files of practice.") % {"code": item.where})
            item.text("lesson")
            for field in _OF_TESTS:
                if item.data.get(field) is not None:
                    raise item.wrong(field, _("belongs to tests and must be left out of practice"))
            found[item.where] = item
    return list(found.values())


def wrong(*messages: str) -> ValidationError:
    """The refusal of a file, one message a problem."""
    return ValidationError([ValidationError(message, code="bank") for message in messages])
