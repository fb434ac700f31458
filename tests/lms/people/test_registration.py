"""Taking a person in."""

import unicodedata

import pytest
from django.contrib.auth.hashers import check_password, identify_hasher
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from lms.people.domain import clean_line, codes, issue_pin, register_participant, sign_in
from lms.people.domain.codes import CODE_ALPHABET
from lms.people.models import ConsentRecord, Participant
from tests.factories import OrganisationFactory, ParticipantFactory, VillageFactory, make_staff


def register(**fields: object) -> tuple[Participant, str]:
    defaults = {
        "organisation": OrganisationFactory(),
        "village": VillageFactory(),
        "full_name": "Warga 7",
        "sex": "P",
        "element": "warga",
        "consent_channel": "kertas",
        "recorded_by": None,
    }
    return register_participant(**{**defaults, **fields})


@pytest.mark.django_db
def test_a_registered_person_has_a_code_a_pin_and_a_consent() -> None:
    witness = make_staff()
    participant, pin = register(consent_channel="lisan", recorded_by=witness)

    assert len(participant.code) == 5
    assert set(participant.code) <= set(CODE_ALPHABET)
    assert len(pin) == 6
    assert pin.isdecimal()
    consent = ConsentRecord.objects.get(participant=participant)
    assert (consent.channel, consent.recorded_by, consent.language) == ("lisan", witness, "id")
    assert sign_in(code=participant.code, pin=pin, device="d") == participant


@pytest.mark.django_db
def test_the_pin_is_kept_only_as_an_argon2id_hash() -> None:
    participant, pin = register()
    stored = Participant.objects.get(pk=participant.pk).pin_hash
    assert pin not in stored
    assert identify_hasher(stored).algorithm == "argon2pin"
    assert "argon2id" in stored
    assert check_password(pin, stored, preferred="argon2pin")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"full_name": " \u200b\n"}, "full_name"),
        ({"full_name": "A" * 121}, "full_name"),
        ({"sex": "X"}, "sex"),
        ({"element": "raja"}, "element"),
        ({"age_band": "12"}, "age_band"),
        ({"dusun": "x" * 81}, "dusun"),
        ({"consent_channel": ""}, "consent_channel"),
    ],
)
def test_what_is_not_acceptable_is_named_and_nothing_is_written(fields: dict[str, str], named: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        register(**fields)
    assert list(refusal.value.message_dict) == [named]
    assert not Participant.objects.exists()


@pytest.mark.django_db
def test_two_people_who_draw_the_same_code_get_two_codes(monkeypatch: pytest.MonkeyPatch) -> None:
    ParticipantFactory(code="22222")
    drawn = iter(["22222", "33333"])
    monkeypatch.setattr("lms.people.domain.registration.new_code", lambda: next(drawn))
    assert register()[0].code == "33333"


@pytest.mark.django_db
def test_new_code_passes_over_codes_in_use(monkeypatch: pytest.MonkeyPatch) -> None:
    ParticipantFactory(code="22222")
    signs = iter("2222244444")
    monkeypatch.setattr(codes.secrets, "choice", lambda _: next(signs))
    assert codes.new_code() == "44444"


@pytest.mark.django_db
def test_a_new_pin_replaces_the_old_one() -> None:
    participant, old = register()
    new = issue_pin(participant=participant)
    while new == old:
        new = issue_pin(participant=participant)

    assert sign_in(code=participant.code, pin=new, device="d").pin_serial == participant.pin_serial
    with pytest.raises(ValidationError):
        sign_in(code=participant.code, pin=old, device="d")


def test_a_name_loses_what_cannot_be_seen() -> None:
    assert clean_line("  Maria\u202e \x00 da\tSilva\u200d\n") == "Maria da Silva"


@given(st.text())
def test_a_cleaned_line_is_clean_and_stays_so(text: str) -> None:
    line = clean_line(text)
    assert not [sign for sign in line if unicodedata.category(sign) in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}]
    assert line == line.strip()
    assert clean_line(line) == line
