"""Closed vocabularies of learning records."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.enums import MOMENTS, SURVEY_OCCASIONS, TEST_OCCASIONS, Occasion

__all__ = [
    "MOMENTS",
    "SURVEY_OCCASIONS",
    "TEST_OCCASIONS",
    "AttemptAction",
    "ClosedBy",
    "Mode",
    "Occasion",
    "StudyMode",
]


class Mode(models.TextChoices):
    """How an attempt came about. All count alike; reports say how many there were of each."""

    SELF = "self", _("By oneself")
    SCRIBE = "scribe", _("With a scribe")
    READ_ALOUD = "aloud", _("Read aloud")
    PAPER = "paper", _("On paper")


class StudyMode(models.TextChoices):
    """How a lesson came to be done."""

    ALONE = "sendiri", _("Studied by oneself")
    TOGETHER = "bersama", _("Studied together")


class ClosedBy(models.TextChoices):
    """Who handed an attempt in."""

    PARTICIPANT = "self", _("The participant")
    STAFF = "staff", _("A trainer")
    DEADLINE = "deadline", _("The end of the time")


class AttemptAction(models.TextChoices):
    """What was done to an attempt by somebody else than its owner."""

    REOPENED = "reopened", _("Reopened")
    EXTENDED = "extended", _("Time lengthened")
    PAUSED = "paused", _("Paused")
    RESUMED = "resumed", _("Gone on")
    VOIDED = "voided", _("Declared void")
    HANDED_IN = "handed_in", _("Handed in by a trainer")
    MARKED = "marked", _("Marked")
    REGRADED = "regraded", _("Regraded")
    KEYED = "keyed", _("Entered from paper")
    MOVED = "moved", _("Moved to another participant")
