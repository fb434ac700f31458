"""Reading lessons: the refusals of the gate, and marking as done."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from courses.models import LessonPage
from lms.learning.access import TEST_TAKER
from lms.learning.domain import complete_lesson
from lms.learning.enums import Occasion
from lms.learning.views.responses import SeeOther, plain_page, to_dashboard
from lms.learning.views.visits import CourseVisit, find_visit, lesson_visit
from lms.ui.policy import requires


@requires(TEST_TAKER)
def lesson_done(request: HttpRequest, page_id: int) -> HttpResponse:
    """Mark a lesson as done and go on to the next one; opened by hand, it leads to the lesson."""
    page = LessonPage.objects.defer("body").filter(id=page_id).first()
    if page is None:
        raise Http404
    visit = find_visit(request, page)
    if visit is None:
        return not_your_course(request)
    lesson = lesson_visit(visit)
    if lesson is None or not page.live:
        return lesson_gone(request, visit)
    if not visit.lines.lessons_are_open:
        return pre_test_first(request, visit)
    if request.method != "POST":
        return SeeOther(page.get_url(request))
    own = page if page.pk == lesson.line.lesson_id else LessonPage.objects.get(pk=lesson.line.lesson_id)
    complete_lesson(enrolment=visit.enrolment, lesson=own)
    following = lesson.next
    return SeeOther(following.page.get_url(request) if following else reverse("portal:dashboard"))


def not_your_course(request: HttpRequest) -> HttpResponse:
    return plain_page(
        request,
        status=403,
        title=_("This lesson belongs to another training"),
        text=_("You are not enrolled in this training. If you should be, please ask your trainer."),
        **to_dashboard(),
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
