"""Counts what an author is typing. Writes nothing."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.views import View
from wagtail.models import Page

from assessments.models import Outcome
from courses.access import may_measure
from courses.checker.words import RawBlock
from courses.desk import draft_of, report_of
from courses.models import LessonPage

_UNREADABLE = (KeyError, ValueError, TypeError, AttributeError, IndexError)


class SizeView(View):
    """The meter of the lesson in the posted form, as HTML for its two places.

    ``page_id``: the lesson, or the module below which a new one is being written.
    """

    def post(self, request: HttpRequest, page_id: int) -> HttpResponse:
        page = get_object_or_404(Page, pk=page_id).specific
        if not may_measure(request.user, page):
            raise PermissionDenied
        body = _body_in(request.POST)
        if body is None:
            return JsonResponse({}, status=400)
        lesson = page if isinstance(page, LessonPage) else LessonPage(path=page.path)
        typed = {
            "title": request.POST.get("title", ""),
            "outcome": request.POST.get("outcome_text", ""),
            "outcomes": _outcomes_in(request.POST.getlist("outcomes")),
            "has_legal_basis": any(request.POST.getlist("legal_bases")),
        }
        report = report_of(draft_of(lesson, body=body, **typed))
        answer = {
            place: render_to_string("courses/admin/size.html", {"report": report, "full": place == "full"})
            for place in ("line", "full")
        }
        return JsonResponse(answer)


def _body_in(data: Any) -> list[RawBlock] | None:
    """The blocks in a form, unfinished ones too; None for what is no form of a lesson."""
    block = LessonPage._meta.get_field("body").stream_block
    try:
        return block.get_prep_value(block.value_from_datadict(data, {}, "body"))
    except _UNREADABLE:
        return None


def _outcomes_in(chosen: list[str]) -> tuple[str, ...]:
    numbers = [int(each) for each in chosen if each.isascii() and each.isdigit() and len(each) < 19]
    return tuple(Outcome.objects.filter(pk__in=numbers).values_list("code", flat=True))
