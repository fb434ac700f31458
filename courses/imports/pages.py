"""Put what files say into Wagtail pages, and never over what a person has changed.

A page belongs to its file until a person saves, unpublishes, deletes or otherwise changes it; from then on
it belongs to the person, whatever becomes of the file. How that is known:

- ``source_hash`` on the page is the fingerprint of what the loader wrote. Content with another fingerprint
  was changed, by whatever road.
- A newest revision with a user is a save in the admin (a return to an older version, too).
- A page that is not live, or that has a draft, is in somebody's hands.
- Wagtail's page history keeps a line for each load. A page that has one but is no longer there was deleted.
"""

import hashlib
import json
import uuid
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.coreutils import find_available_slug
from wagtail.fields import StreamField
from wagtail.log_actions import log
from wagtail.models import Locale, Page, PageLogEntry
from wagtail.signal_handlers import disable_reference_index_auto_update

from assessments.imports import BankReport
from assessments.models import LegalBasis
from courses.checker import Problem
from courses.imports.markdown import NAMESPACE

LOADED = "courses.load"


@dataclass(frozen=True, slots=True)
class PageSource:
    """What the files say of one page in one language.

    ``key`` names the page whatever its language. ``fields`` are stored values: a StreamField as raw data,
    a many-to-many field as the sorted codes (citations, for law) of its records.
    """

    key: str
    language: str
    model: type[Page]
    slug: str
    fields: dict[str, Any]

    @property
    def translation_key(self) -> uuid.UUID:
        return uuid.uuid5(NAMESPACE, self.key)

    @property
    def name(self) -> str:
        return f"{self.key} ({self.language})"


@dataclass(slots=True)
class Tally:
    """What a run did, by name. ``kept``: left as a person made it, with the reason."""

    created: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    kept: list[tuple[str, str]] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        return {
            "created": len(self.created),
            "updated": len(self.updated),
            "unchanged": len(self.unchanged),
            "kept": len(self.kept),
        }


@dataclass(slots=True)
class LoadReport(Tally):
    """What a run did with pages, terms of the glossary and questions; ``problems`` only if it was a check."""

    bank: BankReport = field(default_factory=BankReport)
    terms: Tally = field(default_factory=Tally)
    lessons: int = 0
    problems: list[Problem] = field(default_factory=list)

    @property
    def has_changes(self) -> bool:
        terms = self.terms
        return bool(self.created or self.updated or terms.created or terms.updated or self.bank.added)


class PageLoader:
    """Creates and updates pages from sources; keeps the report."""

    def __init__(self) -> None:
        self.report = LoadReport()
        self._locales: dict[str, Locale] = {}
        entries = PageLogEntry.objects.filter(action=LOADED).values_list("data", flat=True)
        self._loaded_before = {data["source"] for data in entries}

    def locale(self, language: str) -> Locale:
        if language not in self._locales:
            self._locales[language], _created = Locale.objects.get_or_create(language_code=language)
        return self._locales[language]

    def place(
        self, source: PageSource, *, parent: Page, after: Page | None = None, in_order: bool = True
    ) -> Page | None:
        """The page of a source: created below ``parent``, brought up to date, or left alone.

        A new page comes right behind ``after`` (None: first), or last of all if the order is free. Pages
        that are there keep the place that people gave them. None if a person has deleted the page.
        """
        page = self._find(source)
        if page is None:
            return self._create(source, parent, after, in_order)
        wanted = fingerprint(source.fields)
        taken = _taken_over(page, source)
        if taken:
            self.report.kept.append((source.name, taken))
        elif page.source_hash == wanted:
            self.report.unchanged.append(source.name)
        else:
            self._write(page, source, wanted)
            self.report.updated.append(source.name)
        return page

    def _find(self, source: PageSource) -> Page | None:
        return (
            source.model.objects.select_related("latest_revision")
            .filter(translation_key=source.translation_key, locale=self.locale(source.language))
            .first()
        )

    def _create(self, source: PageSource, parent: Page, after: Page | None, in_order: bool) -> Page | None:
        if source.name in self._loaded_before:
            self.report.kept.append((source.name, _("deleted in the admin")))
            return None
        # Tree positions held in memory age with every insertion, so they are read anew.
        parent = Page.objects.get(pk=parent.pk)
        plain = {
            name: value for name, value in source.fields.items() if not _is_composite(source.model, name)
        }
        page = source.model(
            locale=self.locale(source.language),
            translation_key=source.translation_key,
            slug=find_available_slug(parent, source.slug),
            live=False,
            **plain,
        )
        with disable_reference_index_auto_update():
            parent.add_child(instance=page)
        if in_order:
            _move_behind(page, parent, after)
        self._write(page, source, fingerprint(source.fields))
        self.report.created.append(source.name)
        return page

    def _write(self, page: Page, source: PageSource, wanted: str) -> None:
        for name, value in source.fields.items():
            setattr(page, name, _loaded_value(source, name, value))
        page.source_hash = wanted
        # Wagtail indexes at each save; publishing, the last one, is enough.
        with disable_reference_index_auto_update():
            revision = page.save_revision()
        revision.publish(log_action=False)
        log(instance=page, action=LOADED, data={"source": source.name})


