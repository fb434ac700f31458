"""Reading aloud: one member of staff reads the questions and writes down what each person calls out."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F

from assessments.models import Assessment
from lms.cohorts.models import Enrolment
from lms.learning.domain.answers import save_response
from lms.learning.domain.attempts import start_attempt, submit_attempt
from lms.learning.domain.keyed import KeyedQuestion
from lms.learning.enums import ClosedBy, Mode
from lms.learning.models import AnswerEvent, Attempt, AttemptItem


@dataclass(slots=True)
class Reading:
    """Who takes part, and who was left alone with the reason in words."""

    attempts: list[Attempt] = field(default_factory=list)
    left_alone: list[tuple[Enrolment, str]] = field(default_factory=list)


def start_reading(
    *, enrolments: Iterable[Enrolment], occasion: str, assessment: Assessment, actor: Any
) -> Reading:
    """Begin an attempt for each person, or go on with the one that is being read aloud already.

    Somebody who may not begin, or has begun alone, does not stop the others.
    """
    reading = Reading()
    for enrolment in enrolments:
        try:
            attempt = start_attempt(
                enrolment=enrolment,
                occasion=occasion,
                assessment=assessment,
                mode=Mode.READ_ALOUD,
                entered_by=actor,
            )
        except ValidationError as refusal:
            reading.left_alone.append((enrolment, refusal.messages[0]))
        else:
            reading.attempts.append(attempt)
    return reading


def open_sittings(*, attempts: Iterable[Attempt]) -> dict[uuid.UUID, int]:
    """``open_sitting`` for several attempts at once, by attempt. Two statements."""
    ids = [attempt.pk for attempt in attempts]
    if not ids:
        return {}
    with transaction.atomic():
        Attempt.objects.filter(pk__in=ids).update(sittings=F("sittings") + 1)
        return dict(Attempt.objects.filter(pk__in=ids).values_list("pk", "sittings"))


def save_called_out(
    *,
    item: AttemptItem,
    question: KeyedQuestion,
    text: str,
    event_id: uuid.UUID,
    sitting: int,
    sequence: int,
) -> AnswerEvent:
    """File what somebody called out, as letters or a number; "" takes the answer back.

    Raises ValidationError as ``save_answer`` does.
    """
    return save_response(
        item=item, event_id=event_id, sitting=sitting, sequence=sequence, response=question.read(text)
    )


def hand_in_reading(*, attempts: Iterable[Attempt]) -> list[Attempt]:
    """Hand in for everybody to whom the questions were read; who read them is on each attempt."""
    return [submit_attempt(attempt=attempt, closed_by=ClosedBy.STAFF) for attempt in attempts]
