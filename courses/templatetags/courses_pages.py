"""What the templates of course pages ask for. Tags, because a preview has no view that could prepare it."""

import datetime
import re
from collections.abc import Iterable
from typing import Any, NamedTuple

from django import template
from wagtail.blocks.stream_block import StreamValue
from wagtail.models import Page

from assessments.models import Outcome
from courses import queries
from courses.models import CoursePage, LessonPage, ModulePage

register = template.Library()

_FIGURE = re.compile(r"(Rp ?)?[\d.,]+ ?%?")


class Cell(NamedTuple):
    """A table cell with the heading of its column, for screens too narrow for columns."""

    label: str
    text: str
    is_figure: bool


class PlacedBlock(NamedTuple):
    """A block of a lesson and the heading level that its box may use."""

    block: StreamValue.StreamChild
    box_level: int


@register.simple_tag
def outline_of(course: CoursePage) -> queries.CourseOutline:
    return queries.outline_of(course)


@register.simple_tag
def trail_of(lesson: LessonPage) -> queries.Trail:
    return queries.trail_of(lesson)


@register.simple_tag
def module_trail_of(module: ModulePage) -> queries.ModuleTrail:
    return queries.module_trail_of(module)


@register.simple_tag
def text_of(page: Page, field: str) -> queries.Text:
    return queries.text_of(page, field)


@register.simple_tag
def courses_in(language: str) -> list[CoursePage]:
    return queries.courses_in(language)


@register.simple_tag
def outcomes_of(outline: queries.CourseOutline) -> list[Outcome]:
    """What the modules of a course serve, each once, in the order of the programme."""
    modules = [module.page.pk for module in outline.modules]
    return list(Outcome.objects.filter(modules__in=modules).distinct())


@register.filter
def placed(blocks: StreamValue) -> list[PlacedBlock]:
    """The blocks of a lesson; a box before the first heading stands one level higher, so none is skipped."""
    level = 2
    result = []
    for block in blocks:
        if block.block_type == "heading":
            level = 3
        result.append(PlacedBlock(block, level))
    return result


@register.filter
def labelled_rows(rows: Iterable[list[str | None]], header: list[str | None] | None) -> list[list[Cell]]:
    """Rows of a table whose cells know the heading of their column (empty without a header row)."""
    labels = [(label or "").strip() for label in header or []]
    return [
        [
            Cell(labels[index] if index < len(labels) else "", text, bool(_FIGURE.fullmatch(text)))
            for index, text in enumerate((cell or "").strip() for cell in row)
        ]
        for row in rows
    ]


@register.filter
def lines(text: str) -> list[str]:
    """The lines of a text that say something."""
    return [line.strip() for line in text.splitlines() if line.strip()]


@register.filter
def from_iso(value: Any) -> datetime.date | None:
    """``"2026-11-24"`` as a date; None if it is not one."""
    try:
        return datetime.date.fromisoformat(str(value))
    except ValueError:
        return None
