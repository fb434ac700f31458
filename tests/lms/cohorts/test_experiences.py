"""Experiences and consents to publish: what is public at each moment, and what leads to nobody."""

import uuid
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import translation
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from lms.cohorts.domain import consents, experiences
from lms.cohorts.domain.consents import Agreement
from lms.cohorts.enums import CohortState
from lms.cohorts.models import Cohort, Enrolment, ExperienceNote, PublishingConsent
from lms.cohorts.queries.experiences import published_notes
from lms.people.models import RecordLogEntry
from tests.factories import CohortFactory, EnrolmentFactory, ExperienceNoteFactory, make_staff

pytestmark = pytest.mark.django_db
WORDS = {"text": "Kami mendata warga", "happened": "Semua ikut", "learned": "Datang ke rumah", "dusun": "Liu"}
YES = Agreement(language="id")


@pytest.fixture
def enrolment() -> Enrolment:
    return EnrolmentFactory(participant__full_name="Yustina Bete")


@pytest.fixture
def user(enrolment: Enrolment) -> Any:
    return make_staff(organisation=enrolment.cohort.organisation)


def posted(enrolment: Enrolment, **arguments: Any) -> ExperienceNote:
    settings = {"without_name": False, "agreement": None, "note_id": uuid.uuid4(), **arguments}
    return experiences.post_note(enrolment=enrolment, fields=WORDS, **settings)


def public(cohort: Cohort) -> list[str]:
    return [entry.shown_as for entry in published_notes(cohort)]


def test_nothing_is_public_because_it_was_written(enrolment: Enrolment, user: Any) -> None:
    note = posted(enrolment)
    with pytest.raises(ValidationError) as refusal:
        consents.choose_note(note=note, chosen=True, user=user)
    assert refusal.value.code == "no_consent"
    assert public(enrolment.cohort) == []


def test_consent_alone_publishes_nothing_until_staff_choose(enrolment: Enrolment, user: Any) -> None:
    note = posted(enrolment, agreement=YES)
    assert public(enrolment.cohort) == []
    consents.choose_note(note=note, chosen=True, user=user)
    with translation.override("en"):
        assert public(enrolment.cohort) == ["a participant from dusun Liu"]


def test_a_person_is_named_as_that_person_chose(enrolment: Enrolment, user: Any) -> None:
    note = posted(enrolment, agreement=Agreement(language="id", shown_as="Kader posyandu"))
    consents.choose_note(note=note, chosen=True, user=user)
    assert public(enrolment.cohort) == ["Kader posyandu"]


def test_a_withdrawn_consent_takes_effect_at_once_and_stays_on_record(
    enrolment: Enrolment, user: Any
) -> None:
    note = posted(enrolment, agreement=YES)
    consents.choose_note(note=note, chosen=True, user=user)
    assert consents.withdraw_consent(note=note, user=None) is True
    assert public(enrolment.cohort) == []
    consent = PublishingConsent.objects.get()
    assert consent.withdrawn_at is not None
    assert (consent.text_version, consent.language, consent.way) == ("terbit-2026-1", "id", "aplikasi")
    assert consents.withdraw_consent(note=note, user=None) is False


def test_words_that_staff_change_are_kept_and_need_a_new_consent(enrolment: Enrolment, user: Any) -> None:
    note = posted(enrolment, agreement=YES)
    consents.choose_note(note=note, chosen=True, user=user)
    experiences.edit_note(note=note, fields={"text": "Kata panitia"}, user=user)
    assert public(enrolment.cohort) == []
    (earlier,) = note.earlier_words.all()
    assert (earlier.text, earlier.changed_by) == (WORDS["text"], user)
    consents.give_consent(note=note, agreement=Agreement(language="bunak", way="lisan"), user=user)
    assert len(public(enrolment.cohort)) == 1
    assert RecordLogEntry.objects.filter(action="cohorts.note_consent", user=user).count() == 1


def test_saving_the_same_words_asks_nobody_anew(enrolment: Enrolment, user: Any) -> None:
    note = posted(enrolment, agreement=YES)
    consents.choose_note(note=note, chosen=True, user=user)
    experiences.edit_note(note=note, fields={"text": WORDS["text"]}, user=user)
    assert len(public(enrolment.cohort)) == 1


def test_the_author_changes_words_and_consent_in_one_go(enrolment: Enrolment, user: Any) -> None:
    note = posted(enrolment, agreement=YES)
    consents.choose_note(note=note, chosen=True, user=user)
    fields = {**WORDS, "text": "Kata baru"}
    experiences.change_own_note(enrolment=enrolment, note=note, fields=fields, agreement=YES)
    assert [entry.note.text for entry in published_notes(enrolment.cohort)] == ["Kata baru"]
    experiences.change_own_note(enrolment=enrolment, note=note, fields=fields, agreement=None)
    assert public(enrolment.cohort) == []
    with pytest.raises(ValidationError):
        experiences.change_own_note(
            enrolment=EnrolmentFactory(cohort=enrolment.cohort), note=note, fields=fields, agreement=YES
        )


