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
