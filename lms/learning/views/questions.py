"""One question of a test: the page, its form, and the address to which the script saves each change."""

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from assessments.queries import load_questions
from lms.learning.access import TEST_TAKER, TEST_TAKER_SCRIPT
from lms.learning.domain import save_answer
from lms.learning.forms import Envelope, read_envelope, refuse_unknown_fields
from lms.learning.models import AnswerEvent, AttemptItem
from lms.learning.queries import current_answers, item_for_participant, last_sequence
from lms.learning.views.attempts import navigator
from lms.learning.views.responses import SeeOther, already_submitted, not_your_test
from lms.learning.views.sittings import sitting_of
from lms.ui.policy import requires

_CONFLICTS = ("closed", "duplicate_differs")


@requires(TEST_TAKER)
def question(request: HttpRequest, attempt_id: uuid.UUID, position: int) -> HttpResponse:
    """Show a question; or save the posted answer and go on to where the pressed button points."""
    item = _own_item(request, attempt_id, position)
    if item is None:
        return not_your_test(request)
    if request.method == "POST":
        return _save_and_go_on(request, item)
    if item.attempt.submitted_at is not None:
        return SeeOther(reverse("learning:result", args=[item.attempt_id]))
    return _show(request, item, response=current_answers(item.attempt).get(item.pk))


@requires(TEST_TAKER_SCRIPT)
@require_POST
def save(request: HttpRequest, attempt_id: uuid.UUID, position: int) -> JsonResponse:
    """File one change of an answer. 200 means durable; see ``answer.js`` for what each status leads to."""
    item = _own_item(request, attempt_id, position)
    if item is None:
        return JsonResponse({"message": _("This test is not yours, or it is not here.")}, status=404)
    try:
        event = _file(request, item)
    except ValidationError as refusal:
        status = 409 if refusal.code in _CONFLICTS else 400
        return JsonResponse({"message": refusal.messages[0]}, status=status)
    return JsonResponse({"saved": True, "sitting": event.sitting, "seq": event.sequence})


def _file(request: HttpRequest, item: AttemptItem) -> AnswerEvent:
    refuse_unknown_fields(request.POST)
    return _save(item, read_envelope(request.POST), request.POST)


def _save(item: AttemptItem, envelope: Envelope, data: Any) -> AnswerEvent:
    return save_answer(
        item=item,
        event_id=envelope.event_id,
        sitting=envelope.sitting,
        sequence=envelope.sequence,
        data=data,
    )


def _save_and_go_on(request: HttpRequest, item: AttemptItem) -> HttpResponse:
    try:
        _file_what_was_pressed(request, item)
    except ValidationError as refusal:
        item.attempt.refresh_from_db(fields=["submitted_at"])
        if item.attempt.submitted_at is not None:
            return already_submitted(request, item.attempt)
        return _show(request, item, response=request.POST, error=refusal.messages[0])
    return SeeOther(_target(item, request.POST.get("go", "next")))


def _file_what_was_pressed(request: HttpRequest, item: AttemptItem) -> None:
    """Without the script a page that was gone back to sends its old id with a new answer.

    Somebody pressed a button to send it, so it is a change like any other and gets an id of its own. The
    script's address never does this: there, an id that comes back with another answer is a fault.
    """
    try:
        _file(request, item)
    except ValidationError as refusal:
        if refusal.code != "duplicate_differs":
            raise
        sitting = sitting_of(request, item.attempt)
        next_one = last_sequence(item.attempt, sitting) + 1
        _save(item, Envelope(uuid.uuid4(), sitting, next_one), request.POST)


def _show(request: HttpRequest, item: AttemptItem, *, response: Any, error: str = "") -> HttpResponse:
    attempt = item.attempt
    sitting = sitting_of(request, attempt)
    shown = load_questions([item.question_id])[item.question_id]
    sequence = last_sequence(attempt, sitting)
    squares = navigator(attempt, current=item.position)
    state = "failed" if error else "empty" if response is None else "saved"
    context = {
        "item": item,
        "attempt": attempt,
        "occasion_label": attempt.get_occasion_display(),
        "payload": shown.participant_payload(item.option_order),
        "response": response,
        "error": error,
        "save_state": state,
        "sitting": sitting,
        "sequence": sequence,
        "next_sequence": sequence + 1,
        "client_id": uuid.uuid4(),
        "items": squares,
        "total": len(squares),
        "is_first": item.position == 1,
        "is_last": item.position == len(squares),
        "simulated": attempt.enrolment.cohort.is_simulated,
    }
    return render(request, "learning/question.html", context, status=400 if error else 200)


def _target(item: AttemptItem, button: str) -> str:
    """Where a button leads: a neighbour, or the review behind the last question and for any other word."""
    steps = {"previous": -1, "next": 1}
    position = item.position + steps.get(button, 0)
    there = button in steps and item.attempt.items.filter(position=position).exists()
    if not there:
        return reverse("learning:review", args=[item.attempt_id])
    return reverse("learning:question", args=[item.attempt_id, position])


def _own_item(request: HttpRequest, attempt_id: uuid.UUID, position: int) -> AttemptItem | None:
    return item_for_participant(
        participant_id=request.participant.pk,  # type: ignore[attr-defined]
        attempt_id=attempt_id,
        position=position,
    )
