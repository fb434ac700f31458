"""The experience board on the screen: what participants and staff do, and what neither finds."""

import uuid
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from lms.cohorts.domain.consents import Agreement, give_consent
from lms.cohorts.models import Cohort, Enrolment, ExperienceNote, PublishingConsent
from lms.cohorts.queries.experiences import published_notes
from lms.people.models import RecordLogEntry
from tests.factories import EnrolmentFactory, ExperienceNoteFactory
from tests.helpers import sign_in_as
from tests.lms.cohorts.pages import page
from tests.lms.cohorts.test_findings import dump

pytestmark = pytest.mark.django_db
TEXT = "Kami memindahkan jam musyawarah 7731"


@pytest.fixture
def enrolment(cohort: Cohort) -> Enrolment:
    return EnrolmentFactory(
        cohort=cohort, participant__full_name="Yustina Bete", participant__dusun="Piebulak"
    )


@pytest.fixture
def participant(enrolment: Enrolment) -> Client:
    client = Client()
    sign_in_as(client, enrolment.participant)
    return client


def written(**fields: Any) -> dict[str, Any]:
    """What a browser posts for a new experience."""
    words = {"text": TEXT, "happened": "Lebih banyak ibu hadir", "learned": "Tanya dulu", "dusun": "Pauk"}
    return {"id": str(uuid.uuid4()), "code": "ABCD-2345", "shown_as": "", **words, **fields}


def soup(client: Client, address: str = "/pengalaman/") -> BeautifulSoup:
    return BeautifulSoup(client.get(address).content, "html.parser")


def test_the_tick_to_publish_is_off(participant: Client) -> None:
    form = soup(participant, "/pengalaman/baru/")
    assert not form.find(attrs={"name": "agree"}).has_attr("checked")
    assert form.find(attrs={"name": "dusun"})["value"] == "Piebulak"
    assert participant.post("/pengalaman/baru/", written()).status_code == 302
    assert not PublishingConsent.objects.exists()


def test_everybody_of_the_training_reads_it_without_the_name(
    participant: Client, enrolment: Enrolment
) -> None:
    participant.post("/pengalaman/baru/", written(agree="on", shown_as="Kader Liu"))
    neighbour = Client()
    sign_in_as(neighbour, EnrolmentFactory(cohort=enrolment.cohort).participant)
    seen = neighbour.get("/pengalaman/").content.decode()
    for words in (TEXT, "Lebih banyak ibu hadir", "Tanya dulu", "Pauk"):
        assert words in seen
    for name in ("Yustina", "Kader Liu", enrolment.participant.code):
        assert name not in seen
    stranger = Client()
    sign_in_as(stranger, EnrolmentFactory().participant)
    assert TEXT not in stranger.get("/pengalaman/").content.decode()


def test_the_consent_is_taken_back_by_one_press(participant: Client) -> None:
    participant.post("/pengalaman/baru/", written(agree="on"))
    note = ExperienceNote.objects.get()
    assert participant.post(f"/pengalaman/{note.pk}/tarik/").status_code == 302
    assert note.consents.get().withdrawn_at is not None


def test_without_a_name_the_browser_leaves_no_trace_either(participant: Client) -> None:
    code = soup(participant, "/pengalaman/baru/").find(attrs={"name": "code"})["value"]
    before = dump()
    participant.post("/pengalaman/baru/", written(without_name="on", agree="on", code=code))
    after = dump()
    changed = {table for table in after if after[table] != before[table]}
    assert changed - {"sqlite_sequence", "django_session"} == {
        "cohorts_experiencenote",
        "cohorts_publishingconsent",
    }
    note = ExperienceNote.objects.get()
    assert note.author is None
    assert participant.get(f"/pengalaman/{note.pk}/").status_code == 404
    assert participant.post("/pengalaman/tarik/", {"code": "ZZZZ-ZZZZ"}).status_code == 400
    assert participant.post("/pengalaman/tarik/", {"code": code}).status_code == 302
    assert note.consents.get().withdrawn_at is not None


def test_the_form_shows_the_code_that_belongs_to_it(participant: Client) -> None:
    form = soup(participant, "/en/pengalaman/baru/")
    assert form.find(attrs={"name": "code"})["value"] in form.get_text()


@pytest.mark.parametrize(
    ("field", "value"), [("text", "  "), ("text", "x" * 2001), ("id", "bukan"), ("code", "<b>")]
)
def test_bad_input_is_told_and_what_was_typed_stays(participant: Client, field: str, value: str) -> None:
    answer = participant.post("/pengalaman/baru/", written(shown_as="Kader 55", **{field: value}))
    assert answer.status_code == 400
    assert 'value="Kader 55"' in answer.content.decode()
    assert not ExperienceNote.objects.exists()


