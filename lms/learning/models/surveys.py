"""Anonymous surveys: responses without a person, and receipts without a response."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.models import Assessment
from lms.cohorts.models import Cohort, Enrolment


class AnonymousResponse(models.Model):
    """What somebody answered in an anonymous survey. Nothing here leads to a person: no enrolment, no time
    of day, a random key; and the rows of a survey are written anew in random order whenever one is added,
    so that not even their order in the database tells who it was."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="anonymous_responses")
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="anonymous_responses")
    # Responses by id of the question version.
    answers = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("anonymous response")
        verbose_name_plural = _("anonymous responses")

    def __str__(self) -> str:
        return str(self.pk)


class SurveyReceipt(models.Model):
    """That an enrolled person has handed in an anonymous survey: not what, and not when."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="survey_receipts")
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("survey receipt")
        verbose_name_plural = _("survey receipts")
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "assessment"], name="survey_receipt_once")
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.assessment_id}"
