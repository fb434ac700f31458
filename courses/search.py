"""Pages and words of the glossary as things that the search finds."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import TextField
from django.db.models.functions import Cast, Length
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page
from wagtail.search.backends import get_search_backend

from courses.models import CoursePage, GlossaryPage, GlossaryTerm, LessonPage, ModulePage
from courses.queries import paths_of_updates
from courses.registry import Found, Reader, Result, register_search_source
from courses.words import excerpt, marked, words_of

INDEX_VERSION = "1"
"""To be raised whenever ``search_text`` of a model holds other words than before."""
MOST = 200
"""Of one kind no more are looked at: who finds more has to say it more precisely."""
_EMPTY_BODY = len("[]")
_NAMES = ("pk", "translation_key", "locale", "title")


@dataclass(frozen=True)
class PageSource:
    """Pages of one type. Its model has ``search_pieces`` and puts ``search_text`` into the index.

    ``body``: the field without which the text of another language stands in (``queries.text_of``).
    ``about`` gives a line about each page, by primary key. ``may_be_closed``: the reader is asked.
    ``among`` leaves out published pages that are nobody's to find.
    """

    code: str
    label: Any
    order: int
    model: type[Page]
    body: str = ""
    about: Callable[[Sequence[Any]], dict[int, str]] | None = None
    may_be_closed: bool = False
    among: Callable[[Any], Any] = field(default=lambda pages: pages)

    def find(self, words: Sequence[str], *, every: bool, language: str) -> list[Found]:
        operator = "and" if every else "or"
        pages = self.model.objects.live().public().only(*_NAMES)
        hits = list(pages.search(" ".join(words), operator=operator)[:MOST])
        # Backends weigh a title differently, SQLite hardly at all: what names the words itself comes first.
        hits.sort(key=lambda page: len(set(words).intersection(words_of(page.title))), reverse=True)
        return self._in(language, hits) if hits else []

    def show(self, found: Sequence[Found], words: Sequence[str], reader: Reader) -> list[Result]:
        keys = {each.pk for each in found} | {each.text_pk for each in found}
        pages = {page.pk: page for page in self.model.objects.filter(pk__in=keys).select_related("locale")}
        there = [each for each in found if each.pk in pages and each.text_pk in pages]
        shown = [pages[each.pk] for each in there]
        closed = reader.closed(shown) if self.may_be_closed else {}
        about = self.about(shown) if self.about else {}
        return [_result(pages[each.pk], pages[each.text_pk], words, reader, closed, about) for each in there]

    def _in(self, language: str, hits: Sequence[Page]) -> list[Found]:
        """The hits as the reader meets them: a page without a text shows that of another language."""
        own = self.among(self.model.objects.live().public()).filter(locale__language_code=language)
        own = own.filter(translation_key__in={hit.translation_key for hit in hits}).only(*_NAMES)
        if self.body:
            own = own.annotate(size=Length(Cast(self.body, TextField())))
        by_key = {page.translation_key: page for page in own}
        found: dict[int, Found] = {}
        for hit in hits:
            page = by_key.get(hit.translation_key)
            stands_in = page is not None and self.body and page.size <= _EMPTY_BODY
            if page is not None and (page.pk == hit.pk or stands_in):
                known = found.get(page.pk)
                # Found in both, by its title and by the text that stands in: that text is shown.
                is_worse = known is not None and hit.pk == page.pk
                found[page.pk] = Found(page.pk, known.text_pk if known and is_worse else hit.pk)
        return list(found.values())


def _result(
    page: Any, text: Any, words: Sequence[str], reader: Reader, closed: Any, about: dict[int, str]
) -> Result:
    reason = closed.get(page.pk, "")
    return Result(
        title=marked(page.title, words),
        url=page.get_url(reader.request) or "",
        about=about.get(page.pk, ""),
        excerpt=() if reason else excerpt(text.search_pieces, words),
        language=text.locale.language_code,
        closed=str(reason),
    )


@dataclass(frozen=True)
class TermSource:
    """Words of the glossary, in every language that they are told in. Not there without a glossary page."""

    code: str
    label: Any
    order: int

    def find(self, words: Sequence[str], *, every: bool, language: str) -> list[Found]:
        operator = "and" if every else "or"
        terms = GlossaryTerm.objects.only("pk", "term")
        hits = list(get_search_backend().search(" ".join(words), terms, operator=operator)[:MOST])
        if not hits or _glossary(language) is None:
            return []
        hits.sort(key=lambda term: len(set(words).intersection(words_of(term.term))), reverse=True)
        return [Found(hit.pk, hit.pk) for hit in hits]

    def show(self, found: Sequence[Found], words: Sequence[str], reader: Reader) -> list[Result]:
        page = _glossary(reader.language)
        address = page.get_url(reader.request) if page else ""
        terms = GlossaryTerm.objects.in_bulk([each.pk for each in found])
        return [self._result(terms[each.pk], address, words) for each in found if each.pk in terms]

    def _result(self, term: GlossaryTerm, address: str, words: Sequence[str]) -> Result:
        meaning, language = term.shown_meaning
        return Result(
            title=marked(term.term, words),
            url=f"{address}#{term.slug}",
            about=term.expansion,
            excerpt=marked(meaning, words),
            language=language,
        )


def _glossary(language: str) -> GlossaryPage | None:
    pages = GlossaryPage.objects.live().public().filter(locale__language_code=language)
    found: GlossaryPage | None = pages.select_related("locale").order_by("path").first()
    return found


def _of_trainings(pages: Any) -> Any:
    """Without courses of lessons about changed rules, which nobody can take; such a lesson alone is found."""
    for path in paths_of_updates():
        pages = pages.exclude(path__startswith=path)
    return pages


def titles_above(pages: Sequence[Page]) -> dict[int, str]:
    """The title of the page above each of these. One query."""
    above = {page.path[: -page.steplen] for page in pages}
    titles = dict(Page.objects.filter(path__in=above).values_list("path", "title"))
    return {page.pk: titles.get(page.path[: -page.steplen], "") for page in pages}


def register_sources() -> None:
    """Called once when the apps are ready."""
    register_search_source(
        PageSource("lesson", _("Lessons"), 10, LessonPage, "body", titles_above, may_be_closed=True)
    )
    register_search_source(
        PageSource("module", _("Modules"), 20, ModulePage, about=titles_above, among=_of_trainings)
    )
    register_search_source(PageSource("course", _("Courses"), 30, CoursePage, among=_of_trainings))
    register_search_source(TermSource("term", _("Words explained"), 40))
