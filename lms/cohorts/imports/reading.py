"""From the cells of a row to what is known of a person, or to the reasons why the row cannot be taken."""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from lms.cohorts.imports import values
from lms.cohorts.imports.columns import Column
from lms.cohorts.imports.sheet import Sheet
from lms.people.models import Village
from lms.people.names import plain


@dataclass(frozen=True, slots=True)
class Rules:
    """What holds for all rows of a list: which column is what, and what is taken where a cell is empty."""

    columns: Sequence[Column]
    village: Village
    on: datetime.date
    element: str = ""
    keeps_access_needs: bool = False

    @property
    def used(self) -> set[Column]:
        unread = {Column.UNREAD} | (set() if self.keeps_access_needs else {Column.ACCESS_NEEDS})
        return set(self.columns) - unread

    @property
    def missing(self) -> list[str]:
        """What no column says although nobody can be added without it."""
        missing = [Column.FULL_NAME] if Column.FULL_NAME not in self.used else []
        if not self.used & {Column.SEX, Column.FEMALE, Column.MALE}:
            missing.append(Column.SEX)
        return [str(column.label) for column in missing]


@dataclass(slots=True)
class Facts:
    """What a row says; ``problems`` are the reasons why nobody can be added from it."""

    number: int
    full_name: str
    values: dict[str, Any] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def read(self, name: str, reading: Callable[..., Any], *cells: Any) -> None:
        """Take what ``reading`` makes of the cells, or note why it refuses them."""
        try:
            self.values[name] = reading(*cells)
        except ValidationError as error:
            self.problems += error.messages


class Villages:
    """Villages by name; of several with one name the training's own is meant."""

    def __init__(self, own: Village, *, are_named: bool) -> None:
        self._own = own
        self._by_name: dict[str, list[Village]] = {}
        for village in Village.objects.order_by("pk") if are_named else ():
            self._by_name.setdefault(_village_key(village.name), []).append(village)

    def find(self, written: str) -> Village:
        if not values.optional(written) or _village_key(written) == _village_key(self._own.name):
            return self._own
        found = self._by_name.get(_village_key(written), [])
        if len(found) == 1:
            return found[0]
        text = (
            _("There are several villages “%(name)s”. Leave the cell empty and correct the village later.")
            if found
            else _("The village “%(name)s” is not known. Add it under Villages, or correct the name.")
        )
        raise ValidationError(text, params={"name": written[:60]})


def _village_key(name: str) -> str:
    words = plain(name).replace(".", " ").split()
    while len(words) > 1 and words[0] in ("desa", "ds", "kelurahan", "kel"):
        words.pop(0)
    return "".join(words)


def read_rows(sheet: Sheet, rules: Rules) -> list[Facts]:
    """Every row of a list that names somebody or should."""
    villages = Villages(rules.village, are_named=Column.VILLAGE in rules.used)
    places = {column: place for place, column in enumerate(rules.columns) if column in rules.used}
    return [
        _facts(number, {column: cells[place] for column, place in places.items()}, rules, villages)
        for number, cells in sheet.rows
    ]


def _facts(number: int, cells: dict[Column, str], rules: Rules, villages: Villages) -> Facts:
    name = values.optional(cells.get(Column.FULL_NAME, ""))
    facts = Facts(number, name)
    facts.read("full_name", _name, name)
    if not name:
        return facts
    ticks = cells.get(Column.FEMALE, ""), cells.get(Column.MALE, "")
    facts.read("sex", values.read_sex, cells.get(Column.SEX, ""), *ticks)
    facts.read("age_band", values.read_age, cells.get(Column.AGE, ""), rules.on)
    facts.read("village", villages.find, cells.get(Column.VILLAGE, ""))
    facts.read("element", _element, cells, rules)
    for column in (Column.CERTIFICATE_NAME, Column.ROLE, Column.DUSUN, Column.ACCESS_NEEDS):
        facts.values[column.value] = values.optional(cells.get(column, ""))
    if Column.CONSENT in cells:
        facts.read("consent", values.check_consent, cells[Column.CONSENT])
    facts.values.pop("consent", None)
    return facts


def _name(name: str) -> str:
    values.check_name(name)
    return name


def _element(cells: dict[Column, str], rules: Rules) -> str:
    written = values.optional(cells.get(Column.ELEMENT, ""))
    role = values.optional(cells.get(Column.ROLE, ""))
    found = values.read_element(written) or values.read_element(role) or rules.element
    if not found:
        raise ValidationError(
            _("The element (unsur) cannot be told from “%(text)s”. Choose above what such rows are.")
            if written or role
            else _("The element (unsur) is missing. Choose above what such rows are."),
            params={"text": (written or role)[:40]},
        )
    return found
