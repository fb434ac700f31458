"""Taking a person in, with consent, a code and a PIN."""

import secrets
import unicodedata
from typing import Any

from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms.people.domain import budgets
from lms.people.domain.codes import PIN_LENGTH, new_code
from lms.people.enums import ConsentChannel
from lms.people.models import ConsentRecord, Organisation, Participant, Presence, Village

PIN_HASHER = "argon2pin"
# The version of the consent text that is read out or signed; change it with the text.
CONSENT_TEXT_VERSION = "2026-1"
_UNSEEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})


def clean_line(text: str) -> str:
    """One line of text as it may be printed: without control, format and private characters (they can
    turn a line around or break a certificate), composed (NFC), with single spaces."""
    spaced = "".join(" " if sign in "\t\n\r\u2028\u2029" else sign for sign in text)
    seen = "".join(sign for sign in spaced if unicodedata.category(sign) not in _UNSEEN)
    return unicodedata.normalize("NFC", " ".join(seen.split()))


def register_participant(
    *,
    organisation: Organisation,
    village: Village,
    full_name: str,
    sex: str,
    element: str,
    consent_channel: str,
    recorded_by: Any,
    name_on_certificate: str = "",
    age_band: str = "",
    role: str = "",
    dusun: str = "",
    consent_language: str = "id",
    consent_text_version: str = CONSENT_TEXT_VERSION,
    is_simulated: bool = False,
) -> tuple[Participant, str]:
    """Take a person in and record the consent. Returns the participant and the first PIN in clear text:
    it exists nowhere else, so it has to be shown or printed now.

    ``recorded_by`` is the member of staff who witnessed the consent (UU 27/2022 Ps 20-22), or None.
    Raises ValidationError, by field, for an empty or overlong name and for values outside the
    vocabularies; then nothing is written.
    """
    if consent_channel not in ConsentChannel.values:
        raise ValidationError(
            {"consent_channel": ValidationError(_("Say how consent was given."), "invalid")}
        )
    pin = _new_pin()
    participant = Participant(
        organisation=organisation,
        village=village,
        full_name=clean_line(full_name),
        name_on_certificate=clean_line(name_on_certificate),
        sex=sex,
        age_band=age_band,
        element=element,
        role=clean_line(role),
        dusun=clean_line(dusun),
        pin_hash=_hashed(pin),
        pin_serial=1,
        is_simulated=is_simulated,
    )
    participant.full_clean(exclude=["code", "merged_into"])
    with transaction.atomic():
        _save_with_new_code(participant)
        ConsentRecord.objects.create(
            participant=participant,
            text_version=consent_text_version,
            language=consent_language,
            channel=consent_channel,
            given_at=timezone.now(),
            recorded_by=recorded_by,
        )
    return participant, pin


def issue_pin(*, participant: Participant) -> str:
    """Give a new PIN and return it in clear text, the only time that it exists so.

    Sessions opened with the old PIN end at their next request, and wrong tries counted against this
    person are forgotten: this is how a trainer helps somebody who is locked out.
    """
    pin = _new_pin()
    with transaction.atomic():
        locked = Participant.objects.select_for_update().get(pk=participant.pk)
        locked.pin_hash = _hashed(pin)
        locked.pin_serial += 1
        locked.save(update_fields=["pin_hash", "pin_serial"])
        budgets.forget_person(locked.code)
        Presence.objects.filter(pk=locked.pk, ended_at=None).update(ended_at=timezone.now())
    participant.pin_hash, participant.pin_serial = locked.pin_hash, locked.pin_serial
    return pin


def _new_pin() -> str:
    return f"{secrets.randbelow(10**PIN_LENGTH):0{PIN_LENGTH}d}"


def _hashed(pin: str) -> str:
    return make_password(pin, hasher=PIN_HASHER)


def _save_with_new_code(participant: Participant) -> None:
    """Two people registered at once may draw the same code: the constraint decides, the loser redraws."""
    while True:
        participant.code = new_code()
        try:
            with transaction.atomic():
                participant.save(force_insert=True)
        except IntegrityError:
            if not Participant.objects.filter(code=participant.code).exists():
                raise
        else:
            return
