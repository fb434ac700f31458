"""Minutes of agreement (*Berita Acara*) with proposals, signatories, and the signed paper."""

import uuid
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from assessments.storage import private_files
from lms.cohorts.models import Finding
from lms.deliberations.enums import Field, Letterhead, MinutesKind, MinutesState, SignatoryRole
from lms.deliberations.models.record import COUNT, RecordOfVillage, lines_of
from lms.ids import new_id
from lms.people.enums import Sex


class Minutes(ClusterableModel, RecordOfVillage):
    """What one deliberation dealt with and agreed. Once final, it is changed by a next version only."""

    kind = models.CharField(_("deliberation"), max_length=12, choices=MinutesKind.choices)
    number = models.CharField(_("number of the minutes"), max_length=80, blank=True, editable=False)
    letterhead = models.CharField(
        _("letterhead"), max_length=8, choices=Letterhead.choices, default=Letterhead.GOVERNMENT
    )
    held_on = models.DateField(_("date of the deliberation"))
    # Times of the village: nobody converts what stands on a paper.
    starts_at = models.TimeField(_("from (village time)"), null=True, blank=True)
    ends_at = models.TimeField(_("until (village time)"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    dusun = models.CharField(
        _("hamlet (dusun)"), max_length=80, blank=True, help_text=_("Of a hamlet deliberation.")
    )
    chair = models.CharField(_("chaired by"), max_length=120, blank=True)
    chair_title = models.CharField(_("office of the chair"), max_length=120, blank=True)
    note_taker = models.CharField(_("notes taken by"), max_length=120, blank=True)
    matters = models.TextField(
        _("matters discussed"), blank=True, max_length=10_000, help_text=_("One matter on each line.")
    )
    results = models.TextField(
        _("results and agreements"), blank=True, max_length=10_000, help_text=_("One agreement on each line.")
    )
    legal_basis = models.CharField(
        _("legal basis"),
        max_length=300,
        blank=True,
        help_text=_("Printed if filled in, for example: PP 16/2026 Ps 142 ayat (4). Compare it with JDIH."),
    )
    plan_activity = models.CharField(
        _("activity of a follow-up plan"),
        max_length=200,
        blank=True,
        help_text=_("Which activity these minutes prove. Not printed."),
    )
    # How many came. Counts, never names: those stand on the attendance sheet.
    men = models.PositiveIntegerField(_("men"), **COUNT)
    women = models.PositiveIntegerField(_("women"), **COUNT)
    elders = models.PositiveIntegerField(_("of them elders"), **COUNT)
    youth = models.PositiveIntegerField(_("of them youth"), **COUNT)
    with_disability = models.PositiveIntegerField(_("of them persons with disabilities"), **COUNT)
    poor = models.PositiveIntegerField(_("of them from poor households"), **COUNT)
    invited = models.PositiveIntegerField(_("people invited"), **COUNT)
    quorum = models.PositiveIntegerField(
        _("people needed (quorum)"),
        help_text=_("As your village's own rule says; leave empty if it says nothing."),
        **COUNT,
    )
    state = models.CharField(
        _("state"), max_length=8, choices=MinutesState.choices, default=MinutesState.DRAFT, editable=False
    )
    finalised_at = models.DateTimeField(null=True, blank=True, editable=False)
    finalised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    version = models.PositiveSmallIntegerField(_("version"), default=1, editable=False)
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="replaced_by"
    )
    change_reason = models.CharField(_("reason for the change"), max_length=300, blank=True, editable=False)
    # Set when the next version becomes final: until then this one holds.
    superseded_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("minutes of agreement")
        verbose_name_plural = _("minutes of agreement")
        permissions = [("finalise_minutes", "Can number and lock minutes, and start a new version")]
        ordering = ["-held_on", "-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=MinutesKind.values), name="minutes_kind_known"
            ),
            models.CheckConstraint(
                condition=models.Q(state=MinutesState.DRAFT, finalised_at__isnull=True)
                | (
                    ~models.Q(state=MinutesState.DRAFT)
                    & models.Q(finalised_at__isnull=False)
                    & ~models.Q(number="")
                ),
                name="minutes_final_has_number_and_time",
            ),
            models.UniqueConstraint(
                fields=["organisation", "number", "version"],
                condition=~models.Q(number=""),
                name="minutes_number_once",
            ),
            models.CheckConstraint(
                condition=models.Q(replaces__isnull=True) | ~models.Q(change_reason=""),
                name="minutes_new_version_has_reason",
            ),
        ]

    def __str__(self) -> str:
        if self.number:
            return self.number
        named = f"{self.get_kind_display()} {self.dusun}".strip()
        return f"{named}, {date_format(self.held_on, 'j F Y')}"

    def clean(self) -> None:
        super().clean()
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            raise ValidationError(
                {"ends_at": _("The deliberation ends before it begins. Correct one of the times.")}
            )

    @property
    def is_draft(self) -> bool:
        return self.state == MinutesState.DRAFT

    @property
    def present(self) -> int | None:
        """How many came, or None if nobody wrote it down."""
        counts = [count for count in (self.men, self.women) if count is not None]
        return sum(counts) if counts else None

    @property
    def matter_list(self) -> list[str]:
        return lines_of(self.matters)

    @property
    def result_list(self) -> list[str]:
        return lines_of(self.results)


