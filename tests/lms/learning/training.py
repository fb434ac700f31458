"""What a training has beside its test before and after: practice, surveys, windows, limits."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from assessments.models import Assessment, AssessmentForm, FormItem
from lms.cohorts.models import Assignment, Cohort
from lms.learning.models import Attempt
from tests.factories import ALL_MAKERS, AssessmentFactory


def assign(cohort: Cohort, occasion: str, **fields: Any) -> Assignment:
    """Give a training an assessment on an occasion, or rules for one of its tests."""
    return Assignment.objects.create(cohort=cohort, occasion=occasion, **fields)


def make_single_form(*kinds: str, **fields: Any) -> Assessment:
    """An assessment with one form, a question of each of these kinds in order."""
    assessment = AssessmentFactory(**fields)
    form = AssessmentForm.objects.create(assessment=assessment, letter="A")
    for position, kind in enumerate(kinds, start=1):
        question = ALL_MAKERS[kind](code=f"{assessment.code}-{kind}-{position}")
        FormItem.objects.create(form=form, question=question, position=position)
    return assessment


def make_practice(cohort: Cohort, *kinds: str, **fields: Any) -> Assessment:
    """A practice of a training, open now and as often as wanted."""
    practice = make_single_form(*(kinds or ("single", "multiple")), purpose="practice", **fields)
    assign(cohort, "practice", assessment=practice)
    return practice


def make_survey(cohort: Cohort, *kinds: str, **fields: Any) -> Assessment:
    """An anonymous survey of a training, open now."""
    values = {"purpose": "survey", "is_anonymous": True, **fields}
    survey = make_single_form(*(kinds or ("likert", "open_text")), **values)
    assign(cohort, "survey", assessment=survey)
    return survey


def begun_ago(attempt: Attempt, seconds: int, *, limit: int = 600) -> Attempt:
    """The attempt as if it had been begun so long ago under a limit of so many seconds."""
    attempt.started_at = timezone.now() - timedelta(seconds=seconds)
    attempt.time_limit_seconds = limit
    attempt.save(update_fields=["started_at", "time_limit_seconds"])
    return attempt
