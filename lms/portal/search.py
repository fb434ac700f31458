"""The search of participants and visitors: every kind of thing that apps have registered, on one page."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from courses.registry import Found, Reader, Result, Source, search_sources
from courses.words import asked_words
from lms.learning.views.openness import closed_lessons

LONGEST = 512
MOST_WORDS = 12
PER_PAGE = 20


@dataclass(frozen=True)
class Group:
    """The results of one kind that stand on a page; ``total`` counts those of all pages."""

    label: Any
    total: int
    results: Sequence[Result]


@dataclass(frozen=True)
class Answer:
    """What the page of results shows. ``hint`` says why nothing was looked for."""

    query: str
    hint: str = ""
    groups: Sequence[Group] = ()
    page: Page | None = None
    # Nothing held all the words: these hold at least one.
    some_words_only: bool = False

    @property
    def total(self) -> int:
        return self.page.paginator.count if self.page else 0


def search(*, request: HttpRequest, query: str, number: str) -> Answer:
    """Look for a query and show one page of what was found. Any text will do."""
    query = query.strip()
    if not query:
        return Answer("")
    if len(query) > LONGEST:
        return Answer("", _("That is a long text. Type a few words of it."))
    words = asked_words(query, most=MOST_WORDS)
    if not words:
        return Answer(query, _("Type a word of at least two letters."))
    found = _find(words, every=True)
    some_words_only = not found and len(words) > 1
    if some_words_only:
        found = _find(words, every=False)
    page = Paginator(found, PER_PAGE).get_page(number)
    reader = Reader(request, _language(), partial(closed_lessons, request))
    return Answer(query, "", _groups(found, page, words, reader), page, some_words_only and bool(found))


def _find(words: Sequence[str], *, every: bool) -> list[tuple[Source, Found]]:
    return [
        (source, found)
        for source in search_sources()
        for found in source.find(words, every=every, language=_language())
    ]


def _groups(
    found: Sequence[tuple[Source, Found]], page: Page, words: Sequence[str], reader: Reader
) -> list[Group]:
    groups = []
    for source in search_sources():
        here = [each for kind, each in page if kind is source]
        if here:
            total = sum(kind is source for kind, _each in found)
            groups.append(Group(source.label, total, source.show(here, words, reader)))
    return groups


def _language() -> str:
    return get_language() or "id"