def test_another_ones_note_is_not_there_to_change(participant: Client, enrolment: Enrolment) -> None:
    theirs = ExperienceNoteFactory(cohort=enrolment.cohort, author=EnrolmentFactory(cohort=enrolment.cohort))
    assert participant.get(f"/pengalaman/{theirs.pk}/").status_code == 404
    assert participant.post(f"/pengalaman/{theirs.pk}/tarik/").status_code == 404


def test_a_trainer_types_an_experience_and_records_the_consent(
    trainer: Client, enrolment: Enrolment, cohort: Cohort
) -> None:
    data = {"id": str(uuid.uuid4()), "text": TEXT, "author": enrolment.pk, "dusun": "Liu", "consent": "1"}
    answer = trainer.post(page("experience_add", cohort), data)
    note = ExperienceNote.objects.get()
    assert answer["Location"] == page("experience_consent", cohort, note.pk)
    refused = trainer.post(answer["Location"], {"way": "lisan", "language": "bunak"})
    assert refused.status_code == 200
    assert not note.consents.exists()
    trainer.post(answer["Location"], {"agreed": "on", "way": "lisan", "language": "bunak", "shown_as": ""})
    consent = note.consents.get()
    assert (consent.language, consent.way, consent.recorded_by) == ("bunak", "lisan", trainer.user)  # type: ignore[attr-defined]
    assert RecordLogEntry.objects.filter(action="cohorts.note_consent").count() == 1


def test_organisers_choose_and_trainers_do_not(
    organiser: Client, trainer: Client, enrolment: Enrolment, cohort: Cohort
) -> None:
    note = ExperienceNoteFactory(cohort=cohort, author=enrolment)
    give_consent(note=note, agreement=Agreement(language="id"), user=None)
    state = page("experience_state", cohort, note.pk)
    assert trainer.post(state, {"do": "choose"}).status_code in (302, 403)
    assert published_notes(cohort) == []
    organiser.post(state, {"do": "choose"})
    assert [entry.note for entry in published_notes(cohort)] == [note]
    trainer.post(state, {"do": "withdraw"})
    assert published_notes(cohort) == []


def test_a_quote_without_a_speaker_is_told(trainer: Client, cohort: Cohort) -> None:
    answer = trainer.post(page("experience_quote", cohort), {"id": str(uuid.uuid4()), "text": TEXT})
    assert answer.status_code == 200
    assert TEXT in answer.content.decode()
    assert not ExperienceNote.objects.exists()


def test_the_print_names_nobody_who_did_not_choose_it(
    trainer: Client, enrolment: Enrolment, cohort: Cohort
) -> None:
    ExperienceNoteFactory(cohort=cohort, author=enrolment, text=TEXT)
    printed = trainer.get(page("experiences_print", cohort)).content.decode()
    assert TEXT in printed
    assert "Yustina" not in printed


def test_the_summary_is_read_by_participants_and_its_changes_are_logged(
    trainer: Client, participant: Client, cohort: Cohort
) -> None:
    for text in ("Semua dusun sulit mendata", "Semua dusun mendata bersama"):
        trainer.post(page("experiences_summary", cohort), {"text": text})
    assert "Semua dusun mendata bersama" in participant.get("/pengalaman/").content.decode()
    entries = RecordLogEntry.objects.filter(action="cohorts.discussion_summed_up")
    assert {entry.data["before"] for entry in entries} == {"", "Semua dusun sulit mendata"}


@pytest.mark.parametrize("name", ["experiences", "experiences_print", "experience_add"])
def test_another_organisation_finds_no_board(foreign_organiser: Client, cohort: Cohort, name: str) -> None:
    assert foreign_organiser.get(page(name, cohort)).status_code == 404


def test_a_note_of_another_training_is_not_found_below_this_one(organiser: Client, cohort: Cohort) -> None:
    theirs = ExperienceNoteFactory()
    for name in ("experience_edit", "experience_consent"):
        assert organiser.get(page(name, cohort, theirs.pk)).status_code == 404
    assert organiser.post(page("experience_state", cohort, theirs.pk), {"do": "take_off"}).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_the_boards_ask_the_same_number_of_queries(
    trainer: Client,
    participant: Client,
    enrolment: Enrolment,
    cohort: Cohort,
    number: int,
    query_count: Any,
) -> None:
    for _each in range(number):
        note = ExperienceNoteFactory(cohort=cohort, author=EnrolmentFactory(cohort=cohort))
        give_consent(note=note, agreement=Agreement(language="id"), user=trainer.user)  # type: ignore[attr-defined]
    for client, address, most in (
        (participant, "/pengalaman/", 8),
        (trainer, page("experiences", cohort), 16),
    ):
        client.get(address)
        with query_count(most):
            client.get(address)
