"""Closed vocabularies about people (words of DOMAIN: unsur, kelompok umur)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Sex(models.TextChoices):
    FEMALE = "P", _("Female")
    MALE = "L", _("Male")


class AgeBand(models.TextChoices):
    """Bands, not dates of birth: enough for inclusion counts, harmless if lost."""

    UNDER_18 = "u18", _("under 18")
    YOUTH = "18-30", _("18–30")
    ADULT = "31-45", _("31–45")
    MIDDLE = "46-59", _("46–59")
    ELDER = "60+", _("60 and over")


class Element(models.TextChoices):
    """The element (*unsur*) of the village whom a participant stands for (PP 16/2026 Ps 89)."""

    GOVERNMENT = "pemdes", _("Village government")
    COUNCIL = "bpd", _("Village council (BPD)")
    INSTITUTION = "lkd", _("Community institution (LKD/LAD)")
    CADRE = "kader", _("Cadre")
    RESIDENT = "warga", _("Resident")
    OTHER = "lain", _("Other")


class ConsentChannel(models.TextChoices):
    """How consent was given."""

    PAPER = "kertas", _("On paper")
    ORAL = "lisan", _("Orally, with a witness")
    SCREEN = "layar", _("On screen")


class Likeness(models.TextChoices):
    """Why two people are likely one, the most alike first (see ``lms.people.likeness``)."""

    SAME_NAME = "same", _("the same name")
    ORDER = "order", _("the same words in another order")
    SPELLING = "spelling", _("nearly the same spelling")
    INITIALS = "initials", _("initials fit")
    PART = "part", _("a part of the name is missing")


class DeviceKind(models.TextChoices):
    """What a browser runs on, as far as it says."""

    COMPUTER = "computer", _("Computer")
    PHONE = "phone", _("Phone")


class BudgetScope(models.TextChoices):
    """What a budget of wrong sign-ins is counted for."""

    PERSON = "person", "person"
    DEVICE = "device", "device"
    INSTALLATION = "installation", "installation"
