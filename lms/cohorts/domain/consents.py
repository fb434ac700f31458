"""Who agreed that words of the experience board are published, and what of them is.

Nothing is published because somebody wrote it: a consent is given apart, for the words as they stand, and
can be taken back at any time, in every state of the training. Published is what
``ExperienceNote.objects.published()`` finds at that moment. Giving and choosing raise ValidationError
(``stage``) where the state of the training does not allow them.
"""

import secrets
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from lms.cohorts.domain.boards import day_of, locked
from lms.cohorts.enums import ConsentWay
from lms.cohorts.models import Enrolment, ExperienceNote, PublishingConsent
from lms.cohorts.stages import Deed

TEXT_VERSION = "terbit-2026-1"
"""Of the words that a person agrees to (``forms/experience.py``); new meaning, new version."""
# Without letters and digits that look alike on paper.
_SIGNS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


@dataclass(frozen=True, slots=True)
class Agreement:
    """That a note may be published, how it was said, and how the person wants to be named there.

    ``shown_as`` empty: "a participant from dusun …".
    """

    language: str
    shown_as: str = ""
    way: str = ConsentWay.APP


def new_withdrawal_code() -> str:
    """A code (40 bits) for who posts without a name; only its hash is stored."""
    code = "".join(secrets.choice(_SIGNS) for _sign in range(8))
    return f"{code[:4]}-{code[4:]}"


def give_consent(*, note: ExperienceNote, agreement: Agreement, user: Any) -> PublishingConsent:
    """Record that the person agreed before a member of staff (``user``), or in the app (None).

    Raises ValidationError (``nameless``) where nobody can know whom to ask.
    """
    with transaction.atomic():
        held = held_note(note, Deed.KEEP_BOARD if user else Deed.SHARE)
        if held.author_id is None and held.typed_by_id is None:
            raise ValidationError(
                _("This note was posted without a name: nobody can know who would have to agree."), "nameless"
            )
        consent = agree(held, agreement, recorded_by=user)
        if user is not None:
            log(held.cohort, "cohorts.note_consent", user=user, data={"note": str(held.pk)})
    return consent


def withdraw_consent(*, note: ExperienceNote, user: Any) -> bool:
    """Take the consent back: from now on the note is on no public page. Whether one stood.

    ``user`` is the member of staff who was asked to, None if the person did it.
    """
    with transaction.atomic():
        held = held_note(note, None)
        had = _withdraw(held, user)
        if had and user is not None:
            log(held.cohort, "cohorts.note_consent_withdrawn", user=user, data={"note": str(held.pk)})
    return had


def withdraw_with_code(*, enrolment: Enrolment, code: str) -> None:
    """Take the consent to a note without a name back, with the code that only its author knows.

    Raises ValidationError (``unknown``) if no note of this training has the code.
    """
    with transaction.atomic():
        locked(enrolment.cohort_id, None)
        own = ExperienceNote.objects.filter(cohort=enrolment.cohort_id, withdrawal_key=key_of(code))
        notes = list(own.exclude(withdrawal_key="").select_related("cohort__village"))
        if not notes:
            raise ValidationError(
                _("No note of this training has this code. Look at each letter, then try again."), "unknown"
            )
        for note in notes:
            _withdraw(note, None)


def choose_note(*, note: ExperienceNote, chosen: bool, user: Any) -> None:
    """Choose a note for the public page, or leave it out again. Repeating changes nothing.

    Raises ValidationError (``no_consent``) if its words, as they stand, may not be published.
    """
    with transaction.atomic():
        held = held_note(note, Deed.KEEP_BOARD if chosen else None)
        if chosen and not ExperienceNote.objects.with_consent().filter(pk=held.pk).exists():
            raise ValidationError(
                _("Nobody has agreed that these words are published. Ask, and record the consent first."),
                code="no_consent",
            )
        if chosen != (held.chosen_at is not None):
            change(held, chosen_at=timezone.now() if chosen else None)
            action = "cohorts.note_chosen" if chosen else "cohorts.note_left_out"
            log(held.cohort, action, user=user, data={"note": str(held.pk)})


def settle(*, note: ExperienceNote, agreement: Agreement | None) -> None:
    """Bring the consent to what the author says now; an agreement that stands already stays as it is."""
    standing = note.consents.filter(withdrawn_at__isnull=True).first()
    if agreement is None:
        _withdraw(note, None)
        return
    same = standing and (standing.revision, standing.shown_as) == (note.revision, agreement.shown_as)
    if not same:
        agree(note, agreement, recorded_by=None)


def agree(
    note: ExperienceNote, agreement: Agreement, *, recorded_by: Any, given_at: Any = None
) -> PublishingConsent:
    # An earlier one was about other words or another name.
    _withdraw(note, recorded_by)
    consent: PublishingConsent = PublishingConsent.objects.create(
        note=note,
        revision=note.revision,
        shown_as=agreement.shown_as,
        text_version=TEXT_VERSION,
        language=agreement.language,
        way=agreement.way,
        given_at=given_at or timezone.now(),
        recorded_by=recorded_by,
    )
    return consent


def _withdraw(note: ExperienceNote, user: Any) -> bool:
    standing = PublishingConsent.objects.filter(note=note, withdrawn_at__isnull=True)
    now = timezone.now()
    moment = day_of(now, note.cohort) if note.withdrawal_key and user is None else now
    changed = 0
    for consent in standing:
        consent.withdrawn_at = max(moment, consent.given_at)
        consent.withdrawal_recorded_by = user
        consent.save(update_fields=["withdrawn_at", "withdrawal_recorded_by"])
        changed += 1
    return bool(changed)


def change(note: ExperienceNote, **values: Any) -> None:
    for name, value in values.items():
        setattr(note, name, value)
    note.save(update_fields=list(values))


def held_note(note: ExperienceNote, deed: Deed | None) -> ExperienceNote:
    """The note as it is stored now, its training locked. Raises ValidationError (``stage``)."""
    locked(note.cohort_id, deed)
    held: ExperienceNote = ExperienceNote.objects.select_related("cohort__village").get(pk=note.pk)
    return held


def key_of(code: str) -> str:
    signs = "".join(sign for sign in code.upper() if sign in _SIGNS)
    return salted_hmac("lms.cohorts.withdrawal", signs, algorithm="sha256").hexdigest() if signs else ""
