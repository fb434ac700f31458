"""What holds for an assessment in a training: when it is open, how often, for how long.

The assessment has the rules by default, the cohort those of the tests, and an assignment of the cohort
narrows or widens both.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from assessments.models import Assessment
from lms.cohorts.enums import CohortState
from lms.cohorts.models import Assignment, Cohort, Enrolment
from lms.cohorts.stages import Deed, allows
from lms.learning.enums import MOMENTS, TEST_OCCASIONS, Occasion

# What a training must allow for a new attempt on an occasion.
DEEDS: dict[str, Deed] = {
    Occasion.PRE: Deed.PRE_TEST,
    Occasion.POST: Deed.POST_TEST,
    Occasion.FOLLOW_UP: Deed.FOLLOW_UP_TEST,
    Occasion.PRACTICE: Deed.PRACTISE,
    Occasion.SURVEY: Deed.SURVEY,
    **dict.fromkeys(MOMENTS, Deed.SURVEY),
}


@dataclass(frozen=True, slots=True)
class Terms:
    """The rules of one assessment on one occasion. ``attempts_allowed`` None is as often as wanted.

    ``assigned`` is False for what this training does not have (a follow-up test without an assignment).
    """

    assessment: Assessment
    occasion: str
    assigned: bool
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    attempts_allowed: int | None = None
    time_limit_seconds: int | None = None
    # Of the training.
    state: str = CohortState.RUNNING

    @property
    def is_allowed(self) -> bool:
        """Whether the state of the training lets it be begun."""
        return allows(self.state, DEEDS[self.occasion])

    @property
    def opens_later(self) -> bool:
        """Whether the time in which it may be begun has not come yet."""
        return self.opens_at is not None and timezone.now() < self.opens_at

    @property
    def has_closed(self) -> bool:
        """Whether it may no longer be begun. Who has begun may finish."""
        return self.closes_at is not None and timezone.now() >= self.closes_at

    @property
    def is_open_now(self) -> bool:
        """Whether this training has it, is far enough for it, and its time is now."""
        return self.assigned and self.is_allowed and not self.opens_later and not self.has_closed


def terms_of(enrolment: Enrolment, occasion: str, assessment: Assessment | None = None) -> Terms:
    """The rules for an enrolment on an occasion. The training's test unless ``assessment`` is given."""
    chosen = assessment or enrolment.cohort.assessment
    found = (terms for terms in _terms(enrolment.cohort, [chosen]) if terms.assessment.pk == chosen.pk)
    return next(
        (terms for terms in found if terms.occasion == occasion),
        Terms(assessment=chosen, occasion=occasion, assigned=False, state=enrolment.cohort.state),
    )


def terms_by_occasion(cohort: Cohort, assessment: Assessment) -> dict[str, Terms]:
    """All occasions on which a cohort has an assessment. One query."""
    return {terms.occasion: terms for terms in _terms(cohort, [assessment])}


def terms_of_survey(enrolment: Enrolment, assessment: Assessment) -> Terms:
    """The rules of a survey that a training asks once, on whichever occasion it does."""
    found = (
        terms for terms in _terms(enrolment.cohort, [assessment]) if terms.assessment.pk == assessment.pk
    )
    return next(found, Terms(assessment=assessment, occasion=Occasion.SURVEY, assigned=False))


def all_terms_of(enrolment: Enrolment) -> list[Terms]:
    """Everything that the training has: tests first, then practices and surveys. One query."""
    return terms_of_cohort(enrolment.cohort)


def terms_of_cohort(cohort: Cohort) -> list[Terms]:
    """``all_terms_of`` for everybody in a training."""
    return _terms(cohort, None)


def _terms(cohort: Cohort, of: Iterable[Assessment] | None) -> list[Terms]:
    rows = Assignment.objects.filter(cohort=cohort).select_related("assessment").order_by("pk")
    if of is not None:
        wanted = list(of)
        rows = rows.filter(Q(assessment__in=wanted) | Q(assessment__isnull=True))
        with_tests = any(assessment.pk == cohort.assessment_id for assessment in wanted)
    else:
        with_tests = True
    found = list(rows)
    tests = {row.occasion: row for row in found if row.assessment_id is None}
    terms = []
    if with_tests:
        terms = [_of_test(cohort, occasion, tests.get(occasion)) for occasion in TEST_OCCASIONS]
    return terms + [_of_assignment(row, cohort) for row in found if row.assessment_id is not None]


def _of_test(cohort: Cohort, occasion: str, row: Assignment | None) -> Terms:
    """The pre-test and the follow-up test are taken once; the post-test as often as the cohort says."""
    tries = cohort.post_test_tries if occasion == Occasion.POST else 1
    return Terms(
        assessment=cohort.assessment,
        occasion=occasion,
        assigned=row is not None or occasion != Occasion.FOLLOW_UP,
        opens_at=row.opens_at if row else None,
        closes_at=row.closes_at if row else None,
        attempts_allowed=(row.attempts_allowed if row else None) or tries,
        time_limit_seconds=_seconds(row, cohort.assessment),
        state=cohort.state,
    )


def _of_assignment(row: Assignment, cohort: Cohort) -> Terms:
    assessment: Assessment = row.assessment  # type: ignore[assignment]
    allowed = row.attempts_allowed or assessment.attempts_allowed
    # What is compared between moments is what was said first.
    once = assessment.is_anonymous or row.occasion in MOMENTS
    opens_at, closes_at = row.window(cohort)
    return Terms(
        assessment=assessment,
        occasion=row.occasion,
        assigned=True,
        opens_at=opens_at,
        closes_at=closes_at,
        attempts_allowed=1 if once else allowed,
        time_limit_seconds=_seconds(row, assessment),
        state=cohort.state,
    )


def _seconds(row: Assignment | None, assessment: Assessment) -> int | None:
    minutes = (row.time_limit_minutes if row else None) or assessment.time_limit_minutes
    return minutes * 60 if minutes else None
