"""The experience board (*papan pengalaman*), quotes, and who agreed to what is published of them.

Imported by ``models``, which others import them from.
"""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms.cohorts.enums import ConsentWay, NoteKind
from lms.ids import new_id
from lms.people.scoping import ScopedQuerySet


class ExperienceNoteQuerySet(ScopedQuerySet):
    organisation_path = "cohort__organisation"
    cohort_path = "cohort"

    def with_consent(self) -> Self:
        """Notes whose words, as they stand now, may be published."""
        given = PublishingConsent.objects.filter(
            note=OuterRef("pk"), revision=OuterRef("revision"), withdrawn_at__isnull=True
        )
        return self.filter(Exists(given))

    def published(self) -> Self:
        """Notes for everybody's eyes: agreed to, chosen by staff, not taken off the board."""
        return self.with_consent().filter(chosen_at__isnull=False, taken_off_at__isnull=True)


class ExperienceNote(models.Model):
    """An experience that somebody shares, or a quote of somebody who spoke.

    Words that were changed are kept (``EarlierWords``) and ``revision`` grows: a consent is about one
    revision, so that nobody is made to have said what somebody else wrote.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    cohort = models.ForeignKey("cohorts.Cohort", on_delete=models.PROTECT, related_name="experiences")
    kind = models.CharField(
        _("kind"), max_length=10, choices=NoteKind.choices, default=NoteKind.EXPERIENCE, editable=False
    )
    # Of an experience: what was done. Of a quote: what was said.
    text = models.TextField(_("words"))
    happened = models.TextField(_("what happened"), blank=True)
    learned = models.TextField(_("lesson learned"), blank=True)
    dusun = models.CharField(_("hamlet (dusun)"), max_length=80, blank=True)
    # Of a quote: who spoke. A public saying, shown with a recorded permission; nobody's record hangs on it.
    speaker = models.CharField(_("who said it"), max_length=120, blank=True)
    office = models.CharField(_("office"), max_length=120, blank=True)
    # Empty for who posted without a name: then nothing at all leads to that person.
    author = models.ForeignKey(
        "cohorts.Enrolment", on_delete=models.PROTECT, null=True, blank=True, related_name="experiences"
    )
    # Of who posted without a name: the only way to take the consent back oneself. A keyed hash, hex.
    withdrawal_key = models.CharField(max_length=64, blank=True, editable=False)
    typed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    revision = models.PositiveSmallIntegerField(default=1, editable=False)
    chosen_at = models.DateTimeField(_("chosen for the public page"), null=True, blank=True)
    taken_off_at = models.DateTimeField(_("taken off the board"), null=True, blank=True)
    # Of a note without a name only the day is kept.
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ExperienceNoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("experience note")
        verbose_name_plural = _("experience notes")
        ordering = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=NoteKind.values), name="experience_note_kind_known"),
            models.CheckConstraint(
                condition=~Q(kind=NoteKind.QUOTE) | ~Q(speaker=""), name="experience_note_quote_has_speaker"
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def is_quote(self) -> bool:
        return self.kind == NoteKind.QUOTE


class EarlierWords(models.Model):
    """What a note said before it was changed. Append-only."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    note = models.ForeignKey(ExperienceNote, on_delete=models.PROTECT, related_name="earlier_words")
    revision = models.PositiveSmallIntegerField()
    text = models.TextField()
    happened = models.TextField(blank=True)
    learned = models.TextField(blank=True)
    dusun = models.CharField(max_length=80, blank=True)
    speaker = models.CharField(max_length=120, blank=True)
    office = models.CharField(max_length=120, blank=True)
    # Who changed them; empty where the author did.
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("earlier words of a note")
        verbose_name_plural = _("earlier words of notes")
        ordering = ["revision"]
        constraints = [models.UniqueConstraint(fields=["note", "revision"], name="earlier_words_once")]

    def __str__(self) -> str:
        return f"{self.note_id} {self.revision}"


class PublishingConsent(models.Model):
    """Somebody agreed that a note is published as it stood then (UU 27/2022 Ps 20-22), and how to be named.

    Withdrawing writes when, and by whom; nothing else of it changes.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    note = models.ForeignKey(ExperienceNote, on_delete=models.PROTECT, related_name="consents")
    revision = models.PositiveSmallIntegerField(_("revision of the words"))
    # Chosen by the person; empty: "a participant from dusun …".
    shown_as = models.CharField(_("shown as"), max_length=80, blank=True)
    text_version = models.CharField(_("version of the text"), max_length=20)
    language = models.CharField(_("language"), max_length=10)
    way = models.CharField(_("given"), max_length=10, choices=ConsentWay.choices)
    given_at = models.DateTimeField(_("given at"), default=timezone.now)
    # The member of staff before whom it was given; empty in the app.
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    # Empty where the person did it in the app.
    withdrawal_recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("consent to publish")
        verbose_name_plural = _("consents to publish")
        ordering = ["given_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["note"], condition=Q(withdrawn_at__isnull=True), name="publishing_consent_one_stands"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=F("given_at")),
                name="publishing_consent_withdrawn_after_given",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.note_id} {self.text_version}"


class DiscussionSummary(models.Model):
    """What the facilitator sums up of a training's talk about experience (*rangkuman diskusi*)."""

    cohort = models.OneToOneField(
        "cohorts.Cohort", on_delete=models.PROTECT, primary_key=True, related_name="discussion_summary"
    )
    text = models.TextField(_("summary of the discussion"), blank=True)
    changed_at = models.DateTimeField(default=timezone.now)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("summary of the discussion")
        verbose_name_plural = _("summaries of discussions")

    def __str__(self) -> str:
        return str(self.cohort_id)
