"""What staff should decide about: completions that no longer have what the rule asks for."""

from dataclasses import dataclass
from typing import Any

from lms.cohorts.models import Cohort, Enrolment
from lms.learning.domain.completion import standing_of
from lms.learning.enums import AttemptAction
from lms.learning.registry import what_rests_on

# What may take points away from somebody who had completed.
_CHANGING = (AttemptAction.REOPENED, AttemptAction.VOIDED, AttemptAction.MARKED, AttemptAction.REGRADED)


@dataclass(frozen=True, slots=True)
class Shaken:
    """A person who completed, whose results staff changed, and who would not complete now."""

    enrolment: Enrolment
    missing: list[Any]
    rests: list[str]


def shaken_completions(cohort: Cohort) -> list[Shaken]:
    """By name. Nothing is taken back by itself: staff see it and decide."""
    touched = Enrolment.objects.filter(
        cohort=cohort, completion__isnull=False, attempts__records__action__in=_CHANGING
    )
    people = list(
        Enrolment.objects.filter(pk__in=touched.values("pk"))
        .select_related("participant", "cohort__assessment")
        .order_by("participant__full_name", "pk")
    )
    if not people:
        return []
    standing = standing_of(people, cohort=cohort)
    resting = what_rests_on([enrolment.pk for enrolment in people])
    found = []
    for enrolment in people:
        missing = [condition.label for condition, result in standing[enrolment.pk] if not result.met]
        if missing:
            found.append(Shaken(enrolment, missing, resting[enrolment.pk]))
    return found
