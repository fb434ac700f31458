"""One question of a test on a page: shown, and its form, which works without a script."""

import uuid
from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse

from assessments.enums import Layout
from assessments.questions.base import FIELD
from lms.learning.access import TEST_TAKER
from lms.learning.domain import flag_item, read_response
from lms.learning.domain.answers import save_response
from lms.learning.forms import Envelope, mark_of, read_envelope, refuse_unknown_fields
from lms.learning.models import AnswerEvent, AttemptItem
from lms.learning.places import Kind, Place
from lms.learning.queries import current_answers, last_sequence
from lms.learning.views.pressed import as_newest, is_change
from lms.learning.views.responses import SeeOther, already_submitted, not_your_test
from lms.learning.views.sittings import sitting_of
from lms.learning.views.taking import (
    clock,
    first_sentence,
    navigator,
    not_open,
    own_attempt,
    question_url,
    shown_items,
    take_uploads,
    title_of,
)
from lms.people.station import stand_at
from lms.ui.policy import requires

_STEPS = {"previous": -1, "next": 1, "enter": 1}
_STAY = ("flag", "save")


@requires(TEST_TAKER)
def question(request: HttpRequest, attempt_id: uuid.UUID, position: int) -> HttpResponse:
    """Show a question; or save the posted answer and go on to where the pressed button points."""
    attempt = own_attempt(request, attempt_id)
    item = attempt.items.filter(position=position).first() if attempt is not None else None
    if attempt is None or item is None:
        return not_your_test(request)
    item.attempt = attempt
    if request.method == "POST":
        return _save_and_go_on(request, item)
    instead = not_open(request, attempt)
    if instead is not None:
        return instead
    if attempt.assessment.layout == Layout.ONE_PAGE:
        return SeeOther(question_url(attempt, position))
    return _show(request, item, response=current_answers(attempt).get(item.pk))


def _save_and_go_on(request: HttpRequest, item: AttemptItem) -> HttpResponse:
    if item.attempt.submitted_at is not None:
        return already_submitted(request, item.attempt)
    button = request.POST.get("go", "next")
    try:
        data = take_uploads(request, item, request.POST, FIELD)
        _file_what_was_changed(request, item, data)
    except ValidationError as refusal:
        item.attempt.refresh_from_db(fields=["submitted_at"])
        if item.attempt.submitted_at is not None:
            return already_submitted(request, item.attempt)
        return _show(request, item, response=request.POST, error=first_sentence(refusal))
    if button == "flag":
        flag_item(item=item, flagged=not item.flagged)
    return SeeOther(_target(item, button))


def _file_what_was_changed(request: HttpRequest, item: AttemptItem, data: QueryDict) -> None:
    """Without the script a page that was gone back to sends its old id with a new answer.

    Somebody pressed a button to send it, so it is a change like any other and gets an id of its own. The
    script's address never does this: there, an id that comes back with another answer is a fault.
    """
    refuse_unknown_fields(data)
    sent = read_envelope(data)
    response = read_response(item, data)
    current = current_answers(item.attempt).get(item.pk)
    if not is_change(response, current, was=data.get("was", ""), envelope=sent):
        return
    newest = as_newest(request, item.attempt, sent)
    try:
        _save(item, newest, response)
    except ValidationError as refusal:
        if refusal.code != "duplicate_differs":
            raise
        _save(item, replace(newest, event_id=uuid.uuid4()), response)


def _save(item: AttemptItem, envelope: Envelope, response: Any) -> AnswerEvent:
    return save_response(
        item=item,
        event_id=envelope.event_id,
        sitting=envelope.sitting,
        sequence=envelope.sequence,
        response=response,
    )


def _show(request: HttpRequest, item: AttemptItem, *, response: Any, error: str = "") -> HttpResponse:
    attempt = item.attempt
    stand_at(request, str(Place(Kind.QUESTION, attempt.pk, item.position)))
    sitting = sitting_of(request, attempt)
    sequence = last_sequence(attempt, sitting)
    squares = navigator(attempt, current=item.position)
    (shown,) = shown_items([item], {item.pk: response})
    mark = request.POST.get("was", "") if error else mark_of(response)
    context = {
        "shown": replace(shown, error=error, mark=mark),
        "item": item,
        "attempt": attempt,
        "occasion_label": title_of(attempt),
        "sitting": sitting,
        "sequence": sequence,
        "next_sequence": sequence + 1,
        "client_id": uuid.uuid4(),
        "items": squares,
        "total": len(squares),
        "is_first": item.position == 1,
        "is_last": item.position == len(squares),
        "simulated": attempt.enrolment.cohort.is_simulated,
        **clock(attempt),
    }
    return render(request, "learning/question.html", context, status=400 if error else 200)


def _target(item: AttemptItem, button: str) -> str:
    """Where a button leads: here, a neighbour, or the review behind the last question and for other words."""
    position = item.position + _STEPS.get(button, 0)
    known = button in _STEPS or button in _STAY
    if not known or not item.attempt.items.filter(position=position).exists():
        return reverse("learning:review", args=[item.attempt_id])
    return question_url(item.attempt, position)
