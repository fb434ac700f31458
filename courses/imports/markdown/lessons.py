"""The body of a lesson."""

from django.utils.translation import gettext as _
from markdown_it.tree import SyntaxTreeNode

from courses.blocks import LessonBlock
from courses.imports.markdown.containers import CONTAINERS, add_container
from courses.imports.markdown.drafts import Draft, RawBlock
from courses.imports.markdown.segments import Segment, segments
from courses.imports.markdown.text import (
    MalformedTextError,
    flow,
    heading,
    items,
    line_of,
    parse,
    plain,
    within,
)


def lesson_blocks(text: str, *, seed: str) -> list[RawBlock]:
    """The body of a lesson as raw StreamField data. Raises MalformedTextError. ``seed`` names the lesson."""
    draft = Draft(seed)
    for segment in segments(text, known=CONTAINERS):
        if segment.kind:
            add_container(draft, segment)
        else:
            _add_text(draft, segment)
    draft.flush()
    return draft.blocks


def _add_text(draft: Draft, segment: Segment) -> None:
    adders = {"heading": _add_heading, "ordered_list": _add_steps, "table": _add_table}
    for node in parse(segment.text):
        adder = adders.get(node.type)
        if adder is None:
            draft.add_flow(flow(node, segment.text_line))
        else:
            draft.flush()
            adder(draft, node, segment.text_line)


def _add_heading(draft: Draft, node: SyntaxTreeNode, line: int) -> None:
    limit = LessonBlock().child_blocks["heading"].field.max_length
    draft.add("heading", within(heading(node, line), limit, line_of(node, line)))


def _add_steps(draft: Draft, node: SyntaxTreeNode, line: int) -> None:
    texts = [f"<p>{text}</p>" for text in items(node, line)]
    draft.add("steps", {"steps": draft.items("steps", texts)})


def _add_table(draft: Draft, node: SyntaxTreeNode, line: int) -> None:
    rows = [[plain(cell, line) for cell in row.children] for part in node.children for row in part.children]
    if not rows:
        raise MalformedTextError(line_of(node, line), _("The table is empty."))
    value = {
        "data": rows,
        "cell": [],
        "mergeCells": [],
        "first_row_is_table_header": True,
        "first_col_is_header": False,
        "table_header_choice": "row",
        "table_caption": "",
    }
    draft.add("table", value)
