"""Closed vocabularies of a training event."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FormsPlan(models.TextChoices):
    """Which form is taken before and after."""

    COUNTERBALANCED = "counterbalanced", _("Half take A then B, half B then A (recommended)")
    A_THEN_B = "a_then_b", _("All take A, then B (a gain cannot be computed)")


class FormOrder(models.TextChoices):
    """The order of forms allocated to one participant."""

    AB = "AB", _("A then B")
    BA = "BA", _("B then A")


class AttendanceStatus(models.TextChoices):
    PRESENT = "hadir", _("Present")
    LATE = "terlambat", _("Late")
    EXCUSED = "izin", _("Excused")
    SICK = "sakit", _("Sick")
    ABSENT = "alpa", _("Absent")


# A person who came, even late, was there; the hours of the others do not count.
COUNTS_AS_PRESENT = (AttendanceStatus.PRESENT, AttendanceStatus.LATE)
