"""The gate before course pages, and the guard of lessons that people have worked on."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.models import Page

from courses.models import CoursePage, LessonPage, ModulePage
from lms.learning.domain import open_lesson
from lms.learning.queries import pages_with_progress
from lms.learning.views.lessons import lesson_gone, not_your_course, pre_test_first
from lms.learning.views.visits import find_visit, lesson_visit
from lms.people.access import signed_in


@hooks.register("before_serve_page")
def let_readers_in(page: Page, request: HttpRequest, args: Any, kwargs: Any) -> HttpResponse | None:
    """Lessons are for the enrolled and, to read, for staff; pages above them show one's way."""
    if isinstance(page, LessonPage):
        return _lesson(page, request)
    if isinstance(page, CoursePage | ModulePage):
        enrolled = signed_in(request) is not None
        request.course_visit = find_visit(request, page) if enrolled else None  # type: ignore[attr-defined]
    return None


def _lesson(page: LessonPage, request: HttpRequest) -> HttpResponse | None:
    request.lesson_visit = None  # type: ignore[attr-defined]
    if signed_in(request) is None:
        if request.user.has_perm("wagtailadmin.access_admin"):
            return None
        return HttpResponseRedirect(f"{reverse('people:sign_in')}?{urlencode({'next': request.path})}")
    visit = find_visit(request, page)
    if visit is None:
        return not_your_course(request)
    if not visit.lines.lessons_are_open:
        return pre_test_first(request, visit)
    lesson = lesson_visit(visit)
    if lesson is None:
        return lesson_gone(request, visit)
    if not lesson.line.opened:
        own = page if page.pk == lesson.line.lesson_id else LessonPage.objects.get(pk=lesson.line.lesson_id)
        open_lesson(enrolment=visit.enrolment, lesson=own)
    request.lesson_visit = lesson  # type: ignore[attr-defined]
    return None


@hooks.register("before_delete_page")
def keep_lessons_with_progress(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Deleting cascades to descendants and translations, so all of those are looked at."""
    if request.method != "POST" or not pages_with_progress([page]):
        return None
    return _refuse(request, page)


@hooks.register("before_bulk_action")
def keep_lessons_with_progress_in_bulk(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> HttpResponse | None:
    pages = [thing for thing in objects if isinstance(thing, Page)]
    if action_type != "delete" or not pages:
        return None
    kept = pages_with_progress(pages)
    return _refuse(request, kept[0]) if kept else None


def _refuse(request: HttpRequest, page: Page) -> HttpResponse:
    text = _("“%(title)s” cannot be deleted, because participants have worked on it. Unpublish it instead.")
    messages.error(request, text % {"title": page.get_admin_display_title()})
    parent = page.get_parent()
    return redirect("wagtailadmin_explore", parent.pk if parent else page.pk)
