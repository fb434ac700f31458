"""Answers: append-only events, which may arrive twice, late and in any order."""

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from assessments.registry import kind_of
from lms.learning.models import AnswerEvent, Attempt, AttemptItem


def save_answer(
    *, item: AttemptItem, event_id: uuid.UUID, sitting: int, sequence: int, data: Any
) -> AnswerEvent:
    """File one answer; when this returns, it is committed.

    ``data`` is the posted form (``get``, ``getlist``). ``sitting`` must be one that the server gave out,
    ``sequence`` counts the changes within it. An event that is known already is returned unchanged.

    Raises ValidationError with the code ``closed`` (handed in meanwhile), ``duplicate_differs`` (the id
    belongs to another answer), ``foreign_option`` or ``invalid``.
    """
    response = kind_of(item.kind).clean_response(data, item.option_order)
    try:
        with transaction.atomic():
            attempt = Attempt.objects.select_for_update().get(pk=item.attempt_id)
            known = AnswerEvent.objects.filter(pk=event_id).first()
            if known is not None:
                return _same_or_refuse(known, item, response)
            if attempt.submitted_at is not None:
                raise ValidationError(
                    _("This test has been handed in. Your answers up to then are safe."), "closed"
                )
            if not 1 <= sitting <= attempt.sittings:
                raise ValidationError(_("Open the question again, then answer. Nothing is lost."), "invalid")
            return AnswerEvent.objects.create(
                pk=event_id, item=item, sitting=sitting, sequence=sequence, response=response
            )
    except IntegrityError:
        # The lock is on this attempt; only a request for another one can have used the id meanwhile.
        return _same_or_refuse(AnswerEvent.objects.get(pk=event_id), item, response)


def _same_or_refuse(known: AnswerEvent, item: AttemptItem, response: Any) -> AnswerEvent:
    if known.item_id == item.pk and known.response == response:
        return known
    raise ValidationError(
        _("Another answer was sent under the same number. Choose your answer again."), "duplicate_differs"
    )