def fingerprint(fields: dict[str, Any]) -> str:
    """SHA-256 over stored values. Empty ones do not count: a field added later makes no page look edited."""
    said = {name: value for name, value in fields.items() if value not in ("", [], None)}
    return hashlib.sha256(json.dumps(said, sort_keys=True, default=str).encode()).hexdigest()


def _taken_over(page: Page, source: PageSource) -> str | None:
    """Why a page no longer belongs to its file, or None."""
    if page.alias_of_id is not None:
        return _("mirrors another page")
    if not page.live:
        return _("unpublished in the admin")
    if page.has_unpublished_changes:
        return _("has a draft in the admin")
    saved_by_a_person = page.latest_revision is not None and page.latest_revision.user_id is not None
    stored = {name: _stored_value(page, name) for name in source.fields}
    if saved_by_a_person or fingerprint(stored) != page.source_hash:
        return _("edited in the admin")
    return None


def _is_composite(model: type[Page], name: str) -> bool:
    """A field that is not simply set when the page is made."""
    field_ = model._meta.get_field(name)
    return field_.many_to_many or isinstance(field_, StreamField)


def _stored_value(page: Page, name: str) -> Any:
    field_ = page._meta.get_field(name)
    if field_.many_to_many:
        code = _code_of(field_.related_model)
        return sorted(getattr(record, code) for record in getattr(page, name).all())
    value = getattr(page, name)
    return list(value.raw_data) if isinstance(field_, StreamField) else value


def _loaded_value(source: PageSource, name: str, value: Any) -> Any:
    field_ = source.model._meta.get_field(name)
    if isinstance(field_, StreamField):
        return field_.stream_block.to_python(value)
    if not field_.many_to_many:
        return value
    code = _code_of(field_.related_model)
    records = list(field_.related_model.objects.filter(**{f"{code}__in": value}))
    unknown = set(value) - {getattr(record, code) for record in records}
    if unknown:
        raise ValidationError(
            _("%(page)s: there is no %(codes)s in the question bank."),
            code="malformed",
            params={"page": source.name, "codes": ", ".join(sorted(unknown))},
        )
    return records


def _code_of(model: Any) -> str:
    """The field by which files name a record."""
    return "citation" if model is LegalBasis else "code"


def _move_behind(page: Page, parent: Page, after: Page | None) -> None:
    """A page that comes later than its neighbours was added last; bring it to its place among them."""
    before = parent.get_children().exclude(pk=page.pk)
    if after is None:
        target, position = before.first(), "left"
    else:
        target, position = before.filter(pk=after.pk).first(), "right"
    if target is None or (position == "right" and target.get_next_sibling().pk == page.pk):
        return
    page.move(target, pos=position)
    page.refresh_from_db()
