"""Which of several lessons are closed to a reader, and why: the gate of ``wagtail_hooks``, for lists."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.models import Page

from courses.queries import paths_of_updates
from lms.cohorts.access import current_enrolment
from lms.cohorts.models import Enrolment
from lms.learning.datasets import CourseLines, course_lines
from lms.learning.queries.assigned import assigned_keys
from lms.learning.views.visits import is_of
from lms.people.access import signed_in


def closed_lessons(request: HttpRequest, lessons: Sequence[Page]) -> dict[Any, str]:
    """The reason why each lesson is closed, by primary key; those that the reader may open are missing.

    Two queries for a participant whose lessons are all of the own course; two more, and one for each other
    training of the person, if some are not.
    """
    if not lessons:
        return {}
    if signed_in(request) is None:
        is_staff = request.user.has_perm("wagtailadmin.access_admin")
        return {} if is_staff else _of_no_training(lessons)
    closed = {}
    waiting = {page.pk: page for page in lessons}
    for enrolment, lines in _trainings(request):
        for page in [page for page in waiting.values() if is_of(page, enrolment, lines)]:
            del waiting[page.pk]
            reason = _reason(lines, page)
            if reason:
                closed[page.pk] = reason
        if not waiting:
            return _but_assigned(request, lessons, closed)
    return _but_assigned(request, lessons, closed | _of_no_training(list(waiting.values())))


def _of_no_training(lessons: Sequence[Page]) -> dict[Any, str]:
    """What opens lessons that are of no training of the reader."""
    updates = tuple(paths_of_updates())
    enrol, given = _("Opens after you enrol"), _("For people who learned the old rule")
    return {page.pk: given if page.path.startswith(updates) else enrol for page in lessons}


def _but_assigned(request: HttpRequest, lessons: Sequence[Page], closed: dict[Any, str]) -> dict[Any, str]:
    """Without those that were assigned to the person, which open whatever the course says."""
    enrolment = current_enrolment(request)
    if not closed or enrolment is None:
        return closed
    assigned = assigned_keys(enrolment.participant_id)
    keys = {page.pk: page.translation_key for page in lessons}
    return {pk: reason for pk, reason in closed.items() if keys[pk] not in assigned}


def _reason(lines: CourseLines, page: Page) -> str:
    """Why a lesson of the own course is closed, or an empty text. The gate asks the same."""
    place = lines.place_of(page)
    if place is None:
        return _("Not open at the moment")
    first = lines.first_before(lines.lessons[place])
    if first is None:
        return ""
    if first.line is None and first.module is None:
        return _("Opens after the pre-test")
    return _("Opens after the lessons before it")


def _trainings(request: HttpRequest) -> Iterator[tuple[Enrolment, CourseLines]]:
    """The chosen training of the participant, then the newest in each other course."""
    chosen = current_enrolment(request)
    if chosen is None:
        return
    yield chosen, course_lines(chosen)
    seen = {chosen.cohort.course_id}
    others = (
        Enrolment.objects.filter(participant_id=chosen.participant_id)
        .exclude(cohort__course_id=chosen.cohort.course_id)
        .select_related("cohort__course")
        .order_by("-cohort__starts_on", "-enrolled_at")
    )
    for other in others:
        if other.cohort.course_id not in seen:
            seen.add(other.cohort.course_id)
            yield other, course_lines(other)
