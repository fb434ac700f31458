"""The glossary: terms from ``glossary.yaml``, and the page that lists them. Edits of people stay.

A term belongs to its file until somebody changes or deletes it, like a page (``courses.imports.pages``):
known from its fingerprint, and from the line that each load leaves in the history of the term.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from courses.imports.pages import LOADED, PageSource, Tally, fingerprint
from courses.imports.sources import SOURCE, TRANSLATION
from courses.models import GlossaryPage, GlossaryTerm

FILE = "glossary.yaml"
_REQUIRED = ("slug", "term", "meaning")
_FIELDS = ("slug", "term", "expansion", "meaning", "term_en", "meaning_en", "bunak", "tetun")
PAGES = {
    SOURCE: (
        "istilah",
        "Istilah",
        "<p>Kata yang mungkin baru bagi Anda, masing-masing dengan satu kalimat sederhana.</p>",
    ),
    TRANSLATION: (
        "glossary",
        "Glossary",
        "<p>Words that may be new to you, each with one plain sentence.</p>",
    ),
}


def read_glossary(folder: Path) -> list[dict[str, str]]:
    """The terms of a curriculum; none without a file. Raises ValidationError (code "malformed")."""
    file = folder / FILE
    if not file.exists():
        return []
    try:
        rows = yaml.safe_load(file.read_text(encoding="utf-8")) or []
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise _malformed(_("Not valid YAML: %(problem)s.") % {"problem": error}) from error
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise _malformed(_("Not a list of terms."))
    terms = [_term(number, row) for number, row in enumerate(rows, start=1)]
    slugs = [term["slug"] for term in terms]
    for slug in sorted({slug for slug in slugs if slugs.count(slug) > 1}):
        raise _malformed(_("“%(term)s” is there twice.") % {"term": slug})
    return terms


def _term(number: int, row: dict[str, Any]) -> dict[str, str]:
    term = {name: str(row.get(name) or "").strip() for name in _FIELDS}
    unknown = set(row) - set(_FIELDS)
    place = term["slug"] or str(number)
    if unknown:
        params = {"term": place, "field": sorted(unknown)[0]}
        raise _malformed(_("%(term)s: “%(field)s” is not a field of a term.") % params)
    for name in _REQUIRED:
        if not term[name]:
            raise _malformed(_("%(term)s: “%(field)s” is missing.") % {"term": place, "field": name})
    try:
        GlossaryTerm(**term).clean_fields()
    except ValidationError as error:
        raise _malformed(f"{place}: {'; '.join(error.messages)}") from error
    return term


def _malformed(problem: str) -> ValidationError:
    return ValidationError(f"{FILE}: {problem}", code="malformed")


def load_glossary(report: Tally, terms: list[dict[str, str]]) -> None:
    """Bring the terms up to their file. A constant number of queries when nothing changed."""
    known = {term.slug: term for term in GlossaryTerm.objects.all()}
    entries = ModelLogEntry.objects.filter(action=LOADED, content_type__app_label="courses")
    loaded_before = {data.get("source") for data in entries.values_list("data", flat=True)}
    for wanted in terms:
        name = f"glossary/{wanted['slug']}"
        term = known.get(wanted["slug"])
        if term is None and name in loaded_before:
            report.kept.append((name, _("deleted in the admin")))
        elif term is None:
            _write(GlossaryTerm(), wanted, name)
            report.created.append(name)
        elif fingerprint({field: getattr(term, field) for field in _FIELDS}) != term.source_hash:
            report.kept.append((name, _("edited in the admin")))
        elif term.source_hash == fingerprint(wanted):
            report.unchanged.append(name)
        else:
            _write(term, wanted, name)
            report.updated.append(name)


def glossary_pages() -> Iterator[PageSource]:
    """The page that lists the terms, in both languages."""
    for language, (slug, title, intro) in PAGES.items():
        yield PageSource(
            key="glossary",
            language=language,
            model=GlossaryPage,
            slug=slug,
            fields={"title": title, "intro": intro},
        )


def _write(term: GlossaryTerm, wanted: dict[str, str], name: str) -> None:
    for field, value in wanted.items():
        setattr(term, field, value)
    term.source_hash = fingerprint(wanted)
    term.save()
    log(instance=term, action=LOADED, data={"source": name})
