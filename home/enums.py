"""Closed vocabularies of the reference site."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DocumentKind(models.TextChoices):
    """What a document of the library is."""

    REGULATION = "peraturan", _("regulation")
    PLAN = "rencana", _("planning document")
    GUIDE = "panduan", _("guide")
    REPORT = "laporan", _("report")
    DATA = "data", _("data")
    OTHER = "lain", _("other")


class Topic(models.TextChoices):
    """What a document is about: the modules of the course, and what a village hall is asked for."""

    VILLAGE = "desa", _("the village and its rights")
    INSTITUTIONS = "lembaga", _("village institutions")
    PLANNING = "perencanaan", _("planning")
    BUDGET = "anggaran", _("budget and money")
    INCLUSION = "inklusi", _("social inclusion")
    OPENNESS = "keterbukaan", _("openness and oversight")
    SERVICES = "layanan", _("basic services")
    ECONOMY = "ekonomi", _("village economy")
    OTHER = "lain", _("other")


class DocumentLanguage(models.TextChoices):
    """The language of a document; values are those of the web, so that it is read aloud rightly."""

    INDONESIAN = "id", _("Indonesian")
    ENGLISH = "en", _("English")
    BUNAK = "bfn", _("Bunak")
    TETUN = "tet", _("Tetun")
    SEVERAL = "mul", _("several languages")


class PublishingRight(models.TextChoices):
    """Why everybody may get a document."""

    OWN = "sendiri", _("our organisation wrote it")
    OFFICIAL = "resmi", _("official document that is open to everybody")
    PERMITTED = "izin", _("its owner permits it")
    LICENCE = "lisensi", _("it has an open licence")
