"""Answers: append-only events, which may arrive twice, late and in any order."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from assessments.questions.base import read_answer
from assessments.registry import kind_of
from lms.learning.enums import ClosedBy
from lms.learning.models import AnswerEvent, Attempt, AttemptItem
from lms.learning.queries.attempts import own_items


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """A response that was read and is still to be filed."""

    item: AttemptItem
    event_id: uuid.UUID
    sitting: int
    sequence: int
    response: Any


def save_answer(
    *, item: AttemptItem, event_id: uuid.UUID, sitting: int, sequence: int, data: Any
) -> AnswerEvent:
    """File one answer; when this returns, it is committed.

    ``data`` is the posted form (``get``, ``getlist``). ``sitting`` must be one that the server gave out,
    ``sequence`` counts the changes within it. An event that is known already is returned unchanged. What
    arrives after the time is over is kept with ``is_late`` and does not count.

    Raises ValidationError with the code ``closed`` (handed in meanwhile), ``duplicate_differs`` (the id
    belongs to another answer), ``foreign_option`` or ``invalid``.
    """
    return save_response(
        item=item,
        event_id=event_id,
        sitting=sitting,
        sequence=sequence,
        response=read_response(item, data),
    )


def save_response(
    *, item: AttemptItem, event_id: uuid.UUID, sitting: int, sequence: int, response: Any
) -> AnswerEvent:
    """``save_answer`` for a response that was read from something else than the posted form of its kind."""
    try:
        with transaction.atomic():
            item.attempt = Attempt.objects.select_for_update().get(pk=item.attempt_id)
            return _file(item, event_id, sitting, sequence, response)
    except IntegrityError:
        return _same_or_refuse(AnswerEvent.objects.get(pk=event_id), item, response)


def save_own_answer(
    *,
    participant_id: uuid.UUID,
    attempt_id: uuid.UUID,
    position: int,
    event_id: uuid.UUID,
    sitting: int,
    sequence: int,
    data: Any,
) -> AnswerEvent | None:
    """``save_answer`` for the item at a place of a person's own attempt; None if that is not there.

    One query finds, checks and locks, one writes: this is what thirty people do at the same time.
    """
    found: AttemptItem | None = None
    try:
        with transaction.atomic():
            places = own_items(participant_id).select_for_update(of=("attempt",))
            found = places.filter(attempt_id=attempt_id, position=position).first()
            if found is None:
                return None
            return _file(found, event_id, sitting, sequence, read_response(found, data))
    except IntegrityError:
        assert found is not None, "only the insert can meet a constraint"
        return _known_or_refuse(found, event_id, data)


def save_new_answers(*, attempt: Attempt, answers: Sequence[GivenAnswer]) -> bool:
    """File several answers of one attempt in one go: one lock, one insert.

    False, and nothing is written, where one of them needs a look of its own: an id that is known already,
    a sitting that was not given out, an attempt that is over or handed in. Then ``save_answer`` says what.
    """
    if not answers:
        return True
    try:
        with transaction.atomic():
            locked = Attempt.objects.select_for_update().get(pk=attempt.pk)
            given_out = all(1 <= answer.sitting <= locked.sittings for answer in answers)
            if locked.submitted_at is not None or locked.is_overdue() or not given_out:
                return False
            AnswerEvent.objects.bulk_create(
                AnswerEvent(
                    pk=answer.event_id,
                    item=answer.item,
                    sitting=answer.sitting,
                    sequence=answer.sequence,
                    response=answer.response,
                )
                for answer in answers
            )
    except IntegrityError:
        return False
    return True


def flag_item(*, item: AttemptItem, flagged: bool) -> None:
    """Keep, or take away, the participant's own mark "look at this again". It says nothing about points."""
    open_items = AttemptItem.objects.filter(pk=item.pk, attempt__submitted_at__isnull=True)
    open_items.update(flagged=flagged)
    item.flagged = flagged


def read_response(item: AttemptItem, data: Any) -> Any:
    """The response in a posted form, checked against what this item offers."""
    kind = kind_of(item.kind)
    response = read_answer(kind, data, item.option_order, offers_dont_know=item.offers_dont_know)
    if kind.takes_files and response is not None:
        _refuse_files_of_others(item, response)
    return response


def _file(item: AttemptItem, event_id: uuid.UUID, sitting: int, sequence: int, response: Any) -> AnswerEvent:
    """Write the event of an item whose attempt is locked. A known id meets the constraint."""
    attempt = item.attempt
    late = attempt.is_overdue()
    if attempt.submitted_at is not None:
        known = AnswerEvent.objects.filter(pk=event_id).first()
        if known is not None:
            return _same_or_refuse(known, item, response)
        # On paper, on its way: evidence that may lead a trainer to reopen. Handed in by hand is final.
        late = attempt.closed_by == ClosedBy.DEADLINE
        if not late:
            raise ValidationError(
                _("This test has been handed in. Your answers up to then are safe."), "closed"
            )
    if not 1 <= sitting <= attempt.sittings:
        raise ValidationError(_("Open the question again, then answer. Nothing is lost."), "invalid")
    event = AnswerEvent(
        pk=event_id, item=item, sitting=sitting, sequence=sequence, response=response, is_late=late
    )
    event.save(force_insert=True)
    return event


def _known_or_refuse(item: AttemptItem, event_id: uuid.UUID, data: Any) -> AnswerEvent:
    """The id was there already: a retry of the same answer, or another answer under an old id."""
    return _same_or_refuse(AnswerEvent.objects.get(pk=event_id), item, read_response(item, data))


def _same_or_refuse(known: AnswerEvent, item: AttemptItem, response: Any) -> AnswerEvent:
    if known.item_id == item.pk and known.response == response:
        return known
    raise ValidationError(
        _("Another answer was sent under the same number. Choose your answer again."), "duplicate_differs"
    )


def _refuse_files_of_others(item: AttemptItem, response: Any) -> None:
    """An answer may only name files that were handed in for this very item."""
    named = set(response.get("files", [])) if isinstance(response, dict) else set()
    own = {str(pk) for pk in item.files.values_list("pk", flat=True)} if named else set()
    if not named <= own:
        raise ValidationError(_("This file is not here any more. Choose the file again."), "foreign_option")
