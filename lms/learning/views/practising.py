"""What a participant sends from within a lesson: a practice answer, a private note."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from courses.models import LessonPage
from lms.learning.access import TEST_TAKER
from lms.learning.domain import answer_practice, keep_note
from lms.learning.forms import fields_at
from lms.learning.queries.practice import PracticeQuestion
from lms.learning.queries.reflections import reflection_places
from lms.learning.views.lessons import enter_lesson, lesson_or_404
from lms.learning.views.responses import SeeOther
from lms.learning.views.visits import AssignedVisit, LessonVisit
from lms.ui.policy import requires


@requires(TEST_TAKER)
def practise(request: HttpRequest, page_id: int, block_id: uuid.UUID) -> HttpResponse:
    """Keep an answer and go back to the question, where the feedback stands now; opened by hand, it leads to
    the question. What cannot be read is shown again with the reason."""
    page = lesson_or_404(page_id)
    lesson = enter_lesson(request, page)
    if isinstance(lesson, HttpResponse):
        return lesson
    asked = lesson.practice.get(block_id)
    if asked is None:
        return SeeOther(page.get_url(request))
    if request.method == "POST":
        try:
            _answer(request, lesson, asked)
        except ValidationError as refusal:
            data = fields_at(request.POST, asked.place.number)
            return _again(request, lesson, block_id, refusal.messages[0], data)
    return SeeOther(f"{page.get_url(request)}#{asked.place.anchor}")


def _answer(request: HttpRequest, lesson: LessonVisit | AssignedVisit, asked: PracticeQuestion) -> None:
    if request.POST.get("version") != str(asked.question.pk):
        raise ValidationError(_("This question has been changed meanwhile. Read it again, then answer."))
    try:
        event_id = uuid.UUID(request.POST.get("client_id", ""))
    except ValueError:
        raise ValidationError(
            _("The answer could not be read. Open the question again, then answer. Nothing is lost.")
        ) from None
    answer_practice(
        enrolment=lesson.enrolment,
        lesson=lesson.own_lesson,
        asked=asked,
        event_id=event_id,
        data=fields_at(request.POST, asked.place.number),
        assignment=lesson.assignment,
    )


@requires(TEST_TAKER)
def reflect(request: HttpRequest, page_id: int, block_id: uuid.UUID) -> HttpResponse:
    """Keep a private note and go back to it; opened by hand, it leads there. ``notes.js``, which sends the
    note while it is written, is told in JSON."""
    page = lesson_or_404(page_id)
    lesson = enter_lesson(request, page)
    if isinstance(lesson, HttpResponse):
        return lesson
    place = next((one for one in reflection_places(page) if one.block_id == block_id), None)
    if place is None:
        return SeeOther(page.get_url(request))
    if request.method == "POST":
        text = request.POST.get("text", "")
        try:
            keep_note(
                enrolment=lesson.enrolment,
                lesson=lesson.own_lesson,
                block_id=block_id,
                text=text,
                assignment=lesson.assignment,
            )
        except ValidationError as refusal:
            if _is_script(request):
                return JsonResponse({"error": refusal.messages[0]}, status=400)
            return _again(request, lesson, block_id, refusal.messages[0], text)
        if _is_script(request):
            return JsonResponse({"saved": True})
    return SeeOther(f"{page.get_url(request)}#{place.anchor}")


def _is_script(request: HttpRequest) -> bool:
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def _again(
    request: HttpRequest,
    lesson: LessonVisit | AssignedVisit,
    block_id: uuid.UUID,
    sentence: str,
    typed: Any,
) -> HttpResponse:
    """The lesson once more, with what was typed and why it was not taken beside it."""
    page: LessonPage = lesson.page
    if lesson.is_closed:
        messages.info(request, sentence)
        return SeeOther(page.get_url(request))
    request.lesson_visit = lesson  # type: ignore[attr-defined]
    request.not_taken = (block_id, sentence, typed)  # type: ignore[attr-defined]
    response = page.serve(request)
    response.status_code = 400
    return response
