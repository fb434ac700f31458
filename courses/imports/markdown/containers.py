"""What stands inside a ``:::`` container of a lesson, and the block it becomes. One function a shape."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils.translation import gettext as _
from markdown_it.tree import SyntaxTreeNode
from wagtail.blocks import StructBlock

from courses.blocks import LessonBlock
from courses.diagrams import DIAGRAMS
from courses.imports.markdown.drafts import Draft
from courses.imports.markdown.segments import Segment
from courses.imports.markdown.text import MalformedTextError, flow, items, line_of, parse, plain, within

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Container:
    """How a container becomes a block: who reads it, where its title goes, and whether it needs one."""

    read: Callable[[Draft, Segment], Any]
    title: str | None = None
    title_is_required: bool = False
    may_be_empty: bool = False
    only_once: bool = False


def add_container(draft: Draft, segment: Segment) -> None:
    """Read a container into the draft. Raises MalformedTextError."""
    shape = CONTAINERS[segment.kind]
    draft.flush()
    if not shape.may_be_empty and not segment.text.strip():
        raise MalformedTextError(segment.line, _("The container is empty."))
    if segment.title and shape.title is None:
        raise MalformedTextError(segment.line, _("This container takes no title."))
    if shape.title_is_required and not segment.title:
        raise MalformedTextError(segment.line, _missing_title(segment.kind))
    if shape.only_once and draft.count[segment.kind]:
        raise MalformedTextError(segment.line, _("A lesson has one “:::%(kind)s”.") % {"kind": segment.kind})
    value = shape.read(draft, segment)
    if shape.title:
        value = {shape.title: within(segment.title, _limit(segment.kind, shape.title), segment.line), **value}
    draft.add(segment.kind, value)


def rich(segment: Segment) -> str:
    """Paragraphs and lists."""
    return "".join(flow(node, segment.text_line) for node in parse(segment.text))


def _missing_title(kind: str) -> str:
    missing = {
        "law": _("Name the rule after “:::law”."),
        "practice": _("Name the question after “:::practice”."),
        "diagram": _("Name the drawing after “:::diagram”."),
    }
    return missing.get(kind) or _("Write a title after “:::%(kind)s”.") % {"kind": kind}


@cache
def _schema() -> LessonBlock:
    return LessonBlock()


def _limit(kind: str, child: str) -> int:
    block = _schema().child_blocks[kind]
    assert isinstance(block, StructBlock)
    return block.child_blocks[child].field.max_length


def _text(draft: Draft, segment: Segment) -> dict[str, Any]:
    return {"text": rich(segment)}


def _summary(draft: Draft, segment: Segment) -> dict[str, Any]:
    return {"summary": rich(segment)}


def _checklist(draft: Draft, segment: Segment) -> dict[str, Any]:
    texts = [f"<p>{text}</p>" for text in items(_only_list(segment), segment.text_line)]
    return {"items": draft.items("checklist", texts)}


def _terms(draft: Draft, segment: Segment) -> dict[str, Any]:
    slugs = items(_only_list(segment), segment.text_line)
    for slug in slugs:
        if not _SLUG.fullmatch(slug):
            problem = _("“%(term)s” is not the short name of a term.") % {"term": slug}
            raise MalformedTextError(segment.text_line, problem)
    return {"terms": draft.items("terms", slugs)}


def _reflection(draft: Draft, segment: Segment) -> dict[str, Any]:
    return {"prompt": " ".join(_words(segment))}


def _diagram(draft: Draft, segment: Segment) -> dict[str, Any]:
    name, paragraphs = segment.title, _words(segment)
    if name not in DIAGRAMS:
        params = {"name": name, "known": ", ".join(DIAGRAMS)}
        raise MalformedTextError(segment.line, _("There is no drawing “%(name)s”. Use: %(known)s.") % params)
    if len(paragraphs) > 2:
        raise MalformedTextError(segment.line, _("A drawing has a text in its place, and at most a caption."))
    caption = within(paragraphs[1], _limit("diagram", "caption"), segment.line) if paragraphs[1:] else ""
    return {"name": name, "alternative": paragraphs[0], "caption": caption}


def _practice(draft: Draft, segment: Segment) -> str:
    if segment.text.strip():
        raise MalformedTextError(segment.text_line, _("The question stands in the bank; leave this empty."))
    return segment.title


def _words(segment: Segment) -> list[str]:
    """Paragraphs of plain words."""
    nodes = parse(segment.text)
    for node in nodes:
        if node.type != "paragraph":
            raise MalformedTextError(line_of(node, segment.text_line), _("Only paragraphs can stand here."))
    return [plain(node, segment.text_line) for node in nodes]


def _only_list(segment: Segment) -> SyntaxTreeNode:
    nodes = parse(segment.text)
    if [node.type for node in nodes] != ["bullet_list"]:
        raise MalformedTextError(segment.text_line, _("Only a list with “- ” can stand here."))
    return nodes[0]


CONTAINERS = {
    "law": Container(_summary, title="citation", title_is_required=True),
    "example": Container(_text, title="title"),
    "case": Container(_text, title="title"),
    "note": Container(_text, title="title"),
    "accordion": Container(_text, title="title", title_is_required=True),
    "checklist": Container(_checklist, title="title"),
    "terms": Container(_terms, only_once=True),
    "reflection": Container(_reflection),
    "diagram": Container(_diagram, title="", title_is_required=True),
    "practice": Container(_practice, title="", title_is_required=True, may_be_empty=True),
    "facilitator": Container(_text),
    "discuss": Container(_text),
    "remember": Container(_text, only_once=True),
}
