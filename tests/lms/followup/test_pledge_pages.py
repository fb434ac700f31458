"""The participant's pledge, and the pages on which staff record signatures."""

import datetime
import io
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from lms.cohorts.models import Cohort, Enrolment
from lms.followup import domain
from lms.followup.domain import Signature
from lms.followup.models import Pledge, PledgeSheet
from lms.followup.suggestions import STANDARD
from lms.people.management.roles import TRAINER, set_up_roles
from tests.factories import CohortFactory, EnrolmentFactory, OrganisationFactory, make_staff
from tests.helpers import sign_in_as

pytestmark = pytest.mark.django_db
DAY = datetime.date(2018, 6, 11)


@pytest.fixture(autouse=True)
def _english(settings: Any) -> None:
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def cohort() -> Cohort:
    return CohortFactory(starts_on=DAY, ends_on=DAY)


@pytest.fixture
def person(cohort: Cohort) -> Enrolment:
    return EnrolmentFactory(cohort=cohort)


@pytest.fixture
def participant(client: Client, person: Enrolment) -> Client:
    sign_in_as(client, person.participant)
    return client


@pytest.fixture
def staff(cohort: Cohort) -> Client:
    return trainer_of(cohort.organisation)


def trainer_of(organisation: Any) -> Client:
    set_up_roles()
    user = make_staff(f"pelatih-{organisation.pk}", organisation=organisation)
    user.groups.add(Group.objects.get(name=TRAINER))
    client = Client()
    client.force_login(user)
    return client


def photo() -> SimpleUploadedFile:
    file = io.BytesIO()
    Image.new("RGB", (80, 60), "white").save(file, "JPEG")
    return SimpleUploadedFile("lembar.jpg", file.getvalue(), "image/jpeg")


def sign(person: Enrolment) -> None:
    domain.record_signatures(
        cohort=person.cohort,
        means={person: "tanda"},
        signature=Signature(DAY, "Ketua BPD"),
        photo=None,
        user=None,
    )


def fields(*people: Enrolment, **others: Any) -> dict[str, Any]:
    keys = [str(person.pk) for person in people]
    return {"signed": keys, "signed_on": "2018-06-11", "witness_name": "Ketua BPD", **others}


def test_a_participant_ticks_a_suggestion_and_writes_one_of_the_own(participant: Client) -> None:
    assert participant.get("/janji/").status_code == 302
    page = participant.get("/janji/tulis/").content.decode()
    assert STANDARD[0] in page
    data = {"chosen": [STANDARD[1]], "own_1": "Saya membersihkan balai dusun.", "scribe_name": ""}
    page = participant.post("/janji/tulis/", data, follow=True).content.decode()
    assert Pledge.objects.get().promises == [STANDARD[1], "Saya membersihkan balai dusun."]
    assert "Saya membersihkan balai dusun." in page
    form = BeautifulSoup(participant.get("/janji/tulis/").content, "html.parser")
    ticked = [box["value"] for box in form.select('input[name="chosen"][checked]')]
    assert ticked == [STANDARD[1]]
    assert form.select_one('[name="own_1"]').text.strip() == "Saya membersihkan balai dusun."  # type: ignore[union-attr]


def test_four_promises_are_refused_in_words_and_nothing_is_lost(participant: Client) -> None:
    data = {"chosen": list(STANDARD[:3]), "own_1": "Saya menulis."}
    response = participant.post("/janji/tulis/", data)
    assert response.status_code == 409
    page = response.content.decode()
    assert "Promise at most 3 things" in page
    assert "Saya menulis." in page
    assert page.count(" checked") == 3


def test_after_signing_a_participant_writes_a_new_version_and_says_why(
    participant: Client, person: Enrolment
) -> None:
    domain.write_pledge(enrolment=person, promises=["Saya hadir."])
    sign(person)
    assert "You signed this pledge on 11 June 2018" in participant.get("/janji/").content.decode()
    assert participant.post("/janji/tulis/", {"own_1": "Saya datang."}).status_code == 400
    page = participant.post(
        "/janji/tulis/", {"own_1": "Saya datang.", "reason": "Pindah dusun"}, follow=True
    ).content.decode()
    assert "Until it is signed, what you signed on 11 June 2018 holds" in page
    assert "Saya hadir." in page


def test_a_participant_sees_the_pledge_of_the_chosen_training_only(
    participant: Client, person: Enrolment
) -> None:
    other = EnrolmentFactory(cohort=person.cohort)
    domain.write_pledge(enrolment=other, promises=["RAHASIA"])
    domain.write_pledge(enrolment=person, promises=["Saya hadir."])
    assert "RAHASIA" not in participant.get("/janji/").content.decode()


