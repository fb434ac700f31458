"""Certificates: what was printed is kept as it was printed."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms.certificates.enums import CertificateStatus
from lms.cohorts.models import Enrolment
from lms.ids import new_id
from lms.people.models import Organisation
from lms.people.scoping import ScopedQuerySet


class CertificateQuerySet(ScopedQuerySet):
    organisation_path = "enrolment__cohort__organisation"
    cohort_path = "enrolment__cohort"


class Certificate(models.Model):
    """A certificate of one enrolment. Numbers are unique for issuer and year and never used again."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="certificates")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="certificates")
    year = models.PositiveSmallIntegerField()
    sequence = models.PositiveIntegerField()
    number = models.CharField(_("certificate number"), max_length=80)
    # 128 random bits in Crockford's base 32: cannot be guessed, can be typed from paper.
    code = models.CharField(_("verification code"), max_length=26, unique=True)
    # Everything that is printed, frozen when issued (see certificates.snapshot).
    snapshot = models.JSONField(default=dict)
    issued_on = models.DateField(_("issued on"))
    status = models.CharField(
        _("status"), max_length=8, choices=CertificateStatus.choices, default=CertificateStatus.VALID
    )
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_reason = models.CharField(_("reason"), max_length=300, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Name of the file under the private root; empty until the worker has made it.
    pdf_name = models.CharField(max_length=120, blank=True)
    # The font lacks a letter of the name: somebody should look at the print before it is handed over.
    lacks_letters = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ["-year", "-sequence"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "year", "sequence"], name="certificate_sequence_once"
            ),
            models.UniqueConstraint(fields=["organisation", "number"], name="certificate_number_once"),
            models.UniqueConstraint(
                fields=["enrolment"],
                condition=models.Q(status=CertificateStatus.VALID),
                name="certificate_one_valid",
            ),
        ]

    def __str__(self) -> str:
        return self.number
