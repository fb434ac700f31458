"""Reading lessons: the gate, its refusals, and marking as done."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from courses.models import LessonPage
from courses.queries import paths_of_updates
from lms.learning.access import TEST_TAKER
from lms.learning.datasets import First
from lms.learning.domain import complete_assigned, complete_lesson, complete_with_course
from lms.learning.enums import Occasion
from lms.learning.views.responses import SeeOther, plain_page, to_dashboard
from lms.learning.views.visits import (
    AssignedVisit,
    CourseVisit,
    LessonVisit,
    assigned_visit,
    find_visit,
    lesson_visit,
)
from lms.ui.policy import requires


def enter_lesson(request: HttpRequest, page: LessonPage) -> LessonVisit | AssignedVisit | HttpResponse:
    """The visit of the signed-in person on a lesson that may be opened now, else the page that says why not
    and what to do first. Whatever is done in a lesson comes through here.

    One that was assigned because a rule has changed opens whatever the course says; so does one of the own
    course that was done before it changed.
    """
    visit = find_visit(request, page)
    lesson = lesson_visit(visit) if visit is not None else None
    first = lesson.lines.first_before(lesson.line) if lesson is not None else None
    is_open = lesson is not None and page.live and first is None
    if lesson is not None and is_open and not lesson.done:
        return lesson
    assigned = assigned_visit(request, page)
    if assigned is not None and not (is_open and assigned.done):
        return assigned
    if visit is None:
        return not_given(request) if is_update(page) else not_your_course(request)
    if lesson is None or not page.live:
        return lesson_gone(request, visit) if visit.lines.lessons_are_open else pre_test_first(request, visit)
    return lesson if first is None else comes_first(request, visit, first)


def lesson_or_404(page_id: int) -> LessonPage:
    page = LessonPage.objects.select_related("locale").filter(id=page_id).first()
    if page is None:
        raise Http404
    return page


@requires(TEST_TAKER)
def lesson_done(request: HttpRequest, page_id: int) -> HttpResponse:
    """Mark a lesson as done and go on; opened by hand, it leads to the lesson, and so does a practice
    question that nobody has answered yet."""
    page = lesson_or_404(page_id)
    lesson = enter_lesson(request, page)
    if isinstance(lesson, HttpResponse):
        return lesson
    if request.method != "POST":
        return SeeOther(page.get_url(request))
    try:
        _complete(lesson, page)
    except ValidationError as refusal:
        messages.info(request, refusal.messages[0])
        if lesson.missing:
            return SeeOther(f"{page.get_url(request)}#{lesson.missing[0].anchor}")
    return SeeOther(lesson.way_on)


def _complete(lesson: LessonVisit | AssignedVisit, page: LessonPage) -> None:
    if lesson.assignment is not None:
        complete_assigned(assignment=lesson.assignment, read=page)
        return
    own = lesson.own_lesson
    complete_lesson(enrolment=lesson.enrolment, lesson=own, read=page)
    complete_with_course(enrolment=lesson.enrolment, lesson=own)


def is_update(page: LessonPage) -> bool:
    """Whether a lesson is about a rule that changed, in a course that nobody enrols in."""
    return page.path.startswith(tuple(paths_of_updates()))


def not_given(request: HttpRequest) -> HttpResponse:
    return plain_page(
        request,
        status=403,
        title=_("This lesson is about a rule that changed"),
        text=_("It is for people who learned the old rule. If you need it, please ask your trainer."),
        **to_dashboard(),
    )


def not_your_course(request: HttpRequest) -> HttpResponse:
    return plain_page(
        request,
        status=403,
        title=_("This lesson belongs to another training"),
        text=_("You are not enrolled in this training. If you should be, please ask your trainer."),
        **to_dashboard(),
    )


def comes_first(request: HttpRequest, visit: CourseVisit, first: First) -> HttpResponse:
    """403 for a lesson that is not open yet: what to do first, and the way to it."""
    if first.line is None and first.module is None:
        return pre_test_first(request, visit)
    if first.module is not None:
        text = _("Finish the module “%(title)s” first. Then this lesson opens.")
        text = text % {"title": first.module.page.title}
        undone = [line for line in first.module.lessons if not line.done]
        to = next((line for line in undone if visit.lines.is_open(line)), visit.lines.next_lesson)
    else:
        to = first.line
        text = _("The lessons are worked through one after the other. Finish “%(title)s” first.")
        text = text % {"title": to.page.title if to else ""}
    way_on = (
        {"action_url": to.page.get_url(request), "action_label": _("Go to that lesson")}
        if to is not None
        else to_dashboard()
    )
    return plain_page(
        request,
        status=403,
        title=_("This lesson opens later"),
        text=text,
        simulated=visit.enrolment.cohort.is_simulated,
        **way_on,
    )


def pre_test_first(request: HttpRequest, visit: CourseVisit) -> HttpResponse:
    return plain_page(
        request,
        status=403,
        title=_("The lessons open after the pre-test"),
        text=_("Take the pre-test first. It shows what you know already; afterwards all lessons are open."),
        action_url=reverse("learning:start", args=[Occasion.PRE]),
        action_label=_("Go to the pre-test"),
        simulated=visit.enrolment.cohort.is_simulated,
    )


def lesson_gone(request: HttpRequest, visit: CourseVisit) -> HttpResponse:
    """404 for a lesson that was taken down while the course runs."""
    following = visit.lines.following(visit.page)
    way_on = (
        {"action_url": following.page.get_url(request), "action_label": _("Go to the next lesson")}
        if following
        else to_dashboard()
    )
    return plain_page(
        request,
        status=404,
        title=_("This lesson is not open at the moment"),
        text=_("Your trainers have taken it down to change it. What you have done so far is kept."),
        simulated=visit.enrolment.cohort.is_simulated,
        **way_on,
    )