class Proposal(Orderable):
    """A proposal (*usulan*) of residents, as the list in the minutes has it."""

    minutes = ParentalKey(Minutes, on_delete=models.PROTECT, related_name="proposals")
    field = models.CharField(_("field (bidang)"), max_length=14, choices=Field.choices)
    activity = models.CharField(_("proposed activity"), max_length=300)
    dusun = models.CharField(_("hamlet or place"), max_length=120, blank=True)
    volume = models.CharField(_("estimated volume"), max_length=20, blank=True)
    unit = models.CharField(_("unit"), max_length=30, blank=True, help_text=_("For example m, unit, orang."))
    men = models.PositiveIntegerField(_("men who benefit"), **COUNT)
    women = models.PositiveIntegerField(_("women who benefit"), **COUNT)
    vulnerable = models.PositiveIntegerField(_("of them vulnerable"), **COUNT)
    proposer = models.CharField(_("proposing group"), max_length=120, blank=True)
    rank = models.PositiveSmallIntegerField(_("priority"), null=True, blank=True)
    # As it was typed: when in doubt, the checker asks what was meant.
    cost_typed = models.CharField(
        _("estimated cost (Rp)"), max_length=40, blank=True, help_text=_("For example 1.200.000 or 1,2 juta.")
    )
    cost = models.PositiveBigIntegerField(null=True, blank=True, editable=False)
    remark = models.CharField(_("remark"), max_length=300, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        constraints = [
            models.CheckConstraint(condition=models.Q(field__in=Field.values), name="proposal_field_known"),
        ]

    def __str__(self) -> str:
        return self.activity


class Signatory(Orderable):
    """Who signs. The office is printed as typed: *a.n.*, *Plh.* and *Pj.* are nobody's mistake."""

    minutes = ParentalKey(Minutes, on_delete=models.PROTECT, related_name="signatories")
    role = models.CharField(_("signs as"), max_length=12, choices=SignatoryRole.choices)
    name = models.CharField(
        _("name"), max_length=120, blank=True, help_text=_("Empty: a line to write it by hand.")
    )
    title = models.CharField(
        _("office"),
        max_length=160,
        blank=True,
        help_text=_("As it is printed, with a.n., Plh. or Pj. if so."),
    )
    sex = models.CharField(_("sex"), max_length=1, choices=Sex.choices, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("signatory")
        verbose_name_plural = _("signatories")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(role__in=SignatoryRole.values), name="signatory_role_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(self.get_role_display())


class AnsweredFinding(models.Model):
    """A finding of a training that these minutes answer."""

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="answered")
    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="minutes_answering")

    class Meta:
        verbose_name = _("finding answered by minutes")
        verbose_name_plural = _("findings answered by minutes")
        constraints = [models.UniqueConstraint(fields=["minutes", "finding"], name="answered_finding_once")]

    def __str__(self) -> str:
        return f"{self.minutes_id} {self.finding_id}"


def scan_path(scan: "Scan", filename: str) -> str:
    """A name that tells nothing about village or people."""
    return f"minutes/{uuid.uuid4().hex}{filename[filename.rfind('.') :]}"


class Scan(models.Model):
    """A photo or PDF of the signed paper. Append-only: the newest is the one that counts."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="scans")
    file = models.FileField(_("signed paper"), upload_to=scan_path, storage=private_files)
    content_type = models.CharField(max_length=40)
    name = models.CharField(_("name of the file"), max_length=200, blank=True)
    uploaded_at = models.DateTimeField(default=timezone.now)
    uploaded_by: Any = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("signed paper")
        verbose_name_plural = _("signed papers")
        ordering = ["-uploaded_at", "-id"]

    def __str__(self) -> str:
        return self.name
