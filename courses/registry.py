"""Kinds of things that the search finds. An app registers its own in ``AppConfig.ready()``.

A source answers in two steps, so that a page of results costs the same whatever was found: ``find`` names
what holds the words, best first; ``show`` loads only those that stand on the page.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest

from courses.words import Part


@dataclass(frozen=True, slots=True)
class Found:
    """Something that holds the words: what to show, and what holds the text (perhaps a translation)."""

    pk: Any
    text_pk: Any


@dataclass(frozen=True, slots=True)
class Result:
    """A line of the page of results. ``closed`` says why the reader may not open it yet, or is empty.

    Of what is closed only the title is told. ``language`` is that of the excerpt.
    """

    title: Sequence[Part]
    url: str
    about: str = ""
    excerpt: Sequence[Part] = ()
    language: str = ""
    closed: str = ""


# Why each page of a list is closed to the reader, by primary key; the open ones are missing.
ClosedPages = Callable[[Sequence[Any]], Mapping[Any, str]]


@dataclass(frozen=True, slots=True)
class Reader:
    """Who asks: the request, for addresses, and what is closed to that person."""

    request: HttpRequest
    language: str
    closed: ClosedPages = field(default=lambda pages: {})


class Source(Protocol):
    """One kind of things. ``label`` heads its results; ``order`` is its place among the kinds."""

    @property
    def code(self) -> str: ...

    @property
    def label(self) -> Any: ...

    @property
    def order(self) -> int: ...

    def find(self, words: Sequence[str], *, every: bool, language: str) -> list[Found]:
        """What holds every one of the words, or at least one; best first, in a constant number of queries."""

    def show(self, found: Sequence[Found], words: Sequence[str], reader: Reader) -> list[Result]:
        """The lines of these, in the same order, in a constant number of queries."""


_sources: dict[str, Source] = {}


def register_search_source(source: Source) -> None:
    """Make a kind known. Registering the same one again changes nothing; two may not share a code."""
    known = _sources.setdefault(source.code, source)
    if known != source:
        raise ImproperlyConfigured(f"Search source {source.code!r} is already registered.")


def search_sources() -> list[Source]:
    """All kinds by ``order``, whichever app registered first."""
    return sorted(_sources.values(), key=lambda source: (source.order, source.code))
