"""Pledges (*janji saya*) and the signed sheet of commitment (*Lembar Komitmen*)."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.storage import private_files
from lms.cohorts.models import Cohort, Enrolment
from lms.followup.enums import SignatureMeans
from lms.ids import new_id
from lms.learning.enums import Mode
from lms.people.scoping import ScopedQuerySet

MOST_PROMISES = 3
LONGEST_PROMISE = 200


def sheet_path(sheet: "PledgeSheet", filename: str) -> str:
    """A name that tells nothing about training or people."""
    return f"pledges/{uuid.uuid4().hex}.jpg"


class PledgeSheetQuerySet(ScopedQuerySet):
    organisation_path = "cohort__organisation"
    cohort_path = "cohort"


class PledgeQuerySet(ScopedQuerySet):
    organisation_path = "enrolment__cohort__organisation"
    cohort_path = "enrolment__cohort"


class PledgeSheet(models.Model):
    """A photo of a signed sheet. One photo may show the signatures of several people."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="pledge_sheets")
    photo = models.FileField(_("photo"), upload_to=sheet_path, storage=private_files)
    uploaded_at = models.DateTimeField(default=timezone.now, editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = PledgeSheetQuerySet.as_manager()

    class Meta:
        verbose_name = _("signed sheet")
        verbose_name_plural = _("signed sheets")
        ordering = ["uploaded_at", "id"]

    def __str__(self) -> str:
        return str(self.pk)


class Pledge(models.Model):
    """What one participant promises in one training, in one version.

    The newest version is the one that may be written; once signed it stays as it is, and what is promised
    anew is the next version, with the reason. A signed version holds until the next one is signed.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="pledges")
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    # Short sentences. Empty where only the paper has them: it was signed before anybody typed it.
    promises = models.JSONField(_("promises"), default=list, blank=True)
    reason = models.CharField(_("reason for the new version"), max_length=300, blank=True)
    mode = models.CharField(_("how it was written"), max_length=6, choices=Mode.choices, default=Mode.SELF)
    scribe_name = models.CharField(_("scribe"), max_length=120, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("entered by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    written_at = models.DateTimeField(default=timezone.now)
    # The signature, as staff saw it on paper. The witness need not have an account.
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    means = models.CharField(_("signed with"), max_length=8, choices=SignatureMeans.choices, blank=True)
    witness_name = models.CharField(_("witness"), max_length=120, blank=True)
    witness_role = models.CharField(_("role of the witness"), max_length=120, blank=True)
    sheet = models.ForeignKey(
        PledgeSheet,
        verbose_name=_("photo of the sheet"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="pledges",
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(null=True, blank=True)

    objects = PledgeQuerySet.as_manager()

    class Meta:
        verbose_name = _("pledge")
        verbose_name_plural = _("pledges")
        ordering = ["enrolment", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "version"], name="pledge_version_once"),
            # At most one version waits for a signature.
            models.UniqueConstraint(
                fields=["enrolment"], condition=models.Q(signed_on__isnull=True), name="pledge_one_draft"
            ),
            models.CheckConstraint(
                condition=models.Q(signed_on__isnull=True, means="", witness_name="", sheet__isnull=True)
                | (models.Q(signed_on__isnull=False) & ~models.Q(means="") & ~models.Q(witness_name="")),
                name="pledge_signed_with_witness",
            ),
            models.CheckConstraint(
                condition=models.Q(version=1) | ~models.Q(reason=""), name="pledge_new_version_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} v{self.version}"

    @property
    def is_signed(self) -> bool:
        """Whether a signature was recorded."""
        return self.signed_on is not None

    @property
    def stands(self) -> bool:
        """Whether something was promised: here, or on a paper that was signed."""
        return bool(self.promises) or self.is_signed


class PledgeSuggestions(models.Model):
    """What a trainer suggests to promise in one training, one sentence a line."""

    cohort = models.OneToOneField(
        Cohort, on_delete=models.PROTECT, primary_key=True, related_name="pledge_suggestions"
    )
    text = models.TextField(_("suggestions"), blank=True)

    class Meta:
        verbose_name = _("suggestions for pledges")
        verbose_name_plural = _("suggestions for pledges")

    def __str__(self) -> str:
        return str(self.cohort_id)
