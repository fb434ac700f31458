"""The words of a lesson, block by block, from what is stored. Needs neither a page nor a database."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from courses.checker.words import RawBlock, plain_lines

# What somebody said, or what happened in some year: years in them stay.
QUOTED = frozenset({"case", "quotation"})
# Fields that hold no running text: numbers of records, settings, words for those who cannot see a picture.
_NO_TEXT = frozenset(
    {"id", "type", "alt", "credit", "cell", "mergeCells", "table_header_choice", "code", "name", "role"}
)


@dataclass(frozen=True, slots=True)
class Passage:
    """The text of one block. ``place`` counts blocks from 1; ``quoted``: somebody's words, or a story."""

    place: int
    kind: str
    text: str
    quoted: bool


def passages(blocks: Iterable[RawBlock]) -> Iterator[Passage]:
    """Every block of a body with its words, in order; blocks without words too."""
    for place, block in enumerate(blocks, start=1):
        kind = str(block.get("type", ""))
        text = "\n".join(line for part in _strings(block.get("value")) for line in plain_lines(part))
        yield Passage(place, kind, text, kind in QUOTED)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, part in value.items():
            if name not in _NO_TEXT:
                yield from _strings(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _strings(part)
