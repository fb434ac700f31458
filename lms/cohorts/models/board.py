"""The findings of a training's opening brainstorm. Imported by ``models``, which others import them from."""

import re
import uuid
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from assessments.storage import private_files
from courses.models import LessonPage
from lms.cohorts.enums import FindingSource, Topic
from lms.ids import new_id

_OWN_CODE = re.compile(r"TM([0-9]{1,6})")


def board_photo_path(finding: "Finding", filename: str) -> str:
    """A name that tells nothing about training or village."""
    return f"findings/{uuid.uuid4().hex}.jpg"


class Finding(models.Model):
    """What the opening brainstorm found (*temuan*): a problem that a follow-up action can answer.

    A finding that says the same as another is merged into it and stays: its supports and the actions that
    answer it are counted and shown through that other one.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    cohort = ParentalKey("cohorts.Cohort", on_delete=models.PROTECT, related_name="findings")
    code = models.CharField(
        _("code"), max_length=10, blank=True, help_text=_("Left empty, the next number is taken.")
    )
    text = models.TextField(_("finding"))
    dusun = models.CharField(_("hamlet (dusun)"), max_length=80, blank=True)
    topic = models.CharField(_("topic"), max_length=16, choices=Topic.choices, default=Topic.OTHER)
    group = models.CharField(_("group or table"), max_length=80, blank=True)
    source = models.CharField(
        _("source"), max_length=8, choices=FindingSource.choices, default=FindingSource.CARD
    )
    # Empty for cards, and for who posted without a name: then nothing at all leads to that person.
    author = models.ForeignKey(
        "cohorts.Enrolment", on_delete=models.PROTECT, null=True, blank=True, related_name="findings"
    )
    legal_basis = models.CharField(_("legal basis"), max_length=200, blank=True)
    lesson = models.ForeignKey(
        LessonPage,
        verbose_name=_("lesson"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged"
    )
    photo = models.FileField(
        _("photo of the cards"), upload_to=board_photo_path, storage=private_files, blank=True
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Of a finding without a name only the day is kept.
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["cohort", "code"], name="finding_code_once"),
            models.CheckConstraint(
                condition=models.Q(merged_into__isnull=True) | ~models.Q(merged_into=models.F("id")),
                name="finding_not_merged_into_itself",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.text}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A finding without a code is given the next number of its training."""
        with transaction.atomic():
            if not self.code:
                # Two at once: the second waits here, and counts the first.
                type(self.cohort).objects.select_for_update().get(pk=self.cohort_id)
                taken = Finding.objects.filter(cohort=self.cohort_id).values_list("code", flat=True)
                numbers = [int(found[1]) for code in taken if (found := _OWN_CODE.fullmatch(code))]
                self.code = f"TM{max(numbers, default=0) + 1}"
            super().save(*args, **kwargs)


class FindingSupport(models.Model):
    """Somebody says that a finding also happens in the own hamlet (*juga terjadi di dusun saya*)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="supports")
    enrolment = models.ForeignKey(
        "cohorts.Enrolment", on_delete=models.PROTECT, related_name="finding_supports"
    )

    class Meta:
        verbose_name = _("support of a finding")
        verbose_name_plural = _("supports of findings")
        constraints = [models.UniqueConstraint(fields=["finding", "enrolment"], name="finding_support_once")]

    def __str__(self) -> str:
        return f"{self.finding_id} {self.enrolment_id}"
