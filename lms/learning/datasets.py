"""A course as one enrolled person meets it: modules and lessons with their progress, and what is open.

Lessons are told apart by Wagtail's translation key: progress belongs to the lesson of the cohort's own
course, whichever translation was read.
"""

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import cached_property

from django.utils.translation import get_language
from wagtail.models import Page

from courses.enums import CourseOrder
from courses.rows import STEP, PageRow, course_rows, prerequisite_keys
from lms.cohorts.models import Enrolment
from lms.cohorts.stages import lessons_are_free
from lms.learning.enums import Occasion, StudyMode
from lms.learning.models import Attempt, LessonProgress


@dataclass(frozen=True)
class LessonLine:
    """A published lesson: ``page`` is what the person reads, ``lesson_id`` the one in the cohort's course."""

    page: PageRow
    lesson_id: int
    opened: bool
    done: bool
    # Done in a meeting, credited by staff.
    together: bool = False
    visited_at: datetime | None = None


@dataclass(frozen=True)
class ModuleLine:
    """A published module with its lessons in order."""

    page: PageRow
    lessons: tuple[LessonLine, ...]
    module_id: int = 0

    @property
    def done(self) -> int:
        return sum(lesson.done for lesson in self.lessons)

    @property
    def total(self) -> int:
        return len(self.lessons)

    @property
    def together(self) -> int:
        """How many of the lessons that are done were studied together in a meeting."""
        return sum(lesson.together for lesson in self.lessons)

    @property
    def together_keys(self) -> frozenset[uuid.UUID]:
        """The translation keys of those."""
        return frozenset(lesson.page.translation_key for lesson in self.lessons if lesson.together)

    @property
    def done_keys(self) -> frozenset[uuid.UUID]:
        """The translation keys of the lessons that are done, whichever language was read."""
        return frozenset(lesson.page.translation_key for lesson in self.lessons if lesson.done)


@dataclass(frozen=True, slots=True)
class First:
    """What has to be done before a lesson opens: a lesson, a whole module, or (neither) the pre-test."""

    line: LessonLine | None = None
    module: ModuleLine | None = None


