"""The small part of Markdown that lessons are written in, read into the blocks of ``LessonBlock``.

What is allowed is told in ``courses/curriculum/README.md``; everything else is refused with its line, so
that a slip is found when the file is loaded and not by a participant.
"""

import re
import uuid
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from typing import Any

from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from courses.blocks import LessonBlock

NAMESPACE = uuid.UUID("6c1c2f0e-54a5-4d0c-9a53-0e1b5f9f4f3a")
RawBlock = dict[str, Any]

_FENCE = re.compile(r"^:::(?P<kind>\w*)(?:\s+(?P<title>\S.*?))?\s*$")
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")
_INLINE_TAGS = {"strong": "b", "em": "i"}


class MalformedTextError(ValueError):
    """A construct that lessons do not have. ``line`` counts from 1 within the text that was parsed."""

    def __init__(self, line: int, problem: str) -> None:
        super().__init__(problem)
        self.line = line
        self.problem = problem


@dataclass(frozen=True, slots=True)
class _Container:
    """How a ``:::`` container becomes a block: the children that take its title and its text."""

    text: str = "text"
    title: str | None = None
    title_is_required: bool = False


_CONTAINERS = {
    "law": _Container(text="summary", title="citation", title_is_required=True),
    "example": _Container(title="title"),
    "note": _Container(title="title"),
    "discuss": _Container(),
    "remember": _Container(),
}


@dataclass(frozen=True, slots=True)
class _Segment:
    """Lines that belong together: free text (no kind) or the inside of a container."""

    line: int
    kind: str = ""
    title: str = ""
    lines: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    @property
    def text_line(self) -> int:
        return self.line + 1 if self.kind else self.line


def lesson_blocks(text: str, *, seed: str) -> list[RawBlock]:
    """The body of a lesson as raw StreamField data. Raises MalformedTextError.

    ``seed`` names the lesson. The id of a block is uuid5 of the seed, its kind and its number among that
    kind (a list item adds its own number): loading twice gives the same ids, and so does a translation of
    the same shape.
    """
    draft = _Draft(seed)
    for segment in _segments(text):
        if segment.kind:
            draft.add_container(segment)
        else:
            draft.add_text(segment)
    draft.flush()
    return draft.blocks


def rich_text(text: str) -> str:
    """Headings, paragraphs and lists as the HTML of a RichTextField. Raises MalformedTextError."""
    parts = []
    for node in _parse(text):
        is_heading = node.type == "heading"
        parts.append(f"<h2>{_heading(node, 1)}</h2>" if is_heading else _flow(node, 1))
    return "".join(parts)


class _Draft:
    """The blocks so far. Paragraphs and lists in a row make one block, as an editor would write them."""

    def __init__(self, seed: str) -> None:
        self.seed = seed
        self.blocks: list[RawBlock] = []
        self._flow: list[str] = []
        self._count: Counter[str] = Counter()
        self._schema = LessonBlock()

    def add_text(self, segment: _Segment) -> None:
        adders = {"heading": self._add_heading, "ordered_list": self._add_steps, "table": self._add_table}
        for node in _parse(segment.text):
            adder = adders.get(node.type)
            if adder is None:
                self._flow.append(_flow(node, segment.text_line))
                continue
            self.flush()
            adder(node, segment.text_line)

    def add_container(self, segment: _Segment) -> None:
        shape = _CONTAINERS[segment.kind]
        self.flush()
        text = "".join(_flow(node, segment.text_line) for node in _parse(segment.text))
        if not text:
            raise MalformedTextError(segment.line, _("The container is empty."))
        if segment.title and shape.title is None:
            raise MalformedTextError(segment.line, _("This container takes no title."))
        if shape.title_is_required and not segment.title:
            raise MalformedTextError(segment.line, _("Name the rule after “:::law”."))
        value = {shape.text: text}
        if shape.title is not None:
            limit = self._schema.child_blocks[segment.kind].child_blocks[shape.title].field.max_length
            value = {shape.title: _within(segment.title, limit, segment.line), **value}
        if segment.kind == "remember" and self._count["remember"]:
            raise MalformedTextError(segment.line, _("A lesson has one “:::remember”."))
        self._add(segment.kind, value)

    def flush(self) -> None:
        if self._flow:
            self._add("paragraph", "".join(self._flow))
            self._flow = []

    def _add(self, kind: str, value: Any) -> None:
        self._count[kind] += 1
        self.blocks.append({"type": kind, "value": value, "id": self._id(kind, self._count[kind])})

    def _id(self, kind: str, *place: int) -> str:
        return str(uuid.uuid5(NAMESPACE, "/".join([self.seed, kind, *map(str, place)])))

    def _add_heading(self, node: SyntaxTreeNode, line: int) -> None:
        limit = self._schema.child_blocks["heading"].field.max_length
        self._add("heading", _within(_heading(node, line), limit, _line(node, line)))

    def _add_steps(self, node: SyntaxTreeNode, line: int) -> None:
        number = self._count["steps"] + 1
        steps = [
            {"type": "item", "value": f"<p>{text}</p>", "id": self._id("steps", number, place)}
            for place, text in enumerate(_items(node, line), start=1)
        ]
        self._add("steps", {"steps": steps})

    def _add_table(self, node: SyntaxTreeNode, line: int) -> None:
        rows = [
            [_plain(cell, line) for cell in row.children] for part in node.children for row in part.children
        ]
        self._add(
            "table",
            {
                "data": rows,
                "cell": [],
                "mergeCells": [],
                "first_row_is_table_header": True,
                "first_col_is_header": False,
                "table_header_choice": "row",
                "table_caption": "",
            },
        )


