"""Read the files of the register. No database: what is wrong is found before anything is written."""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import yaml
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from assessments.citations import Citation, Rule, parse_citation, parse_rule
from assessments.enums import Known

# The one in C reads a register of this size five times as fast; both read plain data only.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DATES = ("valid_from", "valid_to", "checked_on", "recheck_on")


@dataclass(frozen=True, slots=True)
class BasisSource:
    """What the files say of one provision."""

    FIELDS: ClassVar[tuple[str, ...]] = (
        *("summary", "summary_en", "valid_from", "valid_to", "known", "needs_check", "source"),
        *("checked_on", "recheck_on", "note", "local_note"),
    )

    citation: Citation
    fields: dict[str, Any]
    replaces: list[str]

    @property
    def stored(self) -> dict[str, Any]:
        return {**self.fields, "replaces": self.replaces}


@dataclass(frozen=True, slots=True)
class RegulationSource:
    """What a file says of one regulation, with its provisions."""

    FIELDS: ClassVar[tuple[str, ...]] = (
        *(
            "title",
            "title_en",
            "valid_from",
            "valid_to",
            "known",
            "needs_check",
            "source",
            "checked_on",
            "note",
        ),
    )

    rule: Rule
    fields: dict[str, Any]
    revoked_by: Rule | None
    bases: list[BasisSource]

    @property
    def stored(self) -> dict[str, Any]:
        return {**self.fields, "revoked_by": str(self.revoked_by or "")}


def read_register(folder: Path) -> list[RegulationSource]:
    """All regulations below ``folder``. Raises ValidationError (code ``bank``), one message a problem."""
    problems: list[str] = []
    found = [source for file in sorted(folder.glob("*.yaml")) if (source := _read(file, problems))]
    problems += _stand_twice(found)
    if problems:
        raise ValidationError([ValidationError(text, code="bank") for text in problems])
    return found


def _stand_twice(found: list[RegulationSource]) -> Iterator[str]:
    seen: set[str] = set()
    names = [f"regulation {source.rule}" for source in found]
    names += [str(basis.citation) for source in found for basis in source.bases]
    for name in names:
        if name in seen:
            yield _("%(name)s stands twice in the register.") % {"name": name}
        seen.add(name)


def _read(file: Path, problems: list[str]) -> RegulationSource | None:
    try:
        data = yaml.load(file.read_text(encoding="utf-8"), Loader=_LOADER)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        problems.append(f"{file.name}: {error}")
        return None
    entry = _Entry(file.name, data, problems)
    rule = parse_rule(entry.text("regulation"))
    if rule is None:
        entry.complain("regulation", _("must be a regulation, for example PP 16/2026"))
        return None
    revoked_by = entry.text("revoked_by", default="")
    by = parse_rule(revoked_by) if revoked_by else None
    if revoked_by and by is None:
        entry.complain("revoked_by", _("must be a regulation, for example PP 16/2026"))
    fields = entry.fields(RegulationSource.FIELDS, required=("title",))
    if by is not None and fields["valid_to"] is None:
        entry.complain("valid_to", _("must be the last day on which it was in force"))
    # Bases take from their file what they do not say themselves; a rule of its own that ended says it itself.
    common = {name: fields[name] for name in ("known", "needs_check", "source", "checked_on")}
    common["recheck_on"] = entry.date("recheck_on")
    bases = [_basis(each, common, rule) for each in entry.rows("bases")]
    entry.refuse_others({"regulation", "revoked_by", "recheck_on", "bases", *RegulationSource.FIELDS})
    return RegulationSource(rule, fields, by, [basis for basis in bases if basis is not None])


def _basis(entry: "_Entry", common: dict[str, Any], rule: Rule) -> BasisSource | None:
    cite = entry.text("cite")
    citation = parse_citation(cite)
    if citation is None or citation.rule != rule or str(citation) != cite:
        entry.complain("cite", _("must be one citation of %(rule)s, as in the guide") % {"rule": rule})
        return None
    entry.where = f"{entry.where} {cite}"
    replaces = entry.texts("replaces")
    for each in replaces:
        if parse_citation(each) is None or str(parse_citation(each)) != each:
            entry.complain("replaces", _("must be citations"))
    fields = entry.fields(BasisSource.FIELDS, required=("summary",), common=common)
    entry.refuse_others({"cite", "replaces", *BasisSource.FIELDS})
    return BasisSource(citation, fields, sorted(replaces))


class _Entry:
    """A record of a file, field by field; what is wrong with it is told, not raised."""

    def __init__(self, where: str, data: Any, problems: list[str]) -> None:
        self.where = where
        self._problems = problems
        self._data: Mapping[str, Any] = data if isinstance(data, Mapping) else {}
        if not isinstance(data, Mapping):
            self.complain("", _("must be a list of fields and values"))

    def complain(self, name: str, what: str) -> None:
        self._problems.append(f"{self.where}: {name} {what}." if name else f"{self.where}: {what}.")

    def text(self, name: str, default: str | None = None) -> str:
        value = self._data.get(name, default)
        if not isinstance(value, str) or (default is None and not value.strip()):
            self.complain(name, _("must be a text"))
            return ""
        return " ".join(value.split()) if "\n" not in value.strip() else value.strip()

    def texts(self, name: str) -> list[str]:
        """One text or a list of them."""
        value = self._data.get(name) or []
        listed = [value] if isinstance(value, str) else value
        if not isinstance(listed, list) or not all(isinstance(each, str) for each in listed):
            self.complain(name, _("must be a text"))
            return []
        return listed

    def date(self, name: str) -> datetime.date | None:
        value = self._data.get(name)
        if value is not None and not isinstance(value, datetime.date):
            self.complain(name, _("must be a date such as 2026-11-24"))
            return None
        return value

    def rows(self, name: str) -> list["_Entry"]:
        value = self._data.get(name) or []
        if not isinstance(value, list):
            self.complain(name, _("must be a list"))
            return []
        return [_Entry(f"{self.where}, {name} {n}:", each, self._problems) for n, each in enumerate(value, 1)]

    def fields(
        self, names: tuple[str, ...], *, required: tuple[str, ...], common: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        """The values of a record, those of ``common`` where it says nothing."""
        given = common or {}
        found: dict[str, Any] = {}
        for name in names:
            if name not in self._data and name in given:
                found[name] = given[name]
            elif name in _DATES:
                found[name] = self.date(name)
            elif name == "needs_check":
                found[name] = self._flag(name)
            elif name == "known":
                found[name] = self._known()
            else:
                found[name] = self.text(name, default=None if name in required else "")
        return found

    def refuse_others(self, allowed: set[str]) -> None:
        for name in sorted(set(map(str, self._data)) - allowed):
            self.complain(name, _("is not known"))

    def _flag(self, name: str) -> bool:
        value = self._data.get(name, False)
        if not isinstance(value, bool):
            self.complain(name, _("must be true or false"))
            return False
        return value

    def _known(self) -> str:
        value = self.text("known")
        if value not in Known.values:
            self.complain("known", _("must be one of %(kinds)s") % {"kinds": ", ".join(Known.values)})
            return Known.MEMORY
        return value
