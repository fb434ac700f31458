"""Certificates follow from news of learning."""

from typing import Any

from django.dispatch import receiver

from lms.certificates.domain import issue_certificate, local_date
from lms.cohorts.models import Enrolment
from lms.learning.models import Completion
from lms.learning.signals import course_completed


@receiver(course_completed, dispatch_uid="certificates.issue")
def issue_on_completion(sender: Any, enrolment: Enrolment, **kwargs: Any) -> None:
    """Inside the transaction that completed the course: both happen, or neither. Dated by the completion."""
    completion = Completion.objects.get(enrolment=enrolment)
    issue_certificate(enrolment=enrolment, issued_on=local_date(enrolment, completion.completed_at))