@dataclass(frozen=True)
class CourseLines:
    """The course of an enrolment. ``course`` is the course page in the language read, None if unpublished.

    ``lessons_are_open`` says that the pre-test is no longer in the way. ``order`` is FREE where the training
    opens everything or is over.
    """

    course: PageRow | None
    modules: tuple[ModuleLine, ...]
    lessons_are_open: bool
    order: str = CourseOrder.FREE
    has_prerequisites: bool = False
    # Of the cohort's own course in the tree.
    path: str = ""
    rows: list[PageRow] = field(default_factory=list, repr=False)

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
    def share(self) -> Decimal:
        """Whole hundredths, rounded down: all of it is only said when all of it is done."""
        return Decimal(self.done * 100 // self.total) / 100 if self.total else Decimal(0)

    def first_before(self, line: LessonLine) -> First | None:
        """What has to be done before this lesson may be opened; None if it may be now.

        The one rule of opening, asked by the gate, the outlines and the own page alike. Whatever else may
        open or close a lesson one day (one that is assigned to somebody) belongs here.
        """
        if not self.lessons_are_open:
            return First()
        return None if line.done else self._waits.get(line.lesson_id)

    def is_open(self, line: LessonLine) -> bool:
        return self.first_before(line) is None

    @property
    def next_lesson(self) -> LessonLine | None:
        """The first lesson, in order, that is not done and may be opened."""
        return next((lesson for lesson in self.lessons if not lesson.done and self._may_come(lesson)), None)

    @property
    def last_read(self) -> LessonLine | None:
        """The lesson that was on the screen last."""
        visited = [line for line in self.lessons if line.visited_at is not None]
        return max(visited, key=lambda line: line.visited_at or datetime.min, default=None)

    @property
    def resume(self) -> LessonLine | None:
        """Where to go on: the lesson read last if it is not done, else the next one."""
        last = self.last_read
        return last if last is not None and not last.done and self._may_come(last) else self.next_lesson

    def place_of(self, page: Page | PageRow) -> int | None:
        """The index in ``lessons`` of a page or of what it is a translation of; None if it is not there."""
        keys = [lesson.page.translation_key for lesson in self.lessons]
        return keys.index(page.translation_key) if page.translation_key in keys else None

    def following(self, page: Page | PageRow) -> LessonLine | None:
        """The first open lesson not done after a page's place in the tree, else the first at all."""
        place = self.place_of(page)
        if place is not None:
            after = self.lessons[place + 1 :]
        else:
            after = tuple(line for line in self.lessons if line.page.path > page.path)
        return next((line for line in after if not line.done and self._may_come(line)), self.next_lesson)

    def module_of(self, page: Page | PageRow) -> ModuleLine | None:
        """The module that holds a lesson page, or that a module page is."""
        for module in self.modules:
            keys = {module.page.translation_key, *(line.page.translation_key for line in module.lessons)}
            if page.translation_key in keys:
                return module
        return None

    def _may_come(self, line: LessonLine) -> bool:
        """Open, or open as soon as the pre-test is done, which is told elsewhere."""
        return line.lesson_id not in self._waits

    @cached_property
    def _waits(self) -> Mapping[int, First]:
        """By lesson, what comes before it, the pre-test left out. A module waits only for modules that stand
        before it in the course, so a course can never lock itself."""
        needs = prerequisite_keys(self.path) if self.has_prerequisites else {}
        return dict(_waiting(self.modules, needs, in_turn=self.order == CourseOrder.SEQUENTIAL))


def _waiting(
    modules: tuple[ModuleLine, ...], needs: Mapping[int, set[uuid.UUID]], *, in_turn: bool
) -> Iterator[tuple[int, First]]:
    unfinished: list[ModuleLine] = []
    gap: LessonLine | None = None
    for module in modules:
        wanted = needs.get(module.module_id, set())
        first = next((one for one in unfinished if one.page.translation_key in wanted), None)
        for line in module.lessons:
            if first is not None:
                yield line.lesson_id, First(module=first)
            elif in_turn and gap is not None:
                yield line.lesson_id, First(line=gap)
            if gap is None and not line.done:
                gap = line
        if module.done < module.total:
            unfinished.append(module)


def course_lines(enrolment: Enrolment) -> CourseLines:
    """The published course of an enrolment with its progress, in the language of the interface.

    Three queries, one of them the stamp of the pages, which are read once; one more where prerequisites
    count. A lesson without a published page in that language is read in the cohort's own.
    Needs ``enrolment.cohort.course`` loaded.
    """
    cohort, course = enrolment.cohort, enrolment.cohort.course
    rows = course_rows(course.path, get_language() or "")
    own = [row for row in rows if row.path.startswith(course.path)]
    read = {row.translation_key: row for row in own}
    read |= {row.translation_key: row for row in rows if row.language == get_language()}
    lessons: dict[str, list[LessonLine]] = {}
    progress = _progress_of(enrolment)
    for row in own:
        if row.depth == course.depth + 2:
            line = _line(row, read[row.translation_key], progress.get(row.pk))
            lessons.setdefault(row.path[:-STEP], []).append(line)
    ordered = not (cohort.all_lessons_open or lessons_are_free(cohort.state))
    return CourseLines(
        course=read.get(course.translation_key),
        modules=tuple(
            ModuleLine(read[row.translation_key], tuple(lessons.get(row.path, ())), row.pk)
            for row in own
            if row.depth == course.depth + 1
        ),
        lessons_are_open=not _asks_for_pre_test(enrolment) or _has_taken_pre_test(enrolment),
        order=course.order if ordered else CourseOrder.FREE,
        has_prerequisites=ordered,
        path=course.path,
        rows=rows,
    )


def _asks_for_pre_test(enrolment: Enrolment) -> bool:
    """The training says so, or the course does and the training does not open everything."""
    cohort = enrolment.cohort
    by_course = cohort.course.order == CourseOrder.AFTER_PRE_TEST and not cohort.all_lessons_open
    return (cohort.pretest_first or by_course) and not lessons_are_free(cohort.state)


def _has_taken_pre_test(enrolment: Enrolment) -> bool:
    taken = Attempt.objects.counted().filter(enrolment=enrolment, occasion=Occasion.PRE)
    return taken.filter(submitted_at__isnull=False).exists()


def _progress_of(enrolment: Enrolment) -> dict[int, tuple[datetime | None, str, datetime | None]]:
    """By lesson of the cohort's course: when it was done, how, and when it was last come to."""
    rows = LessonProgress.objects.filter(enrolment=enrolment)
    return {
        lesson: (completed, mode, visited)
        for lesson, completed, mode, visited in rows.values_list(
            "lesson_id", "completed_at", "mode", "visited_at"
        )
    }


def _line(
    own: PageRow, page: PageRow, progress: tuple[datetime | None, str, datetime | None] | None
) -> LessonLine:
    completed, mode, visited = progress or (None, "", None)
    return LessonLine(
        page=page,
        lesson_id=own.pk,
        opened=progress is not None,
        done=completed is not None,
        together=mode == StudyMode.TOGETHER,
        visited_at=visited,
    )