def test_forty_people_are_recorded_with_one_form(staff: Client, cohort: Cohort) -> None:
    people = [EnrolmentFactory(cohort=cohort) for _person in range(40)]
    address = reverse("followup_pledges", args=[cohort.pk])
    form = BeautifulSoup(staff.get(f"{address}?tick=all").content, "html.parser")
    ticked = [box["value"] for box in form.select('input[name="signed"][checked]')]
    assert set(ticked) == {str(person.pk) for person in people}
    thumbs = [str(people[0].pk)]
    data = fields(*people, thumb=thumbs, photo=photo())
    page = staff.post(address, data, follow=True).content.decode()
    assert "40 of 40 people signed" in page
    assert Pledge.objects.filter(means="jempol").count() == 1
    sheet = PledgeSheet.objects.get()
    assert sheet.pledges.count() == 40
    response = staff.get(reverse("followup_pledge_sheet", args=[cohort.pk, sheet.pk]))
    assert b"".join(response.streaming_content)[:2] == b"\xff\xd8"  # type: ignore[attr-defined]
    response.close()
    assert response["Content-Type"] == "image/jpeg"
    assert "no-store" in response["Cache-Control"]


def test_a_refused_form_keeps_the_ticks_and_says_what_to_do(staff: Client, person: Enrolment) -> None:
    address = reverse("followup_pledges", args=[person.cohort_id])
    response = staff.post(address, fields(person, witness_name=""))
    assert response.status_code == 400
    page = BeautifulSoup(response.content, "html.parser")
    assert "Write the name of the witness." in page.text
    assert len(page.select('input[name="signed"][checked]')) == 1
    response = staff.post(address, fields(person, signed_on="2999-01-01"))
    assert "This day is in the future" in response.content.decode()
    nobody = staff.post(address, fields())
    assert "Tick who has signed." in nobody.content.decode()
    broken = SimpleUploadedFile("a.jpg", b"bukan foto", "image/jpeg")
    assert "not a photo" in staff.post(address, fields(person, photo=broken)).content.decode()
    assert not Pledge.objects.exists()


def test_staff_type_a_pledge_from_paper_and_take_a_mistaken_signature_back(
    staff: Client, person: Enrolment
) -> None:
    address = reverse("followup_pledge", args=[person.cohort_id, person.pk])
    staff.post(address, {"own_1": "Saya hadir."})
    pledge = Pledge.objects.get()
    assert (pledge.mode, pledge.promises) == ("paper", ["Saya hadir."])
    sign(person)
    assert staff.post(address, {"take_back": "1", "version": "1", "reason": ""}).status_code == 400
    assert staff.post(address, {"take_back": "1", "version": "x", "reason": "Salah"}).status_code == 404
    staff.post(address, {"take_back": "1", "version": "1", "reason": "Salah baris"})
    assert not Pledge.objects.get().is_signed


def test_the_trainers_own_suggestions_are_offered(staff: Client, participant: Client, cohort: Cohort) -> None:
    staff.post(reverse("followup_suggestions", args=[cohort.pk]), {"text": "Saya menanam bambu."})
    page = participant.get("/janji/tulis/").content.decode()
    assert "Saya menanam bambu." in page
    assert STANDARD[0] not in page


def test_the_page_of_the_training_counts_signatures(staff: Client, person: Enrolment) -> None:
    EnrolmentFactory(cohort=person.cohort)
    domain.write_pledge(enrolment=person, promises=["Saya hadir."])
    sign(person)
    page = staff.get(reverse("cohort:hub", args=[person.cohort_id])).content.decode()
    assert "1 of 2 people have signed a pledge; 1 have written one." in page
    results = staff.get(reverse("learning_surveys", args=[person.cohort_id])).content.decode()
    assert "1 of 2 people" in results
    assert "at least 90 %" in results
    assert "not reached" in results


def test_another_organisation_finds_nothing(person: Enrolment) -> None:
    sheet = PledgeSheet(cohort=person.cohort)
    sheet.photo.save("foto.jpg", photo(), save=False)
    sheet.save()
    elsewhere = trainer_of(OrganisationFactory())
    for name, keys in (
        ("followup_pledges", []),
        ("followup_pledge", [person.pk]),
        ("followup_suggestions", []),
        ("followup_pledge_sheet", [sheet.pk]),
    ):
        assert elsewhere.get(reverse(name, args=[person.cohort_id, *keys])).status_code == 404


def test_a_photo_is_not_shown_on_the_page_of_another_training(staff: Client, cohort: Cohort) -> None:
    other = CohortFactory(organisation=cohort.organisation)
    sheet = PledgeSheet(cohort=other)
    sheet.photo.save("foto.jpg", photo(), save=False)
    sheet.save()
    assert staff.get(reverse("followup_pledge_sheet", args=[cohort.pk, sheet.pk])).status_code == 404


def queries_of_page(people: int) -> int:
    cohort = CohortFactory(starts_on=DAY, ends_on=DAY)
    for _person in range(people):
        person = EnrolmentFactory(cohort=cohort)
        domain.write_pledge(enrolment=person, promises=["Saya hadir."])
        sign(person)
    client = trainer_of(cohort.organisation)
    address = reverse("followup_pledges", args=[cohort.pk])
    client.get(address)
    with CaptureQueriesContext(connection) as seen:
        client.get(address)
    return len(seen)


def test_queries_of_the_list_do_not_grow_with_people() -> None:
    assert queries_of_page(1) == queries_of_page(3)
