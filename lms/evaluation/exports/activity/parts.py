"""Pieces of the report besides those of every paper: drawings, which the PDF has and a word processor not."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from lms.deliberations.exports.paper import Block, lines, text


@dataclass(frozen=True, slots=True)
class Line:
    """Means before and after: texts, and their places in percent of the maximum."""

    label: str
    before: str
    after: str
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Bar:
    """People in four parts: stayed right, learned, lost, stayed wrong."""

    label: str
    parts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """``dumbbells`` of lines or ``bars``, with a caption and the words of its legend."""

    kind: str
    caption: str
    legend: tuple[str, ...]
    rows: tuple[Line | Bar, ...]


Piece = Block | Drawing


def data_of(pieces: Sequence[Piece]) -> list[dict[str, Any]]:
    """For the template of the PDF."""
    return [asdict(piece) for piece in pieces]


def words_of(pieces: Sequence[Piece]) -> list[Block]:
    """For the word processor: without drawings, whose numbers stand in the table beside each."""
    return [piece for piece in pieces if isinstance(piece, Block)]


def or_empty(words: str, what: str, *, room: int = 4) -> list[Piece]:
    """The text, a block a line; where there is none it says so and leaves lines to write on."""
    found: list[Piece] = [text(line) for line in words.splitlines() if line.strip()]
    return found or missing(what, room=room)


def missing(what: str, *, room: int = 4) -> list[Piece]:
    """An empty part says that it is empty."""
    return [text(f"Belum diisi: {what}."), *([lines(room)] if room else [])]
