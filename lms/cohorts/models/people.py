"""Who is in a training, and who was at a meeting."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms.cohorts.enums import AttendanceStatus, FormOrder, Means
from lms.cohorts.models.training import Cohort, Meeting
from lms.ids import new_id
from lms.people.models import Participant
from lms.people.scoping import ScopedQuerySet


class EnrolmentQuerySet(ScopedQuerySet):
    organisation_path = "cohort__organisation"
    cohort_path = "cohort"


class Enrolment(models.Model):
    """A participant in a cohort, with the order of forms drawn for that person."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="enrolments")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="enrolments")
    form_order = models.CharField(_("order of forms"), max_length=2, choices=FormOrder.choices)
    enrolled_at = models.DateTimeField(default=timezone.now)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        ordering = ["participant__full_name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["cohort", "participant"], name="enrolment_once"),
            models.CheckConstraint(
                condition=models.Q(form_order__in=FormOrder.values), name="enrolment_form_order_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participant} @ {self.cohort_id}"


class Attendance(models.Model):
    """Whether an enrolled person was at a meeting: how it stands now. How it came so is in its events."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendances")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="attendances")
    status = models.CharField(_("attendance"), max_length=10, choices=AttendanceStatus.choices)
    means = models.CharField(_("known from"), max_length=8, choices=Means.choices, default=Means.LIST)
    # Known by the machine, or told by staff; empty where nobody looked at the clock.
    arrived_at = models.DateTimeField(_("arrived"), null=True, blank=True)
    thumbprint = models.BooleanField(_("thumbprint (cap jempol)"), default=False)
    note = models.CharField(_("note"), max_length=200, blank=True)
    recorded_at = models.DateTimeField(default=timezone.now)
    # Empty if the person did it: by code, or by signing in.
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        constraints = [
            models.UniqueConstraint(fields=["meeting", "enrolment"], name="attendance_once"),
            models.CheckConstraint(condition=models.Q(means__in=Means.values), name="attendance_means_known"),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.status}"
