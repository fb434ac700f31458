"""That somebody has answered a survey, never what."""

from assessments.models import Assessment
from lms.cohorts.models import Assignment, Cohort, Enrolment
from lms.learning.enums import MOMENTS
from lms.learning.models import Attempt, SurveyReceipt


def has_answered_survey(enrolment: Enrolment, assessment: Assessment) -> bool:
    """Whether this person has handed in an anonymous survey."""
    return SurveyReceipt.objects.filter(enrolment=enrolment, assessment=assessment).exists()


def answered_surveys(enrolment: Enrolment) -> set[int]:
    """The anonymous surveys that this person has handed in, by id of the assessment."""
    return set(SurveyReceipt.objects.filter(enrolment=enrolment).values_list("assessment_id", flat=True))


def summed_surveys(cohort: Cohort) -> set[tuple[int, str]]:
    """The surveys of a training with answers that are told in sums only, by assessment and occasion."""
    linked = Attempt.objects.filter(
        enrolment__cohort=cohort, occasion__in=MOMENTS, submitted_at__isnull=False
    )
    receipts = SurveyReceipt.objects.filter(enrolment__cohort=cohort)
    anonymous = Assignment.objects.filter(cohort=cohort, assessment__in=receipts.values("assessment"))
    found: set[tuple[int, str]] = set()
    for rows in (linked, anonymous):
        found.update(rows.order_by().values_list("assessment_id", "occasion").distinct())
    return found
