"""Reads of the experience board: a handful of queries, however many notes there are."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from lms.cohorts.enums import NoteKind
from lms.cohorts.models import (
    Cohort,
    DiscussionSummary,
    EarlierWords,
    Enrolment,
    ExperienceNote,
    PublishingConsent,
)


@dataclass
class NoteEntry:
    """A note as a board shows it. ``consent`` is the one that counts for its words as they stand."""

    note: ExperienceNote
    consent: PublishingConsent | None
    # A consent stands, but to earlier words: it has to be asked for anew.
    is_outdated: bool
    is_own: bool = False
    earlier: list[EarlierWords] = field(default_factory=list)

    @property
    def is_public(self) -> bool:
        return self.consent is not None and self.note.chosen_at is not None and not self.note.taken_off_at

    @property
    def shown_as(self) -> str:
        """How a public page names who it is from: as that person chose, never more."""
        return self.consent.shown_as if self.consent and self.consent.shown_as else from_dusun(self.note)


def from_dusun(note: ExperienceNote) -> str:
    """Who a note is from, without a name."""
    if note.is_quote:
        return ", ".join(part for part in (note.speaker, note.office) if part)
    if note.dusun:
        return _("a participant from dusun %(dusun)s") % {"dusun": note.dusun}
    return _("a participant")


def experience_board(cohort: Cohort, *, reader: Enrolment) -> list[NoteEntry]:
    """The experiences that everybody enrolled sees, newest last. Quotes are no contributions."""
    notes = ExperienceNote.objects.filter(cohort=cohort, kind=NoteKind.EXPERIENCE, taken_off_at__isnull=True)
    return [_entry(note, reader) for note in _loaded(notes)]


def all_notes(cohort: Cohort) -> list[NoteEntry]:
    """Every note of a training for its staff, with earlier words; those taken off come last."""
    notes = ExperienceNote.objects.filter(cohort=cohort)
    found = _loaded(notes.select_related("author__participant", "typed_by").prefetch_related("earlier_words"))
    entries = [_entry(note, None) for note in found]
    for entry in entries:
        entry.earlier = list(entry.note.earlier_words.all())
    return sorted(entries, key=lambda entry: entry.note.taken_off_at is not None)


def published_notes(cohort: Any) -> list[NoteEntry]:
    """What a public page may show of a training at this moment: quotes first. Two queries."""
    notes = ExperienceNote.objects.filter(cohort=cohort).published()
    return sorted((_entry(note, None) for note in _loaded(notes)), key=lambda entry: not entry.note.is_quote)


def experiences_shown(cohort: Cohort) -> int:
    """How many experiences participants see."""
    shown = ExperienceNote.objects.filter(cohort=cohort, kind=NoteKind.EXPERIENCE, taken_off_at__isnull=True)
    return shown.count()


def summary_of(cohort: Cohort) -> str:
    """The facilitator's summary of the discussion, or an empty text."""
    found = DiscussionSummary.objects.filter(cohort=cohort).values_list("text", flat=True).first()
    return found or ""


def _loaded(notes: QuerySet[ExperienceNote]) -> QuerySet[ExperienceNote]:
    standing = PublishingConsent.objects.filter(withdrawn_at__isnull=True).select_related("recorded_by")
    return notes.prefetch_related(Prefetch("consents", standing, to_attr="standing"))


def _entry(note: Any, reader: Enrolment | None) -> NoteEntry:
    consent = next((each for each in note.standing if each.revision == note.revision), None)
    return NoteEntry(
        note,
        consent,
        is_outdated=bool(note.standing) and consent is None,
        is_own=reader is not None and note.author_id == reader.pk,
    )
