"""Closed vocabularies of deliberations and of the sheets that prepare them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MinutesKind(models.TextChoices):
    """Which deliberation the minutes are of."""

    HAMLET = "musdus", _("Hamlet deliberation (musyawarah dusun)")
    VILLAGE = "musdes", _("Village deliberation (Musdes)")
    PLANNING = "musrenbang", _("Development planning deliberation (Musrenbang Desa)")
    SPECIAL = "khusus", _("Special deliberation (musyawarah khusus)")


class MinutesState(models.TextChoices):
    """Draft, then final with a number and locked, then kept together with the signed paper."""

    DRAFT = "draf", _("Draft of minutes")
    FINAL = "final", _("Final, to be signed")
    SIGNED = "bertanda", _("Signed paper kept")


class Letterhead(models.TextChoices):
    """Who stands at the head of the paper: the council holds the Musdes (PP 16/2026 Ps 89)."""

    GOVERNMENT = "pemdes", _("Village government")
    COUNCIL = "bpd", _("Village council (BPD)")
    NONE = "tanpa", _("No letterhead (printed on headed paper)")


class Field(models.TextChoices):
    """The field (*bidang*) of a proposal: four kinds of authority (UU 6/2014 Ps 18), and emergencies."""

    GOVERNMENT = "pemerintahan", _("Village government (bidang)")
    DEVELOPMENT = "pembangunan", _("Village development (bidang)")
    GUIDANCE = "pembinaan", _("Community guidance (bidang)")
    EMPOWERMENT = "pemberdayaan", _("Community empowerment (bidang)")
    EMERGENCY = "darurat", _("Disaster and emergency (bidang)")


class SignatoryRole(models.TextChoices):
    """Why somebody signs minutes, in the order of the places on the paper."""

    CHAIR = "pimpinan", _("Chair")
    NOTE_TAKER = "notulis", _("Note-taker")
    RESIDENT = "warga", _("Representative of residents")
    WITNESS = "mengetahui", _("Acknowledged by (mengetahui)")
