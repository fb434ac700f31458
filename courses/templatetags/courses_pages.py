"""What the templates of course pages ask for. Tags, because a preview has no view that could prepare it."""

import re
from collections.abc import Iterable
from itertools import count
from typing import Any, NamedTuple

from django import template
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from wagtail.blocks.stream_block import StreamValue
from wagtail.models import Page

from assessments.enums import Standing
from assessments.models import LegalBasis, Outcome
from courses import guides, queries, rendering
from courses.intake import HEAVY
from courses.models import CoursePage, GlossaryTerm, LessonPage, ModulePage, TextStamp
from courses.rendering import Part
from courses.rows import Trail, trail_in

register = template.Library()

_STAMP = "_text_stamp"
_FIGURE = re.compile(r"(Rp ?)?[\d.,]+ ?%?")


class Cell(NamedTuple):
    """A table cell with the heading of its column, for screens too narrow for columns."""

    label: str
    text: str
    is_figure: bool


class PlacedBlock(NamedTuple):
    """A block of a text and the heading level that its box may use."""

    block: StreamValue.StreamChild
    box_level: int


class NumberedStep(NamedTuple):
    block: StreamValue.StreamChild
    number: int


@register.simple_tag
def outline_of(course: CoursePage) -> queries.CourseOutline:
    return queries.outline_of(course)


@register.simple_tag(takes_context=True)
def trail_of(context: dict[str, Any], lesson: LessonPage) -> Trail:
    """From the rows that whoever let the reader in has read already (``request.course_rows``), if so."""
    rows = getattr(context.get("request"), "course_rows", None)
    return queries.trail_of(lesson) if rows is None else trail_in(rows, lesson.path)


@register.simple_tag(takes_context=True)
def text_parts(context: dict[str, Any], body: queries.Text) -> list[Part]:
    """The text of a lesson: HTML that is the same for everybody, and the blocks that are not."""
    return rendering.text_parts(body.value, body.language, **_keeping(context))


@register.simple_tag
def module_trail_of(module: ModulePage) -> queries.ModuleTrail:
    return queries.module_trail_of(module)


@register.simple_tag
def text_of(page: Page, field: str) -> queries.Text:
    return queries.text_of(page, field)


@register.simple_tag(takes_context=True)
def law_parts(context: dict[str, Any], page: LessonPage, body: Any) -> rendering.LawParts:
    """What readers are told of the law behind a lesson."""
    return rendering.law_parts(page, body, get_language() or "", **_keeping(context))


def _keeping(context: dict[str, Any]) -> dict[str, Any]:
    """Whether what is drawn is kept (not in a preview), and the stamp, asked for once a request."""
    request = context.get("request")
    if request is None or getattr(request, "is_preview", False):
        return {"keep": False}
    if not hasattr(request, _STAMP):
        setattr(request, _STAMP, TextStamp.objects.now())
    return {"stamp": getattr(request, _STAMP)}


@register.simple_tag
def legal_state(basis: LegalBasis) -> SafeString:
    """What readers are told of a rule in a box; "" if it holds and somebody has read it."""
    revoked = basis.standing(timezone.localdate()) == Standing.REVOKED
    context = {"basis": basis, "is_revoked": revoked}
    return mark_safe(render_to_string("courses/legal_state.html", context).strip())


@register.simple_tag
def guide_of(lesson: LessonPage) -> guides.Guide:
    return guides.guide_of(lesson)


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
    """The blocks of a text with the level of their boxes."""
    return [PlacedBlock(block, level) for block, level in rendering.levels(blocks)]


@register.filter
def numbered_steps(blocks: StreamValue) -> list[NumberedStep]:
    """The parts of a guide; steps are numbered, what stands before and after them is not."""
    numbers = count(1)
    return [NumberedStep(block, next(numbers) if block.block_type == "step" else 0) for block in blocks]


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


class Glossary(NamedTuple):
    """The terms that a lesson names, in its order, and the page of all terms (None: there is none)."""

    terms: list[GlossaryTerm]
    page: Page | None


class FileFacts(NamedTuple):
    kind: str
    size: int
    is_heavy: bool


@register.simple_tag
def glossary_terms(slugs: Iterable[str]) -> Glossary:
    return Glossary(queries.terms_named(slugs), queries.glossary_page(get_language() or ""))


@register.simple_tag
def terms_by_letter() -> list[tuple[str, list[GlossaryTerm]]]:
    return queries.terms_by_letter()


@register.simple_tag
def file_facts(file: Any) -> FileFacts:
    size = file.get_file_size() or 0
    return FileFacts(file.file_extension.upper(), size, size > HEAVY)
