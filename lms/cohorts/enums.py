"""Closed vocabularies of a training event."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CohortState(models.TextChoices):
    """How far a training has come, in order. What each state allows is told in ``stages``."""

    PLANNED = "rencana", pgettext_lazy("state of a training", "Planned")
    OPEN = "buka", pgettext_lazy("state of a training", "Open to participants")
    RUNNING = "berlangsung", pgettext_lazy("state of a training", "Running")
    CLOSED = "tutup", pgettext_lazy("state of a training", "Closed")
    ARCHIVED = "arsip", pgettext_lazy("state of a training", "Archived")


class LinkGroup(models.TextChoices):
    """When somebody needs what the page of a training leads to; the order of the page."""

    BEFORE = "persiapan", pgettext_lazy("part of the training's page", "Preparation")
    DAY = "hari", pgettext_lazy("part of the training's page", "Training days")
    AFTER = "hasil", pgettext_lazy("part of the training's page", "Results and follow-up")


class TeamRole(models.TextChoices):
    """What somebody of the team does."""

    TRAINER = "pelatih", _("Trainer")
    RESOURCE = "narasumber", _("Resource person")
    FACILITATOR = "fasilitator", _("Facilitator")
    COMMITTEE = "panitia", _("Committee")


class PartyRole(models.TextChoices):
    """What an organisation behind a training does, in the order in which they are named."""

    ORGANISER = "penyelenggara", _("Organiser")
    PARTNER = "mitra", _("Partner")
    FUNDER = "pendana", _("Funder")


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


class Means(models.TextChoices):
    """How an attendance came to be known."""

    LIST = "daftar", _("Tick list")
    CODE = "kode", _("Code typed by the participant")
    STATION = "masuk", _("Signed in on a registered device")
    PAPER = "lembar", _("Signed paper sheet")
    SCRIBE = "petugas", _("Told to a helper")


# What a member of staff may say; the other two are known by the machine only.
MEANS_OF_STAFF = (Means.LIST, Means.PAPER, Means.SCRIBE)


class CountSource(models.TextChoices):
    """Where the counts of a meeting come from."""

    ROSTER = "peserta", _("From the list of participants")
    PAPER = "lembar", _("Counted on the signed sheet")
    ROOM = "ruangan", _("Counted in the room")


class Topic(models.TextChoices):
    """What a finding is about, in the order of the board."""

    PLANNING = "perencanaan", _("Planning")
    BUDGETING = "penganggaran", _("Budgeting")
    DATA = "data", _("Data and information")
    INSTITUTIONS = "kelembagaan", _("Institutions")
    INCLUSION = "inklusi", _("Inclusion")
    SERVICES = "layanan", _("Services")
    OTHER = "lainnya", _("Other topics")


class FindingSource(models.TextChoices):
    """How a finding came to the board."""

    APP = "aplikasi", _("Posted in the app")
    CARD = "kartu", _("Flip-chart card")
    SPOKEN = "lisan", _("Spoken")


class FindingState(models.TextChoices):
    """How far a finding has come; the middle one is told by the plans that answer it, and stored nowhere."""

    OPEN = "terbuka", _("Open finding")
    PLANNED = "rtl", _("In a follow-up plan")
    CLOSED = "selesai", _("Closed finding")


class NoteKind(models.TextChoices):
    """What a note on the experience board is."""

    EXPERIENCE = "pengalaman", _("Experience")
    QUOTE = "kutipan", _("Quote")


class ConsentWay(models.TextChoices):
    """How somebody agreed that words are published."""

    APP = "aplikasi", _("Ticked in the app")
    SPOKEN = "lisan", _("Spoken")
    WRITTEN = "tertulis", _("In writing")
