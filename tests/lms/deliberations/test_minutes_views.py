"""Minutes in Wagtail's admin: writing, prefilling, numbering, papers, scans, lists, and who may."""

import io
import uuid
from typing import Any

import pypdf
import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from docx import Document
from PIL import Image

from lms.cohorts.domain import record_attendance
from lms.cohorts.models import Cohort
from lms.deliberations.domain.minutes import finalise_minutes
from lms.deliberations.models import Minutes, Proposal, Scan
from lms.deliberations.queries import people_who_came
from lms.people.management.roles import TRAINER
from tests.factories import (
    CohortFactory,
    EnrolmentFactory,
    FacilitatorFactory,
    FindingFactory,
    MeetingFactory,
    make_staff,
)
from tests.lms.deliberations.factories import MinutesFactory, let_sign, photo, propose
from tests.lms.deliberations.pages import proposal, said, typed_minutes, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def minutes(cohort: Cohort) -> Minutes:
    made = MinutesFactory(organisation=cohort.organisation, village=cohort.village, cohort=cohort)
    propose(made, cost_typed="1,2 juta")
    let_sign(made, ("warga", "Maria", "", "P"), ("warga", "Yosef", "", "L"))
    return made


def page(name: str, *args: Any) -> str:
    return reverse(f"minutes:{name}", args=[getattr(each, "pk", each) for each in args])


def write(client: Client, cohort: Cohort, **changes: Any) -> Any:
    rows = {name: changes.pop(name) for name in ("proposals", "signatories") if name in changes}
    return client.post(page("add"), {**typed_minutes(cohort, **rows), **changes})


def test_minutes_are_written_with_proposals_and_signatories(organiser: Client, cohort: Cohort) -> None:
    signs = [{"role": "warga", "name": "Maria", "title": "a.n. PKK", "sex": "P"}]
    answer = write(organiser, cohort, proposals=[proposal(), proposal(cost_typed="1,2 M")], signatories=signs)
    made = Minutes.objects.get()
    assert answer["Location"] == page("page", made)
    assert (made.organisation, str(made.held_on)) == (cohort.organisation, "2018-06-20")
    assert made.created_by == organiser.user
    rows = [(each.volume, each.cost, each.cost_typed) for each in made.proposals.all()]
    assert rows == [("1.200", 1_200_000, "1,2 juta"), ("1.200", 1_200_000_000, "1,2 M")]
    assert made.signatories.get().title == "a.n. PKK"
    asked = said("you wrote “%(typed)s”. Do you mean %(amount)s?", typed="1,2 M", amount="Rp1.200.000.000")
    assert asked in words(organiser.get(page("page", made)))


def test_a_draft_may_be_nearly_empty(organiser: Client, cohort: Cohort) -> None:
    empty = dict.fromkeys(
        ("place", "chair", "note_taker", "matters", "results", "men", "women", "starts_at"), ""
    )
    assert write(organiser, cohort, **empty).status_code == 302
    told = said("Still empty: %(fields)s.", fields="").rstrip(". ")
    assert told in words(organiser.get(page("page", Minutes.objects.get())))


NO_DAY = "There is no %(day)s %(month)s %(year)s: %(month)s has %(last)s days. Correct the date."


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"held_on": "31 Juni 2018"}, said(NO_DAY, day=31, month="Juni", year=2018, last=30)),
        (
            {"held_on": "kemarin"},
            said("We cannot read this date. Write day, month and year, for example 11 Juni 2018."),
        ),
        (
            {"starts_at": "11.00", "ends_at": "09:00"},
            said("The deliberation ends before it begins. Correct one of the times."),
        ),
        (
            {"proposals": [proposal(cost_typed="sekitar 2 karung")]},
            said("Write only the number, in digits, for example 1.200.000 or 35,5."),
        ),
        (
            {"men": "-3"},
            said("Ensure this value is greater than or equal to %(limit_value)s.", limit_value=0),
        ),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_typed_is_lost(
    organiser: Client, cohort: Cohort, changes: dict[str, Any], told: str
) -> None:
    answer = write(organiser, cohort, **{"proposals": [proposal()], **changes})
    assert answer.status_code == 200
    assert told in words(answer)
    soup = BeautifulSoup(answer.content, "html.parser")
    assert soup.find(attrs={"name": "place"})["value"] == "Kapela Piebulak"
    assert soup.find(attrs={"name": "proposals-0-activity"})["value"] == "Perpipaan air bersih"
    if "held_on" in changes:
        assert soup.find(attrs={"name": "held_on"})["value"] == changes["held_on"]
    assert not Minutes.objects.exists()


