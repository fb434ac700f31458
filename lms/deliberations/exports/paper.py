"""A paper as a list of blocks: the one content that PDF, DOCX and screen show. Knows no records.

Words of papers are Indonesian whatever language is read on the screen: papers are signed and filed.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

Kind = Literal["text", "facts", "chapter", "heading", "list", "table", "lines", "signatures", "break"]


@dataclass(frozen=True, slots=True)
class Column:
    """``width`` in millimetres; 0 shares what is left. ``align`` of the cells."""

    head: str
    width: int = 0
    align: Literal["left", "center", "right"] = "left"


@dataclass(frozen=True, slots=True)
class Signer:
    """Lines above the place to sign, the name below it (empty: a line to write on), and one more line."""

    above: tuple[str, ...]
    name: str = ""
    below: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """One part of a paper; which fields matter follows from ``kind``."""

    kind: Kind
    text: str = ""
    items: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    columns: tuple[Column, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    # Least height of a row in millimetres, for rows that are written by hand.
    row_height: int = 0
    count: int = 0
    people: tuple[Signer, ...] = ()

    @property
    def labelled_rows(self) -> list[list[tuple[str, str]]]:
        """Each cell with the head of its column, for screens that are too narrow for a table."""
        heads = [column.head.replace("-\n", "").replace("/\n", "/") for column in self.columns]
        return [list(zip(heads, row, strict=True)) for row in self.rows]


@dataclass(frozen=True, slots=True)
class Paper:
    """``code`` stands at the foot; ``heading`` are the lines of the letterhead, none for headed paper."""

    title: str
    below: tuple[str, ...]
    blocks: Sequence[Block]
    code: str
    heading: tuple[str, ...] = ()
    contact: tuple[str, ...] = ()
    # A picture (PNG) beside the letterhead, for the PDF only.
    logo: bytes = b""
    is_landscape: bool = False
    is_simulated: bool = False
    file_name: str = field(default="dokumen")

    def data(self) -> dict[str, Any]:
        """What the template of the PDF reads."""
        return {"title": self.title, "below": self.below, "blocks": [asdict(block) for block in self.blocks]}


def text(words: str) -> Block:
    return Block("text", text=words)


def chapter(words: str) -> Block:
    """The head of a chapter: above the headings."""
    return Block("chapter", text=words)


def heading(words: str) -> Block:
    return Block("heading", text=words)


def new_page() -> Block:
    return Block("break")


def lines(count: int) -> Block:
    """Lines to write on."""
    return Block("lines", count=count)


def facts(*pairs: tuple[str, str]) -> Block:
    """Pairs of label and text; those without a text are left out on paper."""
    return Block("facts", pairs=pairs)


def listing(items: Sequence[str], *, blank: int = 0) -> Block:
    """A numbered list, or ``blank`` lines to write on if there is nothing in it."""
    return Block("list", items=tuple(items)) if items else Block("lines", count=blank)


def table(columns: Sequence[Column], rows: Sequence[Sequence[str]], *, blank: int = 0) -> Block:
    """A table, or one with ``blank`` rows to write in if there is nothing in it."""
    filled = [tuple(row) for row in rows]
    if filled or not blank:
        return Block("table", columns=tuple(columns), rows=tuple(filled))
    empty = [(str(number), *("" for _column in columns[1:])) for number in range(1, blank + 1)]
    return Block("table", columns=tuple(columns), rows=tuple(empty), row_height=11)


def signatures(people: Sequence[Signer]) -> Block:
    """Places to sign, two side by side, those of one pair never torn apart."""
    return Block("signatures", people=tuple(people))


DOTS = "…………………………"
SHORT_DOTS = "…………"


def or_dots(words: str, dots: str = DOTS) -> str:
    """A text, or dots to write it on."""
    return words or dots


def number(count: int | None) -> str:
    """A count, or nothing if it is not known."""
    return "" if count is None else f"{count:,}".replace(",", ".")
