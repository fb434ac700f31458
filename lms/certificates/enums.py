"""States of a certificate."""

from django.db import models
from django.utils.translation import gettext_lazy as _

# The outbox's name for making a PDF.
RENDER = "certificate.render"
# The name in the log of what staff did.
REVOKED_ACTION = "certificates.revoked"


class CertificateStatus(models.TextChoices):
    VALID = "valid", _("Valid")
    REVOKED = "revoked", _("Revoked")
