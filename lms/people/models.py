"""People in two realms: staff are Django users, participants are not, so no PIN ever opens the admin."""

from typing import Any, Self

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms.ids import new_id
from lms.people.audit import RecordLogEntry
from lms.people.enums import AgeBand, BudgetScope, ConsentChannel, Element, Sex
from lms.people.library_models import MediaLibrary
from lms.people.merge_models import MergeRecord, NotSamePerson
from lms.people.presence_models import Device, Presence
from lms.people.scoping import ScopedQuerySet

__all__ = [
    "ConsentRecord",
    "Device",
    "MediaLibrary",
    "MergeRecord",
    "NotSamePerson",
    "Organisation",
    "Participant",
    "Presence",
    "RecordLogEntry",
    "SignInBudget",
    "StaffMembership",
    "User",
    "Village",
]


class User(AbstractUser):
    """Staff of this installation. A host site may keep its own user model instead."""

    class Meta(AbstractUser.Meta):
        swappable = "AUTH_USER_MODEL"


class Organisation(models.Model):
    """Who holds trainings: the boundary of everything that its staff may see."""

    name = models.CharField(_("name"), max_length=200, unique=True)
    short_code = models.CharField(
        _("short code"), max_length=12, help_text=_("Used in certificate numbers, for example DS-LNN.")
    )

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name"]
        # Without it a member of staff sees only the trainings to which somebody has assigned that person.
        permissions = [("see_all_trainings", "Can see all trainings of the organisation")]

    def __str__(self) -> str:
        return self.name


class StaffMembership(models.Model):
    """A member of staff works for an organisation."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")

    class Meta:
        verbose_name = _("staff membership")
        verbose_name_plural = _("staff memberships")
        constraints = [models.UniqueConstraint(fields=["user", "organisation"], name="staff_membership_once")]

    def __str__(self) -> str:
        return f"{self.user} @ {self.organisation}"


class Village(models.Model):
    """A village with its place in the administration."""

    name = models.CharField(_("village"), max_length=120)
    official_code = models.CharField(
        _("official code"), max_length=13, blank=True, help_text=_("Code of the Ministry of Home Affairs.")
    )
    district = models.CharField(_("district (kecamatan)"), max_length=120, blank=True)
    regency = models.CharField(_("regency (kabupaten)"), max_length=120, blank=True)
    province = models.CharField(_("province"), max_length=120, blank=True)
    time_zone = models.CharField(
        _("time zone"),
        max_length=30,
        default="Asia/Makassar",
        choices=[("Asia/Jakarta", "WIB"), ("Asia/Makassar", "WITA"), ("Asia/Jayapura", "WIT")],
    )

    class Meta:
        verbose_name = _("village")
        verbose_name_plural = _("villages")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["official_code"],
                condition=~models.Q(official_code=""),
                name="village_official_code_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.district}" if self.district else self.name


class ParticipantQuerySet(ScopedQuerySet):
    """Records that became empty when they were merged into another stay out of every list and chooser."""

    def visible_to(self, user: Any) -> Self:
        return super().visible_to(user).present()

    def present(self) -> Self:
        """Without the empty records."""
        return self.filter(merged_into__isnull=True)

    def merged_visible_to(self, user: Any) -> Self:
        """The empty records of the organisations of this member of staff: old addresses lead on from them."""
        return super().visible_to(user).filter(merged_into__isnull=False)

    def logged_for(self, user: Any) -> Self:
        """Whose log this member of staff may read: of the empty records too."""
        return super().visible_to(user)


class Participant(models.Model):
    """A person who takes part. The only table with personal data; everything else points at the id."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="participants"
    )
    village = models.ForeignKey(
        Village, verbose_name=_("village"), on_delete=models.PROTECT, related_name="participants"
    )
    full_name = models.CharField(_("full name"), max_length=120)
    name_on_certificate = models.CharField(
        _("name on the certificate"), max_length=120, blank=True, help_text=_("If it differs, with titles.")
    )
    sex = models.CharField(_("sex"), max_length=1, choices=Sex.choices)
    age_band = models.CharField(_("age"), max_length=6, choices=AgeBand.choices, blank=True)
    element = models.CharField(_("element (unsur)"), max_length=10, choices=Element.choices)
    role = models.CharField(_("role"), max_length=120, blank=True)
    dusun = models.CharField(_("hamlet (dusun)"), max_length=80, blank=True)
    # Says something about health or disability: only who has the permission below sees or changes it.
    access_needs = models.CharField(
        _("access needs"),
        max_length=200,
        blank=True,
        help_text=_("What helps the person to take part, for example large print. Never a diagnosis."),
    )
    code = models.CharField(_("code"), max_length=8, unique=True, editable=False)
    pin_hash = models.CharField(max_length=200, editable=False, blank=True)
    # Raised with each new PIN: sessions opened with the old one end.
    pin_serial = models.PositiveIntegerField(default=0, editable=False)
    last_signed_in_at = models.DateTimeField(_("last signed in"), null=True, editable=False)
    is_active = models.BooleanField(_("may sign in"), default=True)
    is_simulated = models.BooleanField(_("simulated data"), default=False, editable=False)
    # The record that holds everything of this person; this one is empty then, and always one step away.
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="merged_from"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        # Who runs the day gives new PINs without being able to edit a person.
        permissions = [
            ("issue_pin_participant", "Can give participants a new PIN"),
            ("see_access_needs_participant", "Can see and change what participants need to take part"),
            ("merge_participant", "Can merge two records of one person"),
        ]
        ordering = ["full_name", "code"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(merged_into__isnull=True) | ~models.Q(merged_into=models.F("id")),
                name="participant_not_merged_into_itself",
            ),
            models.CheckConstraint(
                condition=models.Q(merged_into__isnull=True) | models.Q(is_active=False),
                name="participant_merged_is_inactive",
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def certificate_name(self) -> str:
        """The name to print on a certificate."""
        return self.name_on_certificate or self.full_name


class ConsentRecord(models.Model):
    """Consent to keep and use a participant's data (UU 27/2022 Ps 20–22). Append-only."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="consents")
    text_version = models.CharField(_("version of the text"), max_length=20)
    language = models.CharField(_("language"), max_length=10)
    channel = models.CharField(_("given"), max_length=10, choices=ConsentChannel.choices)
    given_at = models.DateTimeField(_("given at"), default=timezone.now)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["given_at"]

    def __str__(self) -> str:
        return f"{self.participant} {self.text_version}"


class SignInBudget(models.Model):
    """Wrong sign-ins counted in the database, so that no number of server processes can multiply them."""

    scope = models.CharField(max_length=12, choices=BudgetScope.choices)
    key = models.CharField(max_length=64)
    failures = models.PositiveIntegerField(default=0)
    # How often in a row the budget ran out: each time the wait doubles.
    lockouts = models.PositiveSmallIntegerField(default=0)
    window_ends_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scope", "key"], name="sign_in_budget_once")]

    def __str__(self) -> str:
        return f"{self.scope}:{self.key} {self.failures}"