def test_a_training_fills_in_what_it_knows(organiser: Client, cohort: Cohort) -> None:
    cohort.venue = "Kantor Desa"
    cohort.save()
    FindingFactory(cohort=cohort, code="TM4", text="Belum ada\nBerita Acara")
    people = [EnrolmentFactory(cohort=cohort, participant__sex=sex) for sex in "PPL"]
    for meeting in (MeetingFactory(cohort=cohort), MeetingFactory(cohort=cohort)):
        for each in people:
            record_attendance(meeting=meeting, enrolment=each, status="hadir", recorded_by=organiser.user)
    answer = organiser.get(page("add"), {"cohort": cohort.pk})
    soup = BeautifulSoup(answer.content, "html.parser")
    shown = {name: soup.find(attrs={"name": name})["value"] for name in ("place", "held_on", "men", "women")}
    assert shown == {"place": "Kantor Desa", "held_on": "1 Juni 2026", "men": "1", "women": "2"}
    assert soup.find(attrs={"name": "matters"}).get_text().strip() == "TM4: Belum ada Berita Acara"
    assert soup.find("input", attrs={"name": "findings"}) is not None


@pytest.mark.parametrize(("age", "elders"), [("31-45", 1), ("", None)])
def test_elders_are_told_only_if_all_ages_are_known(cohort: Cohort, age: str, elders: int | None) -> None:
    meeting = MeetingFactory(cohort=cohort)
    for band in ("60+", age):
        enrolment = EnrolmentFactory(cohort=cohort, participant__age_band=band, participant__sex="P")
        record_attendance(meeting=meeting, enrolment=enrolment, status="hadir", recorded_by=None)
    youth = 0 if age else None
    assert people_who_came(cohort) == {"men": 0, "women": 2, "elders": elders, "youth": youth}


def test_a_training_of_another_organisation_tells_nothing(organiser: Client, cohort: Cohort) -> None:
    theirs = CohortFactory(venue="Rahasia")
    FindingFactory(cohort=theirs, text="Temuan rahasia")
    assert "ahasia" not in words(organiser.get(page("add"), {"cohort": theirs.pk}))
    answer = organiser.post(page("add"), {**typed_minutes(cohort), "cohort": theirs.pk})
    assert answer.status_code == 200
    assert not Minutes.objects.exists()


def test_findings_of_the_training_are_linked(organiser: Client, cohort: Cohort) -> None:
    own, foreign = FindingFactory(cohort=cohort), FindingFactory()
    assert write(organiser, cohort, findings=[own.pk, foreign.pk]).status_code == 200
    assert write(organiser, cohort, findings=[own.pk]).status_code == 302
    made = Minutes.objects.get()
    assert [each.finding for each in made.answered.all()] == [own]
    assert str(own) in words(organiser.get(page("page", made)))


def test_minutes_are_numbered_after_the_notes_were_read(organiser: Client, minutes: Minutes) -> None:
    Proposal.objects.all().delete()
    address = page("finalise", minutes)
    assert said("No proposal is written down yet.") in words(organiser.get(address))
    assert organiser.post(address, {"number": "001/BA"}).status_code == 200
    assert organiser.post(address, {"number": "001/BA", "has_read": "on"}).status_code == 302
    minutes.refresh_from_db()
    assert (minutes.number, minutes.state) == ("001/BA", "final")
    again = organiser.post(address, {"number": "002/BA", "has_read": "on"})
    assert said("These minutes are final and do not change any more. Start a new version.") in words(again)


def test_final_minutes_can_neither_be_edited_nor_deleted(
    organiser: Client, cohort: Cohort, minutes: Minutes
) -> None:
    finalise_minutes(minutes=minutes, number="001/BA", user=organiser.user)
    for name in ("edit", "delete"):
        for answer in (
            organiser.get(page(name, minutes)),
            organiser.post(page(name, minutes), typed_minutes(cohort)),
        ):
            assert answer.status_code in (200, 302)
    minutes.refresh_from_db()
    assert minutes.place == "Kapela Piebulak"
    assert minutes.proposals.count() == 1


