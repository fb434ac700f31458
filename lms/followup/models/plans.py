"""The follow-up plan (*Rencana Tindak Lanjut*): actions with a date, a person and a proof."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms.cohorts.models import Enrolment, Finding
from lms.followup.enums import ActionStatus, Phase, PlanStatus
from lms.ids import new_id


class Plan(models.Model):
    """One participant's plan in one cohort."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    enrolment = models.OneToOneField(Enrolment, on_delete=models.PROTECT, related_name="plan")
    status = models.CharField(_("status"), max_length=8, choices=PlanStatus.choices, default=PlanStatus.DRAFT)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    submitted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("follow-up plan")
        verbose_name_plural = _("follow-up plans")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status=PlanStatus.DRAFT) | models.Q(submitted_at__isnull=False),
                name="plan_submitted_at_known",
            )
        ]

    def __str__(self) -> str:
        return str(self.enrolment_id)


class Action(models.Model):
    """One activity of a plan."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="actions")
    finding = models.ForeignKey(
        Finding,
        verbose_name=_("finding"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="actions",
    )
    title = models.CharField(_("activity"), max_length=200)
    phase = models.CharField(_("phase"), max_length=12, choices=Phase.choices)
    deadline = models.DateField(_("deadline"))
    person_in_charge = models.CharField(_("person in charge"), max_length=120)
    indicator = models.CharField(_("indicator"), max_length=200)
    evidence_expected = models.CharField(_("evidence"), max_length=200)
    status = models.CharField(
        _("status"), max_length=10, choices=ActionStatus.choices, default=ActionStatus.NOT_STARTED
    )
    # Set aside by its owner; kept, never deleted.
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        ordering = ["deadline", "created_at"]

    def __str__(self) -> str:
        return self.title


class ActionReport(models.Model):
    """Progress of an action, in its owner's words. Append-only; the newest gives the status."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="reports")
    status = models.CharField(_("status"), max_length=10, choices=ActionStatus.choices)
    text = models.TextField(_("what happened"), max_length=2000)
    reported_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("progress report")
        verbose_name_plural = _("progress reports")
        ordering = ["-reported_at", "-id"]

    def __str__(self) -> str:
        return f"{self.action_id} {self.status}"
