"""What the editor's templates ask for."""

from typing import Any

from django import template
from django.urls import reverse

from courses import desk
from courses.models import LessonPage

register = template.Library()


@register.simple_tag
def lesson_report(page: Any) -> desk.Report | None:
    """The report of a lesson as it was last saved; None for other pages and for one that is not there yet."""
    return desk.report_of(desk.draft_of(page)) if isinstance(page, LessonPage) and page.pk else None


@register.simple_tag
def lesson_size_url(page: Any, request: Any) -> str:
    """Where the meter is counted: at the lesson, or at the module that a new one goes below."""
    match = getattr(request, "resolver_match", None)
    place = page.pk or (match.kwargs.get("parent_page_id") if match else None)
    return reverse("course_admin:size", args=[place]) if place else ""


@register.filter
def is_lesson(page: Any) -> bool:
    return isinstance(page, LessonPage)
