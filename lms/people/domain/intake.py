"""Taking in a whole list of people who have given their consent. PINs come later, in batches, with cards:
hashing thousands of them here would take minutes, and nobody could print them all at once."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms.people.domain.codes import new_codes
from lms.people.domain.registration import clean_line
from lms.people.enums import ConsentChannel
from lms.people.models import ConsentRecord, Organisation, Participant, RecordLogEntry

# Their keys are made by us or looked up before; a query for each would be thousands.
_KNOWN_TO_BE_RIGHT = ("id", "organisation", "village", "code", "merged_into")
_LINES = ("full_name", "name_on_certificate", "role", "dusun", "access_needs")


@dataclass(frozen=True, slots=True)
class Consent:
    """How and when people consented (UU 27/2022 Ps 20-22), said once for all of a list."""

    text_version: str
    language: str
    channel: str
    given_at: datetime.datetime

    def check(self) -> None:
        """Raises ValidationError (``consent``, ``future``) for what cannot be a consent."""
        if self.channel not in ConsentChannel.values or not self.text_version or not self.language:
            raise ValidationError(_("Say how consent was given."), code="consent")
        if self.given_at > timezone.now():
            raise ValidationError(_("Consent cannot have been given in the future."), code="future")


def checked_person(*, organisation: Organisation, **facts: Any) -> Participant:
    """A participant who is not saved yet. Raises ValidationError, by field, as ``register_participant``."""
    lines = {name: clean_line(facts[name]) for name in _LINES if name in facts}
    person = Participant(organisation=organisation, **{**facts, **lines})
    person.full_clean(exclude=_KNOWN_TO_BE_RIGHT)
    return person


def register_people(*, people: Sequence[Participant], consent: Consent, recorded_by: Any) -> None:
    """Save people made by ``checked_person``, each with a code and a consent, all or nothing, in a number of
    queries that grows by one for some hundred people.

    They have no PIN until a card is printed, so nobody can sign in as one of them before. Two lists at the
    same moment may draw one code: the constraint refuses the later one with IntegrityError.
    """
    consent.check()
    for person, code in zip(people, new_codes(len(people)), strict=True):
        person.code = code
    with transaction.atomic():
        Participant.objects.bulk_create(people, batch_size=500)
        record_consent(people=people, consent=consent, recorded_by=recorded_by)
        RecordLogEntry.objects.log_many(people, "people.registered", user=recorded_by)


def record_consent(*, people: Sequence[Participant], consent: Consent, recorded_by: Any) -> None:
    """Write down that these people consented; earlier consents stay."""
    consent.check()
    ConsentRecord.objects.bulk_create(
        [
            ConsentRecord(
                participant=person,
                text_version=consent.text_version,
                language=consent.language,
                channel=consent.channel,
                given_at=consent.given_at,
                recorded_by=recorded_by,
            )
            for person in people
        ],
        batch_size=500,
    )
