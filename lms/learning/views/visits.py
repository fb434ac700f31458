"""Who reads a page of a course, and what the page may then show of the reader's own way."""

import uuid
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from django.http import HttpRequest
from django.urls import reverse
from wagtail.models import Page

from courses.models import LessonPage
from lms.cohorts.access import reading_enrolment
from lms.cohorts.models import Enrolment
from lms.cohorts.stages import Deed, allows
from lms.learning.datasets import CourseLines, First, LessonLine, ModuleLine, course_lines
from lms.learning.models import LessonAssignment, ReflectionNote
from lms.learning.queries.assigned import assignment_for
from lms.learning.queries.practice import (
    PracticePlace,
    PracticeQuestion,
    practice_for,
    practice_places,
)
from lms.learning.queries.reflections import notes_in_lesson, reflection_places


@dataclass(frozen=True)
class CourseVisit:
    """An enrolled person on a page of the own course."""

    enrolment: Enrolment
    lines: CourseLines
    page: Any

    @property
    def module(self) -> ModuleLine | None:
        """The module that the page is or belongs to; None on the page of the course."""
        return self.lines.module_of(self.page)

    @property
    def standing(self) -> list[tuple[LessonLine, First | None]]:
        """The lessons of the module, each with what comes first if it is not open yet."""
        module = self.module
        return [(line, self.lines.first_before(line)) for line in module.lessons] if module else []

    @property
    def locked_keys(self) -> frozenset[uuid.UUID]:
        """The translation keys of the lessons of the course that are not open yet."""
        closed = (line for line in self.lines.lessons if not self.lines.is_open(line))
        return frozenset(line.page.translation_key for line in closed)


class Reading:
    """What a person does on a lesson, whatever opened it: what is answered and what is still missing."""

    enrolment: Enrolment
    page: Any
    # Set where the lesson was assigned to the person and is not read as one of the own course.
    assignment: LessonAssignment | None

    @property
    def lesson_id(self) -> int:
        """The page to which everything is recorded."""
        raise NotImplementedError

    @property
    def done(self) -> bool:
        raise NotImplementedError

    @property
    def done_url(self) -> str:
        return reverse("learning:lesson_done", args=[self.page.pk])

    @cached_property
    def practice(self) -> dict[uuid.UUID, PracticeQuestion]:
        """The practice questions of the page, by block, with the person's answers."""
        places = practice_places(self.page)
        return practice_for(places, enrolment=self.enrolment, lesson_id=self.lesson_id)

    @cached_property
    def missing(self) -> list[PracticePlace]:
        """The practice that has to be answered before the lesson is done."""
        return [] if self.done else [one.place for one in self.practice.values() if not one.answered]

    @cached_property
    def notes(self) -> dict[uuid.UUID, ReflectionNote]:
        return notes_in_lesson(self.enrolment, self.lesson_id)

    @property
    def asks_for_notes(self) -> bool:
        """Whether there is a private note to write here."""
        return not self.is_closed and bool(reflection_places(self.page))

    @property
    def is_closed(self) -> bool:
        raise NotImplementedError

    @property
    def own_lesson(self) -> LessonPage:
        """The page to which everything is recorded, as an object."""
        own = self.lesson_id
        return self.page if self.page.pk == own else LessonPage.objects.defer("body").get(pk=own)


@dataclass(frozen=True)
class AssignedVisit(Reading):
    """A person on a lesson that was assigned because a rule has changed, in whatever course it is."""

    assignment: LessonAssignment
    page: Any

    @property
    def enrolment(self) -> Enrolment:  # type: ignore[override]
        return self.assignment.enrolment

    @property
    def lesson_id(self) -> int:
        return self.assignment.lesson_id

    @property
    def done(self) -> bool:
        return self.assignment.done_at is not None

    @property
    def way_on(self) -> str:
        return reverse("portal:dashboard")

    @property
    def is_closed(self) -> bool:
        """Never: it is done after the training, if need be after it was archived."""
        return False


@dataclass(frozen=True)
class LessonVisit(CourseVisit, Reading):
    """The same on a lesson: its neighbours, what is still to be answered, and where to mark it as done."""

    place: int
    assignment: ClassVar[None] = None  # type: ignore[misc]

    @property
    def lesson_id(self) -> int:
        return self.line.lesson_id

    @property
    def line(self) -> LessonLine:
        return self.lines.lessons[self.place]

    @property
    def done(self) -> bool:
        return self.line.done

    @property
    def previous(self) -> LessonLine | None:
        return self.lines.lessons[self.place - 1] if self.place else None

    @property
    def next(self) -> LessonLine | None:
        after = self.lines.lessons[self.place + 1 :]
        return after[0] if after else None

    @property
    def after_it(self) -> LessonLine | None:
        """Where the button leads once this lesson is done: the next one, if it is open then."""
        following = self.next
        return following if following is not None and self._opens(following) else None

    @property
    def way_on(self) -> str:
        """The address behind that: the next lesson, else another that is open, else the own page."""
        following = self.after_it or next(
            (
                line
                for line in self.lines.lessons
                if line != self.line and not line.done and self._opens(line)
            ),
            None,
        )
        return following.page.url if following is not None else reverse("portal:dashboard")

    @property
    def is_closed(self) -> bool:
        """Whether the training is kept for reading only."""
        return not allows(self.enrolment.cohort.state, Deed.LEARN)

    def _comes_after(self, line: LessonLine) -> bool:
        return line != self.line and not line.done and self._opens(line)

    def _opens(self, line: LessonLine) -> bool:
        """As it will be when the lesson at hand is done."""
        first = self.lines.first_before(line)
        return first is None or (first.line is not None and first.line.lesson_id == self.line.lesson_id)


def find_visit(request: HttpRequest, page: Page) -> CourseVisit | None:
    """The visit of the signed-in participant, or None if the page is of a course that is not the own one.

    The chosen enrolment counts; if it is in another course, the newest one in this course does. Two
    queries in the usual case.
    """
    enrolment = reading_enrolment(request)
    if enrolment is None:
        return None
    lines = course_lines(enrolment)
    if is_of(page, enrolment, lines):
        return CourseVisit(enrolment, lines, page)
    others = (
        Enrolment.objects.filter(participant_id=enrolment.participant_id)
        .exclude(cohort__course_id=enrolment.cohort.course_id)
        .select_related("cohort__course")
        .order_by("-cohort__starts_on", "-enrolled_at")
    )
    for other in others:
        lines = course_lines(other)
        if is_of(page, other, lines):
            return CourseVisit(other, lines, page)
    return None


def lesson_visit(visit: CourseVisit) -> LessonVisit | None:
    """The visit as one of a lesson; None if the cohort's course no longer has that lesson."""
    place = visit.lines.place_of(visit.page)
    if place is None:
        return None
    return LessonVisit(visit.enrolment, visit.lines, visit.page, place)


def assigned_visit(request: HttpRequest, page: Page) -> AssignedVisit | None:
    """The visit of the signed-in participant on a published lesson that was assigned. One query."""
    enrolment = reading_enrolment(request)
    if enrolment is None or not page.live:
        return None
    assignment = assignment_for(enrolment, page)
    return AssignedVisit(assignment, page) if assignment is not None else None


def is_of(page: Page, enrolment: Enrolment, lines: CourseLines) -> bool:
    """Whether a page lies in the course of an enrolment, in its own tree or in that of a translation."""
    roots = [enrolment.cohort.course.path]
    if lines.course is not None:
        roots.append(lines.course.path)
    return any(page.path.startswith(root) for root in roots)
