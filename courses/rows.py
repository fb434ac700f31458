"""The pages of a course as plain rows: what outlines and ways through a course are drawn from.

Page objects cost ten times as much, and a course has some eighty of them in two languages.
"""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db.models import Q
from django.utils.encoding import escape_uri_path
from wagtail.models import Page

from courses.models import ModulePage, TextStamp

STEP = Page.steplen
# Seconds. The name of the site, which addresses begin with, is seen after this.
KEPT_FOR = 300


@dataclass(frozen=True, slots=True)
class PageRow:
    """A published page of a course: title and address, no text."""

    pk: int
    path: str
    depth: int
    title: str
    url_path: str
    translation_key: uuid.UUID
    language: str
    # Path and address of a page above it, or of itself.
    base: tuple[str, str] = ("", "")

    @property
    def url(self) -> str:
        path, address = self.base
        return f"{address}{escape_uri_path(self.url_path[len(path) :])}" if address else ""

    def get_url(self, request: Any = None) -> str:
        """The address on this site, as that of a page object; "" if it has none."""
        return self.url


@dataclass(frozen=True, slots=True)
class Trail:
    """Where a lesson stands in its course."""

    course: PageRow | None
    module: PageRow | None
    siblings: tuple[PageRow, ...]
    previous: PageRow | None
    next: PageRow | None


def course_rows(path: str, language: str = "") -> list[PageRow]:
    """The published pages at and below a path, in tree order, and those of ``language`` that are translations
    of pages there. One small query; a second when something has changed."""
    key = f"courses.rows.{path}.{language}.{TextStamp.objects.now()}"
    rows: list[PageRow] | None = cache.get(key)
    if rows is None:
        rows = _read_rows(path, language)
        cache.set(key, rows, timeout=KEPT_FOR)
    return rows


def prerequisite_keys(path: str) -> dict[int, set[uuid.UUID]]:
    """By module of the course at a path, the translation keys of the modules that come first. Kept
    likewise."""
    key = f"courses.prerequisites.{path}.{TextStamp.objects.now()}"
    found: dict[int, set[uuid.UUID]] | None = cache.get(key)
    if found is None:
        found = {}
        through = ModulePage.prerequisites.through.objects.filter(from_modulepage__path__startswith=path)
        for module, needed in through.values_list("from_modulepage_id", "to_modulepage__translation_key"):
            found.setdefault(module, set()).add(needed)
        cache.set(key, found, timeout=KEPT_FOR)
    return found


def _read_rows(path: str, language: str) -> list[PageRow]:
    wanted = Q(path__startswith=path)
    if language:
        there = Page.objects.filter(path__startswith=path).values("translation_key")
        wanted |= Q(locale__language_code=language, translation_key__in=there)
    names = ("pk", "path", "depth", "title", "url_path", "translation_key", "locale__language_code")
    rows = Page.objects.live().filter(wanted).order_by("path").values_list(*names)
    bases: dict[str, tuple[str, str]] = {}
    return [PageRow(*row, base=_base(row[4], row[6], bases)) for row in rows]


def translation_rows(page: Page) -> list[PageRow]:
    """The published pages that say the same in other languages. One query."""
    names = ("pk", "path", "depth", "title", "url_path", "translation_key", "locale__language_code")
    others = Page.objects.live().filter(translation_key=page.translation_key).exclude(pk=page.pk)
    rows = others.order_by("locale_id").values_list(*names)
    return [PageRow(*row, base=_base(row[4], row[6], {})) for row in rows]


def _base(url_path: str, language: str, bases: dict[str, tuple[str, str]]) -> tuple[str, str]:
    """Wagtail says where the first page of a language is; those below it follow from their path. To ask for
    each would cost more than everything else in an outline."""
    path, _address = bases.get(language, ("", ""))
    if not path or not url_path.startswith(path):
        bases[language] = (url_path, Page(id=0, url_path=url_path).get_url() or "")
    return bases[language]


def trail_in(rows: Iterable[PageRow], path: str) -> Trail:
    """The way past the lesson at ``path``, which may be a preview that is not among the rows."""
    module_path, course_path = path[:-STEP], path[: -2 * STEP]
    by_path = {row.path: row for row in rows if row.path.startswith(course_path)}
    lessons: Sequence[PageRow] = [
        row for row in by_path.values() if len(row.path) == len(path) and row.path[:-STEP] in by_path
    ]
    before = [row for row in lessons if row.path < path]
    after = [row for row in lessons if row.path > path]
    return Trail(
        course=by_path.get(course_path),
        module=by_path.get(module_path),
        siblings=tuple(row for row in lessons if row.path.startswith(module_path)),
        previous=before[-1] if before else None,
        next=after[0] if after else None,
    )
