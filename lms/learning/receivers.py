"""News from below that may complete somebody's course."""

from typing import Any

from django.dispatch import receiver

from lms.cohorts.models import Cohort, Enrolment
from lms.cohorts.signals import attendance_recorded, cohort_changed
from lms.learning.domain import review_cohort, review_completion


@receiver(attendance_recorded, dispatch_uid="learning.review_after_attendance")
def review_after_attendance(sender: Any, enrolment: Enrolment, **kwargs: Any) -> None:
    review_completion(enrolment=enrolment)


@receiver(cohort_changed, dispatch_uid="learning.review_after_change_of_rules")
def review_after_change_of_rules(sender: Any, cohort: Cohort, **kwargs: Any) -> None:
    review_cohort(cohort=cohort)
