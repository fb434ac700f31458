"""Who reads a page of a course, and what the page may then show of the reader's own way."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from wagtail.models import Page

from lms.cohorts.access import current_enrolment
from lms.cohorts.models import Enrolment
from lms.learning.datasets import CourseLines, LessonLine, ModuleLine, course_lines


@dataclass(frozen=True)
class CourseVisit:
    """An enrolled person on a page of the own course."""

    enrolment: Enrolment
    lines: CourseLines
    page: Page

    @property
    def module(self) -> ModuleLine | None:
        """The module that the page is or belongs to; None on the page of the course."""
        return self.lines.module_of(self.page)


@dataclass(frozen=True)
class LessonVisit(CourseVisit):
    """The same on a lesson: its neighbours, and where to mark it as done."""

    place: int

    @property
    def line(self) -> LessonLine:
        return self.lines.lessons[self.place]

    @property
    def done(self) -> bool:
        return self.line.done

    @property
    def done_url(self) -> str:
        return reverse("learning:lesson_done", args=[self.page.pk])

    @property
    def previous(self) -> LessonLine | None:
        return self.lines.lessons[self.place - 1] if self.place else None

    @property
    def next(self) -> LessonLine | None:
        after = self.lines.lessons[self.place + 1 :]
        return after[0] if after else None


def find_visit(request: HttpRequest, page: Page) -> CourseVisit | None:
    """The visit of the signed-in participant, or None if the page is of a course that is not the own one.

    The chosen enrolment counts; if it is in another course, the newest one in this course does. Two
    queries in the usual case.
    """
    enrolment = current_enrolment(request)
    if enrolment is None:
        return None
    lines = course_lines(enrolment)
    if _is_of(page, enrolment, lines):
        return CourseVisit(enrolment, lines, page)
    others = (
        Enrolment.objects.filter(participant_id=enrolment.participant_id)
        .exclude(cohort__course_id=enrolment.cohort.course_id)
        .select_related("cohort__course")
        .order_by("-cohort__starts_on", "-enrolled_at")
    )
    for other in others:
        lines = course_lines(other)
        if _is_of(page, other, lines):
            return CourseVisit(other, lines, page)
    return None


def lesson_visit(visit: CourseVisit) -> LessonVisit | None:
    """The visit as one of a lesson; None if the cohort's course no longer has that lesson."""
    place = visit.lines.place_of(visit.page)
    if place is None:
        return None
    return LessonVisit(visit.enrolment, visit.lines, visit.page, place)


def _is_of(page: Page, enrolment: Enrolment, lines: CourseLines) -> bool:
    """Whether a page lies in the course of an enrolment, in its own tree or in that of a translation."""
    roots = [enrolment.cohort.course.path]
    if lines.course is not None:
        roots.append(lines.course.path)
    return any(page.path.startswith(root) for root in roots)