def test_without_a_name_nothing_leads_to_the_person_and_the_code_takes_it_back(
    enrolment: Enrolment, user: Any
) -> None:
    code = consents.new_withdrawal_code()
    note = posted(enrolment, without_name=True, agreement=YES, withdrawal_code=code)
    assert note.author is None
    assert code not in str(ExperienceNote.objects.values().get())
    consent = note.consents.get()
    assert (consent.given_at, consent.recorded_by) == (note.created_at, None)
    consents.choose_note(note=note, chosen=True, user=user)
    with pytest.raises(ValidationError):
        consents.withdraw_with_code(enrolment=enrolment, code="AAAA-AAAA")
    with pytest.raises(ValidationError):
        consents.withdraw_with_code(enrolment=enrolment, code="")
    with pytest.raises(ValidationError):
        consents.withdraw_with_code(enrolment=EnrolmentFactory(), code=code)
    assert len(public(enrolment.cohort)) == 1
    consents.withdraw_with_code(enrolment=enrolment, code=f" {code.lower().replace('-', ' ')} ")
    assert public(enrolment.cohort) == []


def test_nobody_can_agree_for_who_posted_without_a_name(enrolment: Enrolment, user: Any) -> None:
    note = posted(enrolment, without_name=True)
    with pytest.raises(ValidationError) as refusal:
        consents.give_consent(note=note, agreement=YES, user=user)
    assert refusal.value.code == "nameless"


def test_a_note_taken_off_the_board_is_on_no_public_page(enrolment: Enrolment, user: Any) -> None:
    note = posted(enrolment, agreement=YES)
    consents.choose_note(note=note, chosen=True, user=user)
    experiences.take_off(note=note, off=True, user=user)
    assert public(enrolment.cohort) == []
    experiences.take_off(note=note, off=False, user=user)
    assert len(public(enrolment.cohort)) == 1


def test_the_same_form_sent_twice_writes_once_and_a_foreign_id_is_refused(
    enrolment: Enrolment, user: Any
) -> None:
    first = posted(enrolment, agreement=YES)
    assert posted(enrolment, note_id=first.pk, agreement=YES) == first
    assert (ExperienceNote.objects.count(), PublishingConsent.objects.count()) == (1, 1)
    with pytest.raises(ValidationError):
        posted(EnrolmentFactory(), note_id=first.pk)
    typed = {"kind": "kutipan", "author": None, "agreement": None, "user": user}
    with pytest.raises(ValidationError):
        experiences.add_note(cohort=CohortFactory(), note_id=first.pk, fields=WORDS, **typed)


def test_a_quote_names_its_speaker(enrolment: Enrolment, user: Any) -> None:
    typed = {"cohort": enrolment.cohort, "kind": "kutipan", "author": None, "user": user}
    with pytest.raises(ValidationError):
        experiences.add_note(
            note_id=uuid.uuid4(), fields={"text": "Semua boleh bicara."}, agreement=None, **typed
        )
    note = experiences.add_note(
        note_id=uuid.uuid4(),
        fields={"text": "Semua boleh bicara.", "speaker": "Sekretaris Desa", "office": "Desa Loonuna"},
        agreement=Agreement(language="id", way="tertulis"),
        **typed,
    )
    consents.choose_note(note=note, chosen=True, user=user)
    assert public(enrolment.cohort) == ["Sekretaris Desa, Desa Loonuna"]


def test_the_database_keeps_one_standing_consent_and_no_quote_of_nobody(enrolment: Enrolment) -> None:
    note = posted(enrolment, agreement=YES)
    consent = note.consents.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        PublishingConsent.objects.create(note=note, revision=1, text_version="x", language="id", way="lisan")
    with pytest.raises(IntegrityError), transaction.atomic():
        ExperienceNote.objects.create(cohort=enrolment.cohort, kind="kutipan", text="Kata")
    assert consent.withdrawn_at is None


def test_in_an_archived_training_consents_are_taken_back_and_nothing_else(
    enrolment: Enrolment, user: Any
) -> None:
    note = posted(enrolment, agreement=YES)
    consents.choose_note(note=note, chosen=True, user=user)
    Cohort.objects.update(state=CohortState.ARCHIVED)
    for deed in (
        lambda: posted(enrolment),
        lambda: experiences.edit_note(note=note, fields={"text": "Lain"}, user=user),
        lambda: consents.give_consent(note=note, agreement=YES, user=user),
        lambda: experiences.sum_up(cohort=enrolment.cohort, text="Rangkuman", user=user),
    ):
        with pytest.raises(ValidationError) as refusal:
            deed()
        assert refusal.value.code == "stage"
    assert len(public(enrolment.cohort)) == 1
    consents.withdraw_consent(note=note, user=None)
    assert public(enrolment.cohort) == []


STEPS = ("agree", "withdraw", "edit", "choose", "leave_out", "off", "on")


@pytest.mark.property
@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(steps=st.lists(st.sampled_from(STEPS), max_size=8))
def test_public_is_only_what_was_agreed_to_word_for_word(
    enrolment: Enrolment, user: Any, steps: list[str]
) -> None:
    with transaction.atomic():
        note = ExperienceNoteFactory(cohort=enrolment.cohort, author=enrolment)
        agreed: str | None = None
        for number, step in enumerate(steps):
            if step == "agree":
                consents.give_consent(note=note, agreement=YES, user=user)
                agreed = ExperienceNote.objects.get(pk=note.pk).text
            elif step == "withdraw":
                consents.withdraw_consent(note=note, user=user)
                agreed = None
            elif step == "edit":
                experiences.edit_note(note=note, fields={"text": f"Kata {number}"}, user=user)
            elif step in ("off", "on"):
                experiences.take_off(note=note, off=step == "off", user=user)
            elif step == "leave_out" or agreed == ExperienceNote.objects.get(pk=note.pk).text:
                consents.choose_note(note=note, chosen=step == "choose", user=user)
            assert {entry.note.text for entry in published_notes(enrolment.cohort)} <= {agreed}
        transaction.set_rollback(True)