def test_a_next_version_begins_with_its_reason(organiser: Client, minutes: Minutes) -> None:
    finalise_minutes(minutes=minutes, number="001/BA", user=organiser.user)
    assert organiser.post(page("version", minutes), {"reason": " "}).status_code == 200
    answer = organiser.post(page("version", minutes), {"reason": "Volume salah"})
    draft = Minutes.objects.get(version=2)
    assert answer["Location"] == page("edit", draft)
    assert "Volume salah" in words(organiser.get(page("page", draft)))


def test_a_draft_is_deleted(organiser: Client, minutes: Minutes) -> None:
    assert organiser.post(page("delete", minutes)).status_code == 302
    assert not Minutes.objects.exists()


def test_the_signed_paper_is_drawn_anew_and_seen_by_the_organisation_only(
    organiser: Client, foreign_organiser: Client, bystander: Client, minutes: Minutes
) -> None:
    finalise_minutes(minutes=minutes, number="001/BA", user=organiser.user)
    address = page("keep_scan", minutes)
    assert organiser.post(address, {"file": SimpleUploadedFile("x.exe", b"MZ")}).status_code == 200
    assert organiser.post(address, {"file": SimpleUploadedFile("x.pdf", b"")}).status_code == 200
    assert organiser.post(address, {"file": photo()}).status_code == 302
    scan = Scan.objects.get()
    address = page("scan", minutes, scan)
    answer = organiser.get(address)
    sent = b"".join(answer.streaming_content)
    with Image.open(io.BytesIO(sent)) as picture:
        assert (picture.size, len(picture.getexif())) == ((2048, 1024), 0)
    assert "sandbox" in answer["Content-Security-Policy"]
    assert foreign_organiser.get(address).status_code == 404
    assert bystander.get(address).status_code == 302
    theirs = MinutesFactory(organisation=foreign_organiser.user.memberships.get().organisation)
    assert foreign_organiser.get(page("scan", theirs, scan)).status_code == 404


def test_papers_are_sent_as_pdf_and_docx(organiser: Client, minutes: Minutes) -> None:
    pdf = organiser.get(page("pdf", minutes), {"kertas": "f4"})
    sheet = pypdf.PdfReader(io.BytesIO(pdf.content)).pages[0]
    assert round(sheet.mediabox.width / 72 * 25.4) == 215
    assert "BERITA ACARA MUSYAWARAH DUSUN" in sheet.extract_text()
    word = organiser.get(page("docx", minutes))
    assert word["Content-Disposition"] == 'attachment; filename="berita-acara-musdus-2018-06-20.docx"'
    assert Document(io.BytesIO(word.content)).sections[0].page_width.mm == pytest.approx(210, abs=0.5)


def test_minutes_of_another_organisation_do_not_exist(foreign_organiser: Client, minutes: Minutes) -> None:
    for name in ("page", "pdf", "docx", "finalise", "version", "keep_scan", "edit", "delete", "history"):
        assert foreign_organiser.get(page(name, minutes)).status_code == 404, name
    assert foreign_organiser.get(page("scan", minutes, uuid.uuid4())).status_code == 404
    assert "Kapela" not in words(foreign_organiser.get(page("index")))


def test_what_a_trainer_writes_belongs_to_a_training_and_stays_in_sight(
    organiser: Client, cohort: Cohort
) -> None:
    user = make_staff("pelatih-satu", organisation=cohort.organisation, sees_all=False)
    user.groups.add(Group.objects.get(name=TRAINER))
    FacilitatorFactory(cohort=cohort, user=user)
    trainer = Client()
    trainer.force_login(user)
    alone = {**typed_minutes(cohort, results="Air bersih diusulkan 7731"), "cohort": ""}
    refused = trainer.post(reverse("minutes:add"), alone)
    assert (refused.status_code, Minutes.objects.count()) == (200, 0)
    assert "cohort" in refused.context["form"].errors
    assert "Air bersih diusulkan 7731" in refused.content.decode()
    assert trainer.get(write(trainer, cohort)["Location"]).status_code == 200
    assert organiser.post(reverse("minutes:add"), alone).status_code == 302


def test_a_trainer_writes_and_an_organiser_numbers(trainer: Client, cohort: Cohort) -> None:
    assert write(trainer, cohort, proposals=[proposal()]).status_code == 302
    made = Minutes.objects.get()
    assert said("Number and lock") not in words(trainer.get(page("page", made)))
    assert trainer.post(page("finalise", made), {"number": "1", "has_read": "on"}).status_code == 302
    made.refresh_from_db()
    assert made.is_draft
