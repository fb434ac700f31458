"""What ``0005_law_of_lessons`` does with the citations that lessons had as JSON. Frozen with it.

A citation becomes a record of the register, made from what the lesson said of it if there is none; the loader
of the register takes over what stands in its files. Lessons that still are as their files made them keep a
right fingerprint, so that they go on following their files.
"""

import datetime
import hashlib
import json
from typing import Any

from assessments.citations import Citation, Rule, citations_in

_FIELDS = ("title", "code", "outcome_text", "minutes", "guide_minutes", "guide_materials", "guide_preparation")


def point_at_the_register(apps: Any, schema_editor: Any) -> None:
    register = _Register(apps)
    pages = apps.get_model("courses", "LessonPage")
    for page in pages.objects.exclude(legal_basis=[]):
        followed = page.source_hash and page.source_hash == _fingerprint(page, legal_basis=page.legal_basis)
        bases = [basis for entry in page.legal_basis for basis in register.of_entry(entry)]
        links = pages.legal_bases.through.objects
        known = {basis.citation: basis.pk for basis in bases}
        links.bulk_create(
            pages.legal_bases.through(lessonpage_id=page.pk, legalbasis_id=pk) for pk in known.values()
        )
        if followed:
            fresh = _fingerprint(page, legal_bases=sorted(known))
            pages.objects.filter(pk=page.pk).update(source_hash=fresh)
    # PostgreSQL refuses to alter a table while rows wait for their foreign keys to be looked at.
    schema_editor.connection.check_constraints()


def _fingerprint(page: Any, **law: Any) -> str:
    values = {name: getattr(page, name) for name in _FIELDS}
    values["outcomes"] = sorted(page.outcomes.values_list("code", flat=True))
    values |= {name: list(getattr(page, name).raw_data) for name in ("body", "guide")}
    said = {name: value for name, value in {**values, **law}.items() if value not in ("", [], None)}
    return hashlib.sha256(json.dumps(said, sort_keys=True, default=str).encode()).hexdigest()


class _Register:
    def __init__(self, apps: Any) -> None:
        self._regulations = apps.get_model("assessments", "Regulation").objects
        self._bases = apps.get_model("assessments", "LegalBasis")

    def of_entry(self, entry: Any) -> list[Any]:
        """The records of one entry, a record or a citation. What cannot be read is no law and is left out."""
        said = entry if isinstance(entry, dict) else {"cite": entry}
        found = [self._basis(place, said) for place in citations_in(str(said.get("cite", "")))]
        for old in citations_in(str(said.get("replaces") or "")):
            former = self._basis(old, {"note": "Aturan lama yang sudah diganti."})
            for basis in found:
                through = self._bases.replaces.through.objects
                through.get_or_create(from_legalbasis_id=basis.pk, to_legalbasis_id=former.pk)
        return found

    def _basis(self, place: Citation, said: dict[str, Any]) -> Any:
        known = said.get("status")
        fields = {
            "regulation": self._regulation(place.rule),
            "article": place.article,
            "part": place.part,
            "explanation": place.explanation,
            "amended_by": self._regulation(place.amended_by) if place.amended_by else None,
            "summary": str(said.get("note") or place),
            "known": known if known in ("verified", "secondary", "memory") else "memory",
            "needs_check": bool(said.get("needs_check")),
            "checked_on": _date(said.get("checked_on")),
        }
        return self._bases.objects.get_or_create(citation=str(place), defaults=fields)[0]

    def _regulation(self, rule: Rule) -> Any:
        name = {"kind": rule.kind, "number": rule.number, "year": rule.year}
        return self._regulations.get_or_create(**name, defaults={"title": str(rule)})[0]


def _date(value: Any) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(str(value))
    except ValueError:
        return None
