"""Importing a list of people: file, report, choices, deed."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from assessments.imports.kept import find_kept
from lms.cohorts.imports.progress import Progress
from lms.cohorts.models import Cohort, Enrolment
from lms.people.models import ConsentRecord, Participant
from tests.factories import CohortFactory, EnrolmentFactory, ParticipantFactory
from tests.helpers import grant
from tests.lms.cohorts.imports.lists import ANASTASIA, HEADINGS, MARIA, YOSEF, as_csv
from tests.lms.cohorts.pages import page, pins_on

pytestmark = pytest.mark.django_db
CONSENT = {
    "consent_given": "on",
    "consent_channel": "kertas",
    "consent_on": "2026-05-20",
    "consent_language": "id",
    "consent_text_version": "2026-1",
}


def upload(client: Client, cohort: Cohort, *rows: Any, headings: Any = HEADINGS) -> str:
    """The address of the report."""
    file = SimpleUploadedFile("daftar.csv", as_csv([headings, *rows]))
    response = client.post(page("import_people", cohort), {"file": file})
    assert response.status_code == 302, response.context["form"].errors
    return str(response["Location"])


def known(cohort: Cohort, name: str, **facts: Any) -> Participant:
    facts = {"organisation": cohort.organisation, "village": cohort.village, "dusun": "Liu", **facts}
    return ParticipantFactory(full_name=name, **facts)


def test_upload_report_deed(organiser: Client, cohort: Cohort) -> None:
    report = upload(organiser, cohort, MARIA, YOSEF, ("Ana", "P", "31/06/1990", "warga", "", "Liu"))
    body = organiser.get(report).content.decode()
    assert not Participant.objects.exists()
    assert "31/06/1990" in body
    assert "daftar.csv" in body

    response = organiser.post(report, CONSENT, follow=True)

    assert response.redirect_chain[-1][0] == page("hub", cohort)
    said = [str(message) for message in response.context["messages"]]
    assert "2" in said[0]
    assert "1" in said[1]
    assert Enrolment.objects.filter(cohort=cohort).count() == 2
    consent = ConsentRecord.objects.first()
    assert consent is not None
    assert (consent.channel, consent.recorded_by) == ("kertas", organiser.user)  # type: ignore[attr-defined]
    assert consent.given_at.isoformat() == "2026-05-19T16:00:00+00:00"


def test_a_list_that_was_imported_is_gone_and_uploading_it_again_adds_nobody(
    organiser: Client, cohort: Cohort
) -> None:
    report = upload(organiser, cohort, MARIA, YOSEF)
    organiser.post(report, CONSENT)
    assert organiser.post(report, CONSENT)["Location"] == page("import_people", cohort)
    organiser.post(upload(organiser, cohort, MARIA, YOSEF), CONSENT)
    assert Participant.objects.count() == Enrolment.objects.count() == 2


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("consent_given", ""),
        ("consent_channel", "layar"),
        ("consent_channel", ""),
        ("consent_on", "2999-01-01"),
        ("consent_on", "31/06/2026"),
        ("consent_language", "xx"),
        ("consent_text_version", "<b>"),
    ],
)
def test_nothing_is_saved_without_a_whole_consent_and_what_was_chosen_stays(
    organiser: Client, cohort: Cohort, name: str, value: str
) -> None:
    known(cohort, "Maria Imelda Bete", role="Guru")
    report = upload(organiser, cohort, MARIA)
    response = organiser.post(report, {**CONSENT, name: value, "r2": "new"})
    assert response.status_code == 200
    assert set(response.context["consent"].errors) == {name}
    assert response.context["plan"].rows[0].choice == "new"
    assert 'value="new" checked' in response.content.decode()
    assert Participant.objects.count() == 1
    organiser.post(report, {**CONSENT, "r2": "new"})
    assert Participant.objects.count() == 2


def test_a_likely_duplicate_is_shown_with_what_distinguishes(organiser: Client, cohort: Cohort) -> None:
    person = known(cohort, "Maria Imelda Bete", role="Guru PAUD", dusun="Dusun Liu")
    report = upload(organiser, cohort, MARIA)
    body = organiser.get(report).content.decode()
    assert "Maria Imelda Bete" in body
    assert "<mark>Guru PAUD</mark>" in body
    assert person.code in body
    organiser.post(report, {**CONSENT, "r2": str(person.pk)})
    assert Enrolment.objects.get().participant == person


def test_people_of_another_organisation_are_never_named(organiser: Client, cohort: Cohort) -> None:
    other = CohortFactory(village=cohort.village)
    known(other, "Maria Imelda Bete", role="Canari")
    foreign = known(other, "Maria Bete")
    report = upload(organiser, cohort, MARIA)
    body = organiser.get(report).content.decode()
    assert "Imelda" not in body
    assert foreign.code not in body
    organiser.post(report, {**CONSENT, "r2": str(foreign.pk)})
    assert Enrolment.objects.get().participant.organisation == cohort.organisation
    assert b"Canari" not in template(organiser, cohort)


def template(client: Client, cohort: Cohort) -> bytes:
    response = client.get(page("import_template", cohort))
    assert "attachment" in response["Content-Disposition"]
    return bytes(response.content)


def test_the_template_offers_the_hamlets_of_the_own_organisation(organiser: Client, cohort: Cohort) -> None:
    known(cohort, "Maria", dusun="Piebulak")
    known(CohortFactory(village=cohort.village), "Yosef", dusun="Rahasia")
    book = load_workbook(io.BytesIO(template(organiser, cohort)))
    words = {cell.value for row in book["Daftar"] for cell in row}
    assert "Piebulak" in words
    assert "Rahasia" not in words


def test_columns_can_be_corrected_on_the_report(organiser: Client, cohort: Cohort) -> None:
    report = upload(organiser, cohort, MARIA, headings=("Warga", "L/P", "Umur", "Unsur", "Jabatan", "Dusun"))
    first = organiser.get(report)
    assert first.context["plan"].rows == []
    columns = {"k0": "full_name", "k1": "sex", "k2": "age", "k3": "element", "k4": "role", "k5": "dusun"}
    corrected = organiser.get(report, columns)
    assert corrected.context["plan"].takes == 1
    twice = organiser.get(report, {**columns, "k5": "role"})
    assert twice.context["columns"].errors
    address = f"{report}?{corrected.context['query']}"
    organiser.post(address, CONSENT)
    assert Participant.objects.get().full_name == "Maria Bete"


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"PK\x03\x04nonsense", b"x" * 5_300_000])
def test_a_bad_file_is_explained_at_the_field(organiser: Client, cohort: Cohort, data: bytes) -> None:
    response = organiser.post(page("import_people", cohort), {"file": SimpleUploadedFile("x.xlsx", data)})
    assert response.status_code == 200
    assert response.context["form"].errors["file"]


def test_what_a_list_says_is_shown_as_text(organiser: Client, cohort: Cohort) -> None:
    hostile = "<script>alert(1)</script>"
    row = (hostile, "P", hostile, hostile, hostile, hostile)
    report = upload(
        organiser,
        cohort,
        row,
        ("=1+1", "P", "", "warga", "", hostile),
        headings=[*HEADINGS[:5], f"Dusun {hostile}"],
    )
    assert hostile not in organiser.get(report).content.decode()


def test_a_list_belongs_to_who_uploaded_it_and_to_its_training(
    organiser: Client, foreign_organiser: Client, administrator: Client, cohort: Cohort
) -> None:
    report = upload(organiser, cohort, MARIA)
    assert foreign_organiser.get(report).status_code == 404
    assert administrator.get(report)["Location"] == page("import_people", cohort)
    sibling = CohortFactory(organisation=cohort.organisation)
    there = report.replace(str(cohort.pk), str(sibling.pk))
    assert organiser.post(there, CONSENT)["Location"] == page("import_people", sibling)
    assert not Participant.objects.exists()


def test_a_list_of_people_is_not_opened_as_questions(administrator: Client, cohort: Cohort) -> None:
    token = upload(administrator, cohort, MARIA).rstrip("/").rsplit("/", 1)[1]
    answer = administrator.get(f"/admin/questions/transfer/{token}/")
    assert answer.status_code in (302, 404)


@pytest.mark.parametrize("name", ["import_people", "import_template"])
def test_who_may_not_add_people_stays_out(
    trainer: Client, bystander: Client, cohort: Cohort, name: str
) -> None:
    for client in (trainer, bystander):
        assert client.get(page(name, cohort)).status_code == 302


def test_access_needs_are_shown_and_offered_only_to_who_may_see_them(
    bystander: Client, organiser: Client, cohort: Cohort
) -> None:
    grant(
        bystander.user,  # type: ignore[attr-defined]
        "wagtailadmin.access_admin",
        "cohorts.view_cohort",
        "cohorts.add_enrolment",
        "people.add_participant",
        "people.view_participant",
        "people.change_participant",
    )
    row, headings = (*MARIA, "kursi roda"), (*HEADINGS, "Kebutuhan akses")
    for client, shown in [(organiser, True), (bystander, False)]:
        report = client.get(upload(client, cohort, row, headings=headings))
        choices = [value for value, _label in report.context["columns"].fields["k0"].choices]
        assert ("access_needs" in choices) is shown
        person = report.context["plan"].rows[0].person
        assert person.access_needs == ("kursi roda" if shown else "")
        headings_of = [
            cell.value for cell in load_workbook(io.BytesIO(template(client, cohort)))["Peserta"][1]
        ]
        assert ("Kebutuhan akses" in headings_of) is shown
    person = known(cohort, "Rosa", access_needs="kursi roda")
    for client, shown in [(organiser, True), (bystander, False)]:
        body = client.get(f"/admin/peserta/edit/{person.pk}/").content.decode()
        assert ("kursi roda" in body) is shown


def test_progress_is_told_while_the_import_runs(organiser: Client, cohort: Cohort) -> None:
    report = upload(organiser, cohort, MARIA)
    token = report.rstrip("/").rsplit("/", 1)[1]
    address = page("import_progress", cohort, token)
    assert organiser.get(address).json() == {"done": 0, "of": 0}
    kept = find_kept(token, owner=organiser.user.pk, purpose="roster")  # type: ignore[attr-defined]
    progress = Progress(kept)
    progress.note(100, 3000)
    assert organiser.get(address).json() == {"done": 100, "of": 3000}
    progress.forget()
    assert organiser.get(address).json() == {"done": 0, "of": 0}


def test_a_script_that_waits_is_told_where_to_go_on(organiser: Client, cohort: Cohort) -> None:
    report = upload(organiser, cohort, MARIA)
    script = {"Accept": "application/json"}
    again = organiser.post(report, {**CONSENT, "consent_on": ""}, headers=script)
    assert again.context["consent"].errors
    assert organiser.post(report, CONSENT, headers=script).json() == {"next": page("hub", cohort)}
    gone = organiser.post(report, CONSENT, headers=script)
    assert gone.json() == {"next": page("import_people", cohort)}


def test_the_number_of_queries_of_the_report_does_not_grow(organiser: Client, cohort: Cohort) -> None:
    for name in ("Maria Imelda Bete", "Yosef Bele", "Anastacia"):
        known(cohort, name, sex="L" if "Y" in name else "P", dusun="Pauk" if "Y" in name else "Liu")
    organiser.get(upload(organiser, cohort, MARIA))
    counts = []
    for rows in ([MARIA], [MARIA, YOSEF, ANASTASIA]):
        report = upload(organiser, cohort, *rows)
        with CaptureQueriesContext(connection) as queries:
            response = organiser.get(report)
        assert all(row.candidates for row in response.context["plan"].rows)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_cards_are_printed_in_batches_and_none_twice(
    organiser: Client, cohort: Cohort, monkeypatch: Any
) -> None:
    monkeypatch.setattr("lms.cohorts.forms.people.CardsForm.MOST", 2)
    rows = [(f"Orang {letter}", *MARIA[1:]) for letter in ("Satu", "Dua", "Tiga")]
    organiser.post(upload(organiser, cohort, *rows), CONSENT)
    cards = page("cards", cohort)
    first = organiser.get(cards)
    ticked = [str(row["person"].pk) for row in first.context["rows"] if row["is_ticked"]]
    assert len(ticked) == 2
    sent = {"address": "x", "state": first.context["state"]}
    everybody = [str(pk) for pk in cohort.enrolments.values_list("participant", flat=True)]
    refused = organiser.post(cards, {**sent, "participants": everybody})
    assert refused.context["form"].errors["participants"]
    assert len(pins_on(organiser.post(cards, {**sent, "participants": ticked}))) == 2

    second = organiser.get(cards)
    [left] = [str(row["person"].pk) for row in second.context["rows"] if row["is_ticked"]]
    assert left not in ticked


def test_the_person_at_the_door_is_asked_about_by_the_same_rule(organiser: Client, cohort: Cohort) -> None:
    person = known(cohort, "Joseph Mali", sex="L", dusun="Dusun Liu", role="Guru")
    EnrolmentFactory(cohort=cohort, participant=person)
    fields = {
        "full_name": "Bpk. Yosef Mali",
        "sex": "L",
        "element": "warga",
        "dusun": "LIU",
        "village": str(cohort.village_id),
        "consent_given": "on",
        "consent_channel": "lisan",
    }
    body = organiser.post(page("add_person", cohort), fields).content.decode()
    assert person.code in body
    assert "Guru" in body
    assert Participant.objects.count() == 1
