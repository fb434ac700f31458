"""Words of a text, and the place in it where some of them stand. Pure: no database, no request.

Both search backends (SQLite, PostgreSQL) cut texts into words in their own way: "70/30" is two words to the
one and the name of a file to the other. So what is searched and what is asked for go through ``words_of``
first, and both find the same.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

_WORD = re.compile(r"[^\W_]+")
_SPACE = re.compile(r"\s+")
_BEFORE = 50
"""Characters of an excerpt that stand before the first word found."""


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of an excerpt; ``marked`` if it is one of the words that were asked for."""

    text: str
    marked: bool = False


def words_of(text: str) -> list[str]:
    """The words of a text in small letters, in order."""
    return _WORD.findall(unicodedata.normalize("NFC", text).casefold())


def asked_words(query: str, *, most: int) -> list[str]:
    """The words of a query, each once, at most ``most``. A single letter says nothing; a digit does."""
    telling = [word for word in words_of(query) if len(word) > 1 or word.isdigit()]
    return list(dict.fromkeys(telling))[:most]


def excerpt(pieces: Iterable[str], words: Collection[str], *, length: int = 180) -> list[Part]:
    """About ``length`` characters of the piece that holds most of the words, these marked.

    Empty if no piece holds any.
    """
    wanted = frozenset(words)
    best, most = "", 0
    for piece in pieces:
        held = len(wanted.intersection(words_of(piece)))
        if held > most:
            best, most = piece, held
    return (
        _around(_SPACE.sub(" ", unicodedata.normalize("NFC", best)).strip(), wanted, length) if most else []
    )


def marked(text: str, words: Collection[str]) -> list[Part]:
    """A whole text with the words marked."""
    places = [(each.start(), each.end()) for each in _WORD.finditer(text) if each[0].casefold() in words]
    return _marked(text, 0, len(text), places)


def _around(text: str, wanted: Collection[str], length: int) -> list[Part]:
    places = [found for found in _WORD.finditer(text) if found[0].casefold() in wanted]
    start = _start(text, places[0].start() - _BEFORE) if places else 0
    end = _end(text, max(start + length, places[0].end() if places else 0))
    parts = [Part("… ")] if start else []
    parts += _marked(text, start, end, [(each.start(), each.end()) for each in places])
    return [*parts, Part(" …")] if end < len(text) else parts


def _start(text: str, wished: int) -> int:
    """The beginning of a word at or after a place."""
    if wished <= 0:
        return 0
    return text.find(" ", wished - 1) + 1


def _end(text: str, wished: int) -> int:
    """The end of a word at or before a place."""
    if wished >= len(text):
        return len(text)
    space = text.rfind(" ", 0, wished + 1)
    return space if space > wished - _BEFORE else wished


def _marked(text: str, start: int, end: int, places: Sequence[tuple[int, int]]) -> list[Part]:
    parts, reached = [], start
    for first, last in places:
        if first < reached or last > end:
            continue
        if first > reached:
            parts.append(Part(text[reached:first]))
        parts.append(Part(text[first:last], marked=True))
        reached = last
    if reached < end:
        parts.append(Part(text[reached:end]))
    return parts
