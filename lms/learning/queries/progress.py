"""Who has worked on which lessons."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q
from wagtail.models import Page

from courses.models import LessonPage
from courses.queries import HEAVY_FIELDS
from lms.cohorts.models import Cohort, Meeting
from lms.learning.enums import StudyMode
from lms.learning.models import LessonProgress


def cohort_has_progress(cohort: Cohort) -> bool:
    """Whether anybody in the cohort has opened a lesson."""
    return LessonProgress.objects.filter(enrolment__cohort=cohort).exists()


def pages_with_progress(pages: Iterable[Page]) -> list[Page]:
    """Those pages that somebody worked on, themselves, below them or in a translation of either."""
    return [
        page
        for page in pages
        if LessonProgress.objects.filter(
            lesson__translation_key__in=Page.objects.descendant_of(page, inclusive=True).values(
                "translation_key"
            )
        ).exists()
    ]


@dataclass(frozen=True, slots=True)
class LessonTogether:
    """A lesson of the course, and for how many people it was credited in a meeting."""

    lesson: LessonPage
    credited: int


def lessons_together(meeting: Meeting) -> list[LessonTogether]:
    """The published lessons of the training's course, and those credited here that are not published now, in
    order. One query. ``meeting.cohort.course`` should be loaded."""
    here = Q(progress__meeting=meeting, progress__mode=StudyMode.TOGETHER)
    lessons = (
        LessonPage.objects.defer(*HEAVY_FIELDS)
        .filter(path__startswith=meeting.cohort.course.path)
        .annotate(credited=Count("progress", filter=here))
        .order_by("path")
    )
    return [LessonTogether(lesson, lesson.credited) for lesson in lessons if lesson.live or lesson.credited]
