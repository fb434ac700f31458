"""What the editor shows beside a lesson: how long, how heavy, and what to look at."""

import json
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from wagtail.models import Page

from assessments.models import LegalBasis
from courses.blocks.law import citations_of_boxes
from courses.checker import (
    MOST_WORDS,
    WORDS_A_MINUTE,
    Draft,
    Finding,
    Size,
    check_draft,
    check_headings,
    size_of,
    worst_first,
)
from courses.checker.lesson import check_years
from courses.checker.weights import FILE_LIMIT, PAGE_LIMIT, Weight, Weights, weigh
from courses.checker.words import RawBlock
from courses.models import CoursePage, LessonPage
from courses.years import has_token

# The texts of courses, modules and guides in which years may stand.
_TEXTS = (
    "summary",
    "rationale",
    "how_to_learn",
    "can_do",
    "guide",
    "guide_materials",
    "guide_preparation",
)
# Bytes. Running text is never what makes a page heavy.
_WORTH_NAMING = 3000


@dataclass(frozen=True, slots=True)
class LabelledWeight:
    """A weight with the words by which authors know the block."""

    place: int
    label: Any
    kilobytes: int


@dataclass(frozen=True, slots=True)
class Report:
    """The measures of a lesson and what the checks found. Read by ``courses/admin/size.html``."""

    size: Size
    weights: Weights
    findings: list[Finding]

    max_words = MOST_WORDS
    words_a_minute = WORDS_A_MINUTE
    page_limit = PAGE_LIMIT // 1000
    file_limit = FILE_LIMIT // 1000

    @property
    def is_long(self) -> bool:
        return self.size.words > MOST_WORDS

    @property
    def kilobytes(self) -> int:
        return -(-self.weights.page // 1000)

    @property
    def heaviest(self) -> list[LabelledWeight]:
        return [_labelled(weight) for weight in self.weights.heaviest if weight.bytes > _WORTH_NAMING]

    @property
    def heavy_files(self) -> list[LabelledWeight]:
        return [_labelled(weight) for weight in self.weights.files]


def report_of(draft: Draft) -> Report:
    """Everything about a text, saved or not."""
    return Report(size_of(draft.body), weigh(draft.body), check_draft(draft))


def draft_of(page: LessonPage, *, body: list[RawBlock] | None = None, **typed: Any) -> Draft:
    """A lesson as the checks want it. ``body`` and ``typed``: what somebody is typing instead."""
    course = course_of(page)
    blocks = raw_body(page) if body is None else body
    stored = {
        "title": page.title or "",
        "outcome": page.outcome_text or "",
        "outcomes": tuple(outcome.code for outcome in page.outcomes.all()),
        "has_legal_basis": page.legal_bases.exists(),
    }
    known = {**stored, **typed}
    # What a box cites counts without being listed, once it can be read as a citation.
    known["has_legal_basis"] = known["has_legal_basis"] or bool(citations_of_boxes(blocks))
    return Draft(**known, body=blocks, **_years_of(course))


def _years_of(course: CoursePage | None) -> dict[str, int | None]:
    former = course.copied_from.year if course and course.copied_from else None
    return {"year": course.year if course else None, "formerly": former}


def findings_of(page: Page) -> list[Finding]:
    """What the checks say of a page of a course, as it stands in memory. None for other pages."""
    if isinstance(page, LessonPage):
        return check_draft(draft_of(page))
    if isinstance(page, CoursePage):
        return worst_first(check_headings(page.rationale))
    return []


def raw_body(page: LessonPage) -> list[RawBlock]:
    """The blocks of a lesson as they are stored."""
    return page._meta.get_field("body").stream_block.get_prep_value(page.body) if page.body else []


def course_of(page: Page) -> CoursePage | None:
    """The course that a page lies in, or is. One query."""
    path = page.path or ""
    above = [path[:end] for end in range(page.steplen, len(path) + 1, page.steplen)]
    return CoursePage.objects.filter(path__in=above).select_related("copied_from").first()


def has_places_for_years(course: CoursePage) -> bool:
    """Whether a course speaks of years by places, so that a copy of it needs no searching."""
    return any(has_token(repr(written)) for _page, written in _written(course))


@dataclass(frozen=True, slots=True)
class Recheck:
    """A rule that a copied lesson cites, to be read anew for the new year."""

    page: Page
    basis: LegalBasis


@dataclass(frozen=True, slots=True)
class YearLeft:
    """A year of an earlier round that still stands in a page of a course."""

    page: Page
    finding: Finding


def years_left(course: CoursePage) -> list[YearLeft]:
    """Old years in all texts of a course as they were last written, page by page."""
    left = []
    for page, written in _written(course):
        blocks = _blocks(written, "body") + [
            {"type": "paragraph", "value": text} for name in _TEXTS if (text := str(written.get(name) or ""))
        ]
        draft = Draft(
            str(written["title"]), str(written.get("outcome_text") or ""), (), blocks, **_years_of(course)
        )
        left += [YearLeft(page, found) for found in check_years(draft)]
    return left


def legal_bases_to_check(course: CoursePage) -> list[Recheck]:
    """The rules behind the lessons of a course: those that are listed and those of boxes with the law."""
    cited = [
        (page, set(written.get("legal_bases") or ()), citations_of_boxes(_blocks(written, "body")))
        for page, written in _written(course)
    ]
    numbers = {number for _page, listed, _boxes in cited for number in listed}
    texts = {text for _page, _listed, boxes in cited for text in boxes}
    known = list(LegalBasis.objects.filter(Q(pk__in=numbers) | Q(citation__in=texts)).order_by("citation"))
    return [
        Recheck(page, basis)
        for page, listed, boxes in cited
        for basis in known
        if basis.pk in listed or basis.citation in boxes
    ]


def _written(course: CoursePage) -> list[tuple[Page, dict[str, Any]]]:
    """The pages of a course with what their newest revisions hold. Few queries, however many pages."""
    pages = Page.objects.descendant_of(course, inclusive=True).order_by("path")
    return [
        (page, page.latest_revision.content if page.latest_revision else page.specific.serializable_data())
        for page in pages.select_related("latest_revision")
    ]


def _blocks(written: dict[str, Any], name: str) -> list[RawBlock]:
    """A text of blocks in a revision, which keeps it as JSON in JSON."""
    return json.loads(written.get(name) or "[]")


def _labelled(weight: Weight) -> LabelledWeight:
    blocks = LessonPage._meta.get_field("body").stream_block.child_blocks
    label = blocks[weight.kind].label if weight.kind in blocks else weight.kind
    return LabelledWeight(weight.place, label, -(-weight.bytes // 1000))
