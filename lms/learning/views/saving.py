"""The addresses to which the script saves: each change of an answer, and the mark "look at this again"."""

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lms.learning.access import TEST_TAKER_SCRIPT
from lms.learning.domain import flag_item, save_own_answer
from lms.learning.forms import (
    field_at,
    fields_at,
    read_envelope,
    refuse_fields_of_no_place,
    refuse_unknown_fields,
)
from lms.learning.models import AnswerEvent, AttemptItem
from lms.learning.queries import item_for_participant
from lms.ui.policy import requires

_CONFLICTS = ("closed", "duplicate_differs")


@requires(TEST_TAKER_SCRIPT)
@require_POST
def save(request: HttpRequest, attempt_id: uuid.UUID, position: int) -> JsonResponse:
    """File one change of an answer. 200 means durable; see ``outbox.js`` for what each status leads to."""
    try:
        event = _file(request, attempt_id, position)
    except ValidationError as refusal:
        if _own_item(request, attempt_id, position) is None:
            return _not_here()
        status = 409 if refusal.code in _CONFLICTS else 400
        return JsonResponse({"message": refusal.messages[0]}, status=status)
    if event is None:
        return _not_here()
    if event.is_late:
        message = _("The time is over. This answer is kept, but it came too late to count.")
        return JsonResponse({"message": message, "over": True}, status=409)
    saved: dict[str, Any] = {"saved": True, "sitting": event.sitting, "seq": event.sequence}
    left = event.item.attempt.seconds_left()
    return JsonResponse(saved if left is None else {**saved, "left": left})


@requires(TEST_TAKER_SCRIPT)
@require_POST
def flag(request: HttpRequest, attempt_id: uuid.UUID, position: int) -> JsonResponse:
    """Set or take away the mark of a question: ``flagged`` is 1 or 0."""
    item = _own_item(request, attempt_id, position)
    if item is None:
        return _not_here()
    flag_item(item=item, flagged=request.POST.get("flagged") == "1")
    return JsonResponse({"flagged": item.flagged})


def _file(request: HttpRequest, attempt_id: uuid.UUID, position: int) -> AnswerEvent | None:
    data = request.POST
    if any(name.startswith(field_at(position)) for name in data):
        refuse_fields_of_no_place(data)
        own = fields_at(data, position)
    else:
        refuse_unknown_fields(data)
        own = data
    envelope = read_envelope(data)
    return save_own_answer(
        participant_id=request.participant.pk,  # type: ignore[attr-defined]
        attempt_id=attempt_id,
        position=position,
        event_id=envelope.event_id,
        sitting=envelope.sitting,
        sequence=envelope.sequence,
        data=own,
    )


def _own_item(request: HttpRequest, attempt_id: uuid.UUID, position: int) -> AttemptItem | None:
    return item_for_participant(
        participant_id=request.participant.pk,  # type: ignore[attr-defined]
        attempt_id=attempt_id,
        position=position,
    )


def _not_here() -> JsonResponse:
    return JsonResponse({"message": _("This test is not yours, or it is not here.")}, status=404)