def _segments(text: str) -> Iterator[_Segment]:
    """Cut a text at its containers. Raises MalformedTextError for one that opens or closes wrongly."""
    current = _Segment(line=1)
    for number, line in enumerate(text.splitlines(), start=1):
        fence = _FENCE.match(line)
        if fence is None:
            current.lines.append(line)
            continue
        kind = fence["kind"]
        if kind and current.kind:
            raise MalformedTextError(number, _("A container opens inside another one."))
        if kind and kind not in _CONTAINERS:
            known = ", ".join(_CONTAINERS)
            raise MalformedTextError(
                number, _("“:::%(kind)s” is not known. Use: %(known)s.") % {"kind": kind, "known": known}
            )
        if not kind and not current.kind:
            raise MalformedTextError(number, _("“:::” closes nothing."))
        yield current
        current = _Segment(number, kind, fence["title"] or "") if kind else _Segment(line=number + 1)
    if current.kind:
        raise MalformedTextError(current.line, _("The container is never closed by “:::”."))
    yield current


def _parse(text: str) -> list[SyntaxTreeNode]:
    return SyntaxTreeNode(_MARKDOWN.parse(text)).children


def _line(node: SyntaxTreeNode, first_line: int) -> int:
    return first_line + (node.map[0] if node.map else 0)


def _flow(node: SyntaxTreeNode, line: int) -> str:
    """A paragraph or a list as HTML."""
    if node.type == "paragraph":
        return f"<p>{_inline(node.children[0], line)}</p>"
    if node.type in ("bullet_list", "ordered_list"):
        items = "".join(f"<li>{text}</li>" for text in _items(node, line))
        return f"<{node.tag}>{items}</{node.tag}>"
    raise MalformedTextError(_line(node, line), _("Only paragraphs and lists can stand here."))


def _items(node: SyntaxTreeNode, line: int) -> list[str]:
    if node.attrs.get("start", 1) != 1:
        raise MalformedTextError(_line(node, line), _("A numbered list begins with 1."))
    texts = []
    for item in node.children:
        if [child.type for child in item.children] != ["paragraph"]:
            raise MalformedTextError(_line(item, line), _("An item of a list is one paragraph."))
        texts.append(_inline(item.children[0].children[0], line))
    return texts


def _heading(node: SyntaxTreeNode, line: int) -> str:
    if node.tag != "h2":
        raise MalformedTextError(_line(node, line), _("Headings are written with “## ”."))
    return _plain(node, line)


def _inline(node: SyntaxTreeNode, line: int) -> str:
    """Bold, italic and links as the HTML that Wagtail's own editor stores."""
    return "".join(_inline_part(part, _line(node, line)) for part in node.children)


def _inline_part(part: SyntaxTreeNode, line: int) -> str:
    if part.type == "text":
        return escape(part.content, quote=False)
    if part.type in ("softbreak", "hardbreak"):
        return " "
    inner = "".join(_inline_part(child, line) for child in part.children)
    if part.type in _INLINE_TAGS:
        tag = _INLINE_TAGS[part.type]
        return f"<{tag}>{inner}</{tag}>"
    if part.type == "link":
        address = str(part.attrs.get("href", ""))
        if not address.startswith(("https://", "http://")):
            raise MalformedTextError(line, _("A link leads to an address that begins with https://."))
        return f'<a href="{escape(address)}">{inner}</a>'
    raise MalformedTextError(line, _("Only bold, italic and links can stand in a sentence."))


def _plain(node: SyntaxTreeNode, line: int) -> str:
    """The words of a heading or cell; marks would be lost there, so they are refused."""
    parts = node.children[0].children if node.children else []
    if any(part.type != "text" for part in parts):
        raise MalformedTextError(_line(node, line), _("Headings and tables hold plain words."))
    return "".join(part.content for part in parts)


def _within(text: str, limit: int, line: int) -> str:
    if len(text) > limit:
        raise MalformedTextError(line, _("Longer than %(limit)d characters.") % {"limit": limit})
    return text
