"""The words of a lesson, for counting. Pure."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

# Not read as part of the lesson: folded extras, what is only for facilitators, words for who cannot see a
# drawing, and codes.
_NOT_COUNTED = frozenset({"accordion", "facilitator", "diagram", "terms", "practice", "picture", "document"})
# Words, but no sentences.
_NO_SENTENCES = frozenset({"heading", "table"})
_TITLES = ("title", "citation", "name", "role")
_END_OF_LINE = re.compile(r"</(?:p|li|h\d)>|<br\s*/?>")
_TAG = re.compile(r"<[^>]+>")
_WORD = re.compile(r"\w[\w/.,’'-]*")
_ABBREVIATION = re.compile(r"\b(Ps|jo|No|Rp|dll|dst)\.(?=\s)")
_SENTENCE_END = re.compile(r"(?<=[.?!…])[\"”’)]*\s+")

RawBlock = dict[str, Any]
MOST_WORDS = 600
LONGEST_AVERAGE = 14.0


def word_count(body: Any) -> int:
    """Words that a reader of the lesson has to read. ``body``: the value of a page, or raw blocks."""
    return sum(len(_WORD.findall(line)) for kind, line in _lines(body))


def sentence_average(body: Any) -> float:
    """Words of a sentence on average; headings, titles and tables are no sentences. 0 without any."""
    lengths = [
        len(_WORD.findall(sentence))
        for kind, line in _lines(body)
        if kind not in _NO_SENTENCES
        for sentence in sentences(line)
    ]
    return sum(lengths) / len(lengths) if lengths else 0.0


def sentences(line: str) -> list[str]:
    parts = _SENTENCE_END.split(_ABBREVIATION.sub(r"\1", line))
    return [part for part in parts if _WORD.search(part)]


def plain_lines(html: str) -> list[str]:
    """Rich text as lines without marks."""
    text = unescape(_TAG.sub("", _END_OF_LINE.sub("\n", html)))
    return [line.strip() for line in text.splitlines() if line.strip()]


def _lines(body: Any) -> Iterator[tuple[str, str]]:
    for block in getattr(body, "raw_data", body):
        kind = block["type"]
        if kind not in _NOT_COUNTED:
            yield from _of(kind, block["value"])


def _of(kind: str, value: Any) -> Iterator[tuple[str, str]]:
    """Each line of a raw value with what it is: the kind of its block, or a heading."""
    if isinstance(value, str):
        yield from ((kind, line) for line in plain_lines(value))
    elif isinstance(value, dict) and "data" in value:
        yield from (("table", cell) for row in value["data"] for cell in row if cell)
    elif isinstance(value, dict):
        for name, child in value.items():
            yield from _of("heading" if name in _TITLES else kind, child)
    elif isinstance(value, list):
        for item in value:
            yield from _of(kind, item["value"] if isinstance(item, dict) and "value" in item else item)
