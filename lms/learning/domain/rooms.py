"""What staff do with everybody who is taking a test of one training at this moment."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet

from lms.cohorts.domain import hold_enrolments
from lms.cohorts.models import Cohort, Enrolment
from lms.learning.domain.staff import extend_attempt, hand_in_attempt, pause_attempt, resume_attempt
from lms.learning.models import Attempt

Verb = Callable[..., Attempt]


def open_attempts(*, cohort: Cohort, occasion: str, assessment_id: int) -> QuerySet[Attempt]:
    """The attempts that are going on, in the order in which they are locked."""
    counted = Attempt.objects.counted().filter(submitted_at__isnull=True)
    there = counted.filter(enrolment__cohort=cohort, occasion=occasion, assessment_id=assessment_id)
    return there.order_by("pk")


def pause_room(*, cohort: Cohort, occasion: str, assessment_id: int, actor: Any, reason: str) -> int:
    """Pause everybody who is in it now. Returns how many."""
    running = open_attempts(cohort=cohort, occasion=occasion, assessment_id=assessment_id)
    return _each(running.filter(paused_at__isnull=True), pause_attempt, actor=actor, reason=reason)


def resume_room(*, cohort: Cohort, occasion: str, assessment_id: int, actor: Any, reason: str) -> int:
    """Let everybody who is paused go on. Returns how many."""
    running = open_attempts(cohort=cohort, occasion=occasion, assessment_id=assessment_id)
    return _each(running.filter(paused_at__isnull=False), resume_attempt, actor=actor, reason=reason)


def extend_room(
    *, cohort: Cohort, occasion: str, assessment_id: int, actor: Any, reason: str, minutes: int
) -> int:
    """Give everybody who is in it now, under a time limit, more minutes. Returns how many."""
    running = open_attempts(cohort=cohort, occasion=occasion, assessment_id=assessment_id)
    timed = running.filter(time_limit_seconds__isnull=False)
    return _each(timed, extend_attempt, actor=actor, reason=reason, minutes=minutes)


def hand_in_room(*, cohort: Cohort, occasion: str, assessment_id: int, actor: Any, reason: str) -> int:
    """Hand in for everybody who has not done so, as at the end of the day. Returns how many."""
    running = open_attempts(cohort=cohort, occasion=occasion, assessment_id=assessment_id)
    return _each(running, hand_in_attempt, actor=actor, reason=reason)


def _each(attempts: QuerySet[Attempt], verb: Verb, **words: Any) -> int:
    """Do it for all, or for none if something is wrong with the order itself. Somebody who hands in at the
    same moment is left out."""
    with transaction.atomic():
        # All before the first: completing takes further locks.
        held = list(attempts.select_for_update(of=("self",)))
        hold_enrolments(Enrolment.objects.filter(pk__in=[attempt.enrolment_id for attempt in held]))
        return sum(_unless_closed(verb, attempt, words) for attempt in held)


def _unless_closed(verb: Verb, attempt: Attempt, words: dict[str, Any]) -> int:
    try:
        verb(attempt=attempt, **words)
    except ValidationError as refusal:
        if refusal.code in ("closed", "void"):
            return 0
        raise
    return 1
