"""The gate before course pages, the guard of lessons that people have worked on, and the pages of staff."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import include, path, reverse, reverse_lazy
from django.urls.resolvers import URLResolver
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page

from courses.models import CoursePage, LessonPage, ModulePage
from lms.cohorts.stages import Deed, allows
from lms.learning.domain import begin_assigned, come_back, open_lesson
from lms.learning.domain.assigned import GIVEN, TAKEN_BACK
from lms.learning.exports.learners import EXPORTED
from lms.learning.places import Kind, Place
from lms.learning.queries import pages_with_progress
from lms.learning.views import staff_learners, staff_marking, staff_regrades
from lms.learning.views.lessons import enter_lesson
from lms.learning.views.visits import AssignedVisit, LessonVisit, find_visit
from lms.people.access import signed_in
from lms.people.station import stand_at


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
    lesson = enter_lesson(request, page)
    if isinstance(lesson, HttpResponse):
        return lesson
    if isinstance(lesson, AssignedVisit):
        begin_assigned(assignment=lesson.assignment)
        request.lesson_visit = lesson  # type: ignore[attr-defined]
        # Its neighbours were not assigned: no way to them is shown.
        request.course_rows = []  # type: ignore[attr-defined]
        return None
    if allows(lesson.enrolment.cohort.state, Deed.LEARN):
        _note_reading(lesson)
    stand_at(request, str(Place(Kind.LESSON, number=lesson.line.lesson_id)))
    request.lesson_visit = lesson  # type: ignore[attr-defined]
    # What the outline needs has been read already.
    request.course_rows = lesson.lines.rows  # type: ignore[attr-defined]
    return None


def _note_reading(lesson: LessonVisit) -> None:
    """Nothing is written for a look at the lesson that was on the screen last."""
    if not lesson.line.opened:
        open_lesson(enrolment=lesson.enrolment, lesson=lesson.own_lesson)
    elif lesson.lines.last_read != lesson.line:
        come_back(enrolment=lesson.enrolment, lesson_id=lesson.line.lesson_id)


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


class PermittedMenuItem(MenuItem):
    """Shown to who has the permission."""

    def __init__(self, *args: Any, permission: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.permission = permission

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(self.permission)


@hooks.register("register_admin_urls")
def register_staff_urls() -> list[URLResolver]:
    return [path("", include("lms.learning.staff_urls")), path("", include("lms.learning.helped_urls"))]


@hooks.register("register_admin_menu_item")
def register_marking_menu_item() -> MenuItem:
    return PermittedMenuItem(
        gettext_lazy("Marking"),
        reverse_lazy("learning_marking:index"),
        name="marking",
        icon_name="tasks",
        order=95,
        permission=staff_marking.MARK,
    )


@hooks.register("register_reports_menu_item")
def register_regrading_menu_item() -> MenuItem:
    return PermittedMenuItem(
        gettext_lazy("Regrading"),
        reverse_lazy("learning_regrade:index"),
        name="regrading",
        icon_name="rotate",
        order=110,
        permission=staff_regrades.REGRADE,
    )


@hooks.register("register_reports_menu_item")
def register_changed_rules_menu_item() -> MenuItem:
    return PermittedMenuItem(
        gettext_lazy("Who learned old rules"),
        reverse_lazy("learning_rules:index"),
        name="changed-rules",
        icon_name="group",
        order=111,
        permission=staff_learners.VIEW,
    )


@hooks.register("register_log_actions")
def log_actions_of_learning(actions: LogActionRegistry) -> None:
    for action, label, message in (
        (GIVEN, gettext_lazy("Give a lesson"), gettext_lazy("Gave people a lesson about a changed rule")),
        (TAKEN_BACK, gettext_lazy("Take back a lesson"), gettext_lazy("Took back a lesson that was given")),
        (
            EXPORTED,
            gettext_lazy("Export who learned a rule"),
            gettext_lazy("Took the list of who learned a rule out as a file"),
        ),
    ):
        actions.register_action(action, label, message)
    actions.register_action(
        "learning.lessons_credited",
        gettext_lazy("Credit lessons"),
        gettext_lazy("Credited lessons studied together"),
    )
    actions.register_action(
        "learning.lessons_taken_back",
        gettext_lazy("Take back lessons"),
        gettext_lazy("Took back a credited lesson"),
    )
    actions.register_action(
        "learning.survey_given", gettext_lazy("Add a survey"), gettext_lazy("Gave the training a survey")
    )
    actions.register_action(
        "learning.surveys_taken_out",
        gettext_lazy("Survey results"),
        gettext_lazy("Took the survey results out as a file"),
    )


@hooks.register("insert_global_admin_css")
def staff_css() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("learning/staff.css"))
