"""What may be done on the experience board (*papan pengalaman*). Consents to publish are in ``consents``.

Each verb also raises ValidationError (``stage``) where the state of the training does not allow it; taking
a note off is possible in every state.
"""

import uuid
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from lms.cohorts.domain.boards import day_of, locked
from lms.cohorts.domain.consents import Agreement, agree, change, held_note, key_of, settle
from lms.cohorts.enums import NoteKind
from lms.cohorts.models import Cohort, DiscussionSummary, EarlierWords, Enrolment, ExperienceNote
from lms.cohorts.stages import Deed

_WORDS = ("text", "happened", "learned", "dusun", "speaker", "office")


def post_note(
    *,
    enrolment: Enrolment,
    note_id: uuid.UUID,
    fields: Mapping[str, str],
    without_name: bool,
    agreement: Agreement | None,
    withdrawal_code: str = "",
) -> ExperienceNote:
    """Put a participant's experience on the board. The same form sent twice is kept once.

    ``without_name``: nothing is stored that leads to the person, not even the time of day; ``note_id`` must
    then be random, and ``withdrawal_code`` is the person's only key to the consent. Raises ValidationError
    (``foreign``) if the id belongs to something else.
    """
    with transaction.atomic():
        cohort = locked(enrolment.cohort_id, Deed.SHARE)
        known: ExperienceNote | None = ExperienceNote.objects.filter(pk=note_id).first()
        if known is not None:
            if known.cohort_id != cohort.pk or known.author_id not in (None, enrolment.pk):
                raise _foreign()
            return known
        now = timezone.now()
        note = ExperienceNote.objects.create(
            pk=note_id,
            cohort=cohort,
            author=None if without_name else enrolment,
            withdrawal_key=key_of(withdrawal_code) if without_name and agreement else "",
            created_at=day_of(now, cohort) if without_name else now,
            **fields,
        )
        if agreement is not None:
            agree(note, agreement, recorded_by=None, given_at=note.created_at)
    return note


def change_own_note(
    *, enrolment: Enrolment, note: ExperienceNote, fields: Mapping[str, str], agreement: Agreement | None
) -> ExperienceNote:
    """Let an author write the own words anew, and say anew whether they may be published.

    Raises ValidationError (``foreign``) for a note of somebody else.
    """
    with transaction.atomic():
        held = held_note(note, Deed.SHARE)
        if held.author_id != enrolment.pk:
            raise _foreign()
        _reword(held, fields, changed_by=None)
        settle(note=held, agreement=agreement)
    return held


def add_note(
    *,
    cohort: Cohort,
    note_id: uuid.UUID,
    kind: str,
    fields: Mapping[str, str],
    author: Enrolment | None,
    agreement: Agreement | None,
    user: Any,
) -> ExperienceNote:
    """Type somebody's experience, or a quote. The same form sent twice is kept once.

    Raises ValidationError: ``foreign`` if the id belongs to another training, ``other_cohort`` if the author
    does, ``speaker`` for a quote of nobody.
    """
    with transaction.atomic():
        held = locked(cohort.pk, Deed.KEEP_BOARD)
        known: ExperienceNote | None = ExperienceNote.objects.filter(pk=note_id).first()
        if known is not None:
            if known.cohort_id != held.pk:
                raise _foreign()
            return known
        if author is not None and author.cohort_id != held.pk:
            raise ValidationError(_("This person is in another training."), code="other_cohort")
        if kind == NoteKind.QUOTE and not fields.get("speaker"):
            raise ValidationError(_("Write who said it."), code="speaker")
        note = ExperienceNote.objects.create(
            pk=note_id, cohort=held, kind=kind, author=author, typed_by=user, **fields
        )
        log(cohort, "cohorts.note_added", user=user, data={"note": str(note.pk), "kind": note.kind})
        if agreement is not None:
            agree(note, agreement, recorded_by=user)
    return note


def edit_note(*, note: ExperienceNote, fields: Mapping[str, str], user: Any) -> ExperienceNote:
    """Put words right. What stood there is kept, and a consent to it does not count for the new words."""
    with transaction.atomic():
        held = held_note(note, Deed.KEEP_BOARD)
        if _reword(held, fields, changed_by=user):
            data = {"note": str(held.pk), "revision": held.revision}
            log(held.cohort, "cohorts.note_changed", user=user, data=data)
    return held


def take_off(*, note: ExperienceNote, off: bool, user: Any) -> None:
    """Take a note off the board, the public page included, or put it back. Nothing is deleted."""
    with transaction.atomic():
        held = held_note(note, None if off else Deed.KEEP_BOARD)
        if off != (held.taken_off_at is not None):
            change(held, taken_off_at=timezone.now() if off else None)
            action = "cohorts.note_taken_off" if off else "cohorts.note_put_back"
            log(held.cohort, action, user=user, data={"note": str(held.pk)})


def sum_up(*, cohort: Cohort, text: str, user: Any) -> DiscussionSummary:
    """Write the summary of the discussion; what stood there before goes to the log."""
    with transaction.atomic():
        held = locked(cohort.pk, Deed.KEEP_BOARD)
        summary, _is_new = DiscussionSummary.objects.get_or_create(cohort=held)
        if summary.text != text:
            log(held, "cohorts.discussion_summed_up", user=user, data={"before": summary.text})
            summary.text, summary.changed_at, summary.changed_by = text, timezone.now(), user
            summary.save()
    return summary


def _reword(note: ExperienceNote, fields: Mapping[str, str], *, changed_by: Any) -> bool:
    before = {name: getattr(note, name) for name in _WORDS}
    if all(before[name] == value for name, value in fields.items()):
        return False
    EarlierWords.objects.create(note=note, revision=note.revision, changed_by=changed_by, **before)
    change(note, revision=note.revision + 1, **fields)
    return True


def _foreign() -> ValidationError:
    return ValidationError(_("Open the board again and write the note anew."), code="foreign")
