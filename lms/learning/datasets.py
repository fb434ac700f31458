"""A course as one enrolled person meets it: modules and lessons with their progress, in one query.

Lessons are told apart by Wagtail's translation key: progress belongs to the lesson of the cohort's own
course, whichever translation was read.
"""

import uuid
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import get_language
from wagtail.models import Page

from lms.cohorts.models import Enrolment
from lms.learning.enums import Occasion
from lms.learning.models import Attempt, LessonProgress


@dataclass(frozen=True)
class LessonLine:
    """A published lesson: ``page`` is what the person reads, ``lesson_id`` the one in the cohort's course."""

    page: Page
    lesson_id: int
    opened: bool
    done: bool


@dataclass(frozen=True)
class ModuleLine:
    """A published module with its lessons in order."""

    page: Page
    lessons: tuple[LessonLine, ...]

    @property
    def done(self) -> int:
        return sum(lesson.done for lesson in self.lessons)

    @property
    def total(self) -> int:
        return len(self.lessons)

    @property
    def done_keys(self) -> frozenset[uuid.UUID]:
        """The translation keys of the lessons that are done, whichever language was read."""
        return frozenset(lesson.page.translation_key for lesson in self.lessons if lesson.done)


@dataclass(frozen=True)
class CourseLines:
    """The course of an enrolment. ``course`` is the course page in the language read, None if unpublished."""

    course: Page | None
    modules: tuple[ModuleLine, ...]
    lessons_are_open: bool

    @cached_property
    def lessons(self) -> tuple[LessonLine, ...]:
        return tuple(lesson for module in self.modules for lesson in module.lessons)

    @property
    def done(self) -> int:
        return sum(lesson.done for lesson in self.lessons)

    @property
    def total(self) -> int:
        return len(self.lessons)

    @property
    def next_lesson(self) -> LessonLine | None:
        """The first lesson, in order, that is not done."""
        return next((lesson for lesson in self.lessons if not lesson.done), None)

    def place_of(self, page: Page) -> int | None:
        """The index in ``lessons`` of a page or of what it is a translation of; None if it is not there."""
        keys = [lesson.page.translation_key for lesson in self.lessons]
        return keys.index(page.translation_key) if page.translation_key in keys else None

    def following(self, page: Page) -> LessonLine | None:
        """The first lesson not done after a page's place in the tree, else the first not done at all."""
        place = self.place_of(page)
        if place is not None:
            after = self.lessons[place + 1 :]
        else:
            after = tuple(line for line in self.lessons if line.page.path > page.path)
        return next((line for line in after if not line.done), self.next_lesson)

    def module_of(self, page: Page) -> ModuleLine | None:
        """The module that holds a lesson page, or that a module page is."""
        for module in self.modules:
            keys = {module.page.translation_key, *(line.page.translation_key for line in module.lessons)}
            if page.translation_key in keys:
                return module
        return None


def course_lines(enrolment: Enrolment) -> CourseLines:
    """The published course of an enrolment with its progress, in the language of the interface.

    One query. A lesson without a published page in that language is read in the cohort's own. Needs
    ``enrolment.cohort.course`` loaded.
    """
    course = enrolment.cohort.course
    rows = list(_family(enrolment))
    own = [row for row in rows if row.path.startswith(course.path)]
    read = {row.translation_key: row for row in own}
    read |= {row.translation_key: row for row in rows if row.locale.language_code == get_language()}
    modules = [row for row in own if row.depth == course.depth + 1]
    lessons = [row for row in own if row.depth == course.depth + 2]
    return CourseLines(
        course=read.get(course.translation_key),
        modules=tuple(
            ModuleLine(
                read[module.translation_key],
                tuple(_line(row, read) for row in lessons if row.path.startswith(module.path)),
            )
            for module in modules
        ),
        lessons_are_open=not enrolment.cohort.pretest_first or any(row.pre_test_done for row in own),
    )


def _family(enrolment: Enrolment) -> QuerySet[Page]:
    course = enrolment.cohort.course
    below = Q(path__startswith=course.path)
    translated = Q(
        locale__language_code=get_language(),
        translation_key__in=Page.objects.filter(below).values("translation_key"),
    )
    progress = LessonProgress.objects.filter(enrolment=enrolment, lesson_id=OuterRef("pk"))
    pre_test = Attempt.objects.filter(enrolment=enrolment, occasion=Occasion.PRE, submitted_at__isnull=False)
    return (
        Page.objects.live()
        .filter(below | translated)
        .select_related("locale")
        .annotate(
            opened_at=Subquery(progress.values("opened_at")),
            completed_at=Subquery(progress.values("completed_at")),
            pre_test_done=Exists(pre_test),
        )
        .order_by("path")
    )


def _line(row: Page, read: dict[uuid.UUID, Page]) -> LessonLine:
    return LessonLine(
        page=read[row.translation_key],
        lesson_id=row.pk,
        opened=row.opened_at is not None,
        done=row.completed_at is not None,
    )
