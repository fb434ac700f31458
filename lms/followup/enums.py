"""Closed vocabularies of the follow-up plan (RTL)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Phase(models.TextChoices):
    """When an action belongs to, seen from the annual village deliberation (Musdes)."""

    PRE_MUSDES = "pra_musdes", _("Before the Musdes")
    MUSDES = "musdes", _("At the Musdes")
    OTHER = "lain", _("Other")


class PlanStatus(models.TextChoices):
    DRAFT = "draf", _("Draft")
    SUBMITTED = "diajukan", _("Submitted")


class ActionStatus(models.TextChoices):
    """As its owner reports it; checking by somebody else comes with evidence."""

    NOT_STARTED = "belum", _("Not started")
    RUNNING = "berjalan", _("Running")
    STUCK = "terhambat", _("Stuck")
    DONE = "selesai", _("Reported done")


class SignatureMeans(models.TextChoices):
    """How a sheet was signed. Who cannot write leaves the print of a thumb."""

    SIGNATURE = "tanda", _("Signature")
    THUMBPRINT = "jempol", _("Thumbprint")


class PledgeState(models.TextChoices):
    """How far the pledge of one person has come."""

    NONE = "belum", _("Not written yet")
    WRITTEN = "ditulis", _("Written, not signed")
    SIGNED = "sah", _("Signed")
    RENEWED = "baru", _("Signed; a new version waits for its signature")
