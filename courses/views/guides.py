"""The facilitator's guide, to read and to print; and a module on paper.

Whoever may enter the admin may read a lesson (``lms.learning`` opens it to staff), so the same people may
read how it is led. It is served below the admin and nowhere else: participants have no door to it.
"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe
from wagtail.models import Page

from courses.access import may_look_over
from courses.guides import guide_of
from courses.models import LessonPage, ModulePage


@require_safe
def guide(request: HttpRequest, page_id: int) -> HttpResponse:
    """How to lead one lesson: steps with minutes, words to read aloud, notes."""
    lesson = get_object_or_404(LessonPage.objects.select_related("locale"), pk=page_id)
    if not lesson.live and not may_look_over(request.user, lesson):
        raise Http404
    return render(
        request, "courses/guide/page.html", {"guides": [guide_of(lesson)], **_frame(request, lesson)}
    )


@require_safe
def module_guide(request: HttpRequest, module_id: int) -> HttpResponse:
    """The guides of all lessons of a module, one after another: a booklet."""
    module = get_object_or_404(ModulePage, pk=module_id)
    lessons = LessonPage.objects.live().child_of(module).select_related("locale").order_by("path")
    guides = [guide_of(lesson) for lesson in lessons]
    return render(request, "courses/guide/page.html", {"guides": guides, **_frame(request, module)})


@require_safe
def module_paper(request: HttpRequest, module_id: int) -> HttpResponse:
    """All lessons of a module on paper, as participants read them, to hand out."""
    module = get_object_or_404(ModulePage, pk=module_id)
    lessons = LessonPage.objects.live().child_of(module).select_related("locale").order_by("path")
    return render(request, "courses/module_paper.html", {"lessons": lessons, **_frame(request, module)})


def _frame(request: HttpRequest, page: Page) -> dict[str, Any]:
    may_edit = page.permissions_for_user(request.user).can_edit()
    return {
        "page": page,
        "edit_url": reverse("wagtailadmin_pages:edit", args=[page.pk]) if may_edit else None,
        "lesson_url": page.get_url(request) if page.live else None,
    }
