"""Paragraphs, lists and sentences as the HTML that Wagtail's own editor stores."""

from html import escape

from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")
_INLINE_TAGS = {"strong": "b", "em": "i"}


class MalformedTextError(ValueError):
    """A construct that lessons do not have. ``line`` counts from 1 within the text that was parsed."""

    def __init__(self, line: int, problem: str) -> None:
        super().__init__(problem)
        self.line = line
        self.problem = problem


def rich_text(text: str) -> str:
    """Headings, paragraphs and lists as the HTML of a RichTextField. Raises MalformedTextError."""
    parts = []
    for node in parse(text):
        is_heading = node.type == "heading"
        parts.append(f"<h2>{heading(node, 1)}</h2>" if is_heading else flow(node, 1))
    return "".join(parts)


def parse(text: str) -> list[SyntaxTreeNode]:
    return SyntaxTreeNode(_MARKDOWN.parse(text)).children


def line_of(node: SyntaxTreeNode, first_line: int) -> int:
    return first_line + (node.map[0] if node.map else 0)


def flow(node: SyntaxTreeNode, line: int) -> str:
    """A paragraph or a list as HTML."""
    if node.type == "paragraph":
        return f"<p>{_inline(node.children[0], line)}</p>"
    if node.type in ("bullet_list", "ordered_list"):
        inner = "".join(f"<li>{text}</li>" for text in items(node, line))
        return f"<{node.tag}>{inner}</{node.tag}>"
    raise MalformedTextError(line_of(node, line), _("Only paragraphs and lists can stand here."))


def items(node: SyntaxTreeNode, line: int) -> list[str]:
    """The items of a list, each as the HTML of one sentence or a few."""
    if node.attrs.get("start", 1) != 1:
        raise MalformedTextError(line_of(node, line), _("A numbered list begins with 1."))
    texts = []
    for item in node.children:
        if [child.type for child in item.children] != ["paragraph"]:
            raise MalformedTextError(line_of(item, line), _("An item of a list is one paragraph."))
        texts.append(_inline(item.children[0].children[0], line))
    return texts


def heading(node: SyntaxTreeNode, line: int) -> str:
    if node.tag != "h2":
        raise MalformedTextError(line_of(node, line), _("Headings are written with “## ”."))
    return plain(node, line)


def plain(node: SyntaxTreeNode, line: int) -> str:
    """The words of a heading, cell or paragraph; marks would be lost there, so they are refused."""
    parts = node.children[0].children if node.children else []
    if any(part.type not in ("text", "softbreak") for part in parts):
        raise MalformedTextError(line_of(node, line), _("Only plain words can stand here."))
    return "".join(part.content or " " for part in parts)


def within(text: str, limit: int, line: int) -> str:
    if len(text) > limit:
        raise MalformedTextError(line, _("Longer than %(limit)d characters.") % {"limit": limit})
    return text


def _inline(node: SyntaxTreeNode, line: int) -> str:
    """Bold, italic and links."""
    return "".join(_inline_part(part, line_of(node, line)) for part in node.children)


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
