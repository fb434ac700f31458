"""Files that were handed in, and sheets that came on paper."""

import uuid
from pathlib import Path

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.models import Assessment, AssessmentForm
from assessments.storage import private_files
from lms.cohorts.models import Enrolment
from lms.ids import new_id
from lms.learning.enums import Occasion
from lms.learning.models.attempts import Attempt, AttemptItem


def response_path(record: "ResponseFile", filename: str) -> str:
    """A name that tells nothing about whose file it is."""
    return f"responses/{record.pk.hex}{Path(filename).suffix.lower()}"


class ResponseFile(models.Model):
    """A photo or PDF that a participant handed in for a task, or the photo of a paper sheet."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # Empty while the photo of a paper sheet waits for its answers to be filed.
    attempt = models.ForeignKey(
        Attempt, on_delete=models.PROTECT, null=True, blank=True, related_name="files"
    )
    sheet = models.ForeignKey(
        "PaperSheet", on_delete=models.PROTECT, null=True, blank=True, related_name="photos"
    )
    # Empty for the photo of the whole sheet.
    item = models.ForeignKey(
        AttemptItem, on_delete=models.PROTECT, null=True, blank=True, related_name="files"
    )
    file = models.FileField(upload_to=response_path, storage=private_files)
    original_name = models.CharField(max_length=200, blank=True)
    content_type = models.CharField(max_length=60)
    size = models.PositiveIntegerField()
    uploaded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("file handed in")
        verbose_name_plural = _("files handed in")
        ordering = ["uploaded_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(attempt__isnull=False) | models.Q(sheet__isnull=False),
                name="response_file_belongs_somewhere",
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)


class PaperSheet(models.Model):
    """The answers of one person's printed form, keyed twice and compared before they count."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="paper_sheets")
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="+")
    occasion = models.CharField(_("occasion"), max_length=8, choices=Occasion.choices)
    form = models.ForeignKey(AssessmentForm, on_delete=models.PROTECT, related_name="+")
    # What was typed, by position of the question: {"1": "A", …}; empty until that round was keyed.
    first = models.JSONField(default=dict, blank=True)
    second = models.JSONField(default=dict, blank=True)
    first_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    second_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # What counts where the rounds differed: {"3": "B"}.
    settled = models.JSONField(default=dict, blank=True)
    taken_on = models.DateField(_("day of the test"), null=True, blank=True)
    # Made when both rounds agree or their differences were settled.
    attempt = models.OneToOneField(
        Attempt, on_delete=models.PROTECT, null=True, blank=True, related_name="paper_sheet"
    )
    keyed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("paper sheet")
        verbose_name_plural = _("paper sheets")
        ordering = ["enrolment", "occasion"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "assessment", "occasion"],
                condition=models.Q(attempt__isnull=True),
                name="paper_sheet_one_open",
            )
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.occasion}"
