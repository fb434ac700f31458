"""When an enrolment has met the rule of its cohort."""

import uuid
from collections.abc import Collection, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lms.cohorts.domain import hold_enrolments
from lms.cohorts.models import Cohort, Enrolment
from lms.learning.models import Completion
from lms.learning.registry import CompletionCondition, ConditionResult, conditions
from lms.learning.signals import course_completed

Standing = list[tuple[CompletionCondition, ConditionResult]]


def required_conditions(enrolment: Enrolment) -> Standing:
    """The conditions that this cohort asks for, each with how it stands now."""
    return standing_of([enrolment], cohort=enrolment.cohort)[enrolment.pk]


def standing_of(enrolments: Sequence[Enrolment], *, cohort: Cohort) -> dict[uuid.UUID, Standing]:
    """How each of several people of one cohort stands, in as many queries as for one."""
    required = [condition for condition in conditions() if condition.is_required(cohort)]
    results = [(condition, condition.evaluate(enrolments)) for condition in required]
    return {
        enrolment.pk: [(condition, of_each[enrolment.pk]) for condition, of_each in results]
        for enrolment in enrolments
    }


def review_completion(*, enrolment: Enrolment, completed_at: datetime | None = None) -> bool:
    """Whether the enrolment is completed; written, and announced, the first time that it is.

    ``completed_at`` is for a training that is entered afterwards; the moment is now unless given.
    A completion is never taken back. A cohort that asks for nothing completes nobody: a certificate that
    nothing was done for would say nothing.
    """
    with transaction.atomic():
        locked = (
            Enrolment.objects.select_for_update(of=("self",))
            .select_related("cohort", "cohort__assessment")
            .get(pk=enrolment.pk)
        )
        if Completion.objects.filter(enrolment=locked).exists():
            return True
        if not _all_are_met(locked):
            return False
        Completion.objects.create(enrolment=locked, completed_at=completed_at or timezone.now())
        course_completed.send(sender=Enrolment, enrolment=locked)
        return True


def _all_are_met(enrolment: Enrolment) -> bool:
    """Whether the cohort asks for something and all of it is met. Stops at the first that is not: most
    reviews end there, and this is asked whenever somebody hands in a test."""
    required = [condition for condition in conditions() if condition.is_required(enrolment.cohort)]
    return bool(required) and all(condition.evaluate([enrolment])[enrolment.pk].met for condition in required)


def completions_resting_on(enrolment_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, list[str]]:
    """A sentence for each of these people who has completed: no later result takes that back."""
    rows = Completion.objects.filter(enrolment__in=enrolment_ids).select_related("enrolment__cohort__village")
    sentence = _("Completed on %(day)s; that stays.")
    return {row.enrolment_id: [sentence % {"day": _day_of(row)}] for row in rows}


def _day_of(completion: Completion) -> str:
    zone = ZoneInfo(completion.enrolment.cohort.village.time_zone)
    return date_format(completion.completed_at.astimezone(zone), "j F Y")


def review_cohort(*, cohort: Cohort, completed_at: datetime | None = None) -> int:
    """Review everybody who has not completed yet, as after a change of the rule. Returns how many did now."""
    with transaction.atomic():
        # All before the first review: what follows from a completion takes further locks.
        waiting = hold_enrolments(Enrolment.objects.filter(cohort=cohort, completion=None))
        return sum(review_completion(enrolment=enrolment, completed_at=completed_at) for enrolment in waiting)
