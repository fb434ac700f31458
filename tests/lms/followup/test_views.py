"""The participant's plan and the organiser's view of it."""

import uuid
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from lms.cohorts.models import Enrolment
from lms.followup import domain
from lms.followup.models import Action, ActionReport
from lms.ids import new_id
from tests.factories import EnrolmentFactory, FindingFactory, OrganisationFactory, make_staff
from tests.helpers import grant, sign_in_as
from tests.lms.followup.factories import make_action, posted

pytestmark = pytest.mark.django_db


@pytest.fixture
def enrolment() -> Enrolment:
    return EnrolmentFactory()


@pytest.fixture
def participant(client: Client, enrolment: Enrolment) -> Client:
    sign_in_as(client, enrolment.participant)
    return client


def test_a_participant_writes_hands_in_and_reports(participant: Client, enrolment: Enrolment) -> None:
    assert participant.post("/rencana/kegiatan/", posted()).status_code == 302
    assert participant.post("/rencana/kumpulkan/").status_code == 302
    action = Action.objects.get()
    data = {"id": str(new_id()), "status": "berjalan", "text": "Undangan sudah dibagikan."}
    assert participant.post(f"/rencana/kegiatan/{action.pk}/kabar/", data).status_code == 302
    page = participant.get("/rencana/")
    assert "Undangan sudah dibagikan." in page.content.decode()
    assert action.plan.status == "diajukan"


def test_a_wrong_form_keeps_what_was_typed(participant: Client) -> None:
    answer = participant.post("/rencana/kegiatan/", posted(deadline="31-06-2026", title="Rapat dusun"))
    assert answer.status_code == 400
    assert 'value="Rapat dusun"' in answer.content.decode()
    assert not Action.objects.exists()


def test_a_deadline_before_the_training_is_refused_with_its_first_day(participant: Client) -> None:
    answer = participant.post("/rencana/kegiatan/", posted(deadline="2026-05-31"))
    assert answer.status_code == 400
    assert "1 Juni 2026" in answer.content.decode()


def test_changing_and_reporting_send_their_forms_back_to_their_own_address(
    participant: Client, enrolment: Enrolment
) -> None:
    """A browser sends a form to its ``action``; only without one to the page's own address."""
    action = make_action(enrolment)
    for address, field in (("", "title"), ("kabar/", "text")):
        page = BeautifulSoup(
            participant.get(f"/rencana/kegiatan/{action.pk}/{address}").content, "html.parser"
        )
        form = page.find(attrs={"name": field}).find_parent("form")
        assert form["method"] == "post"
        assert not form.has_attr("action")


def test_findings_of_the_own_cohort_are_offered_and_no_other(
    participant: Client, enrolment: Enrolment
) -> None:
    own = FindingFactory(cohort=enrolment.cohort, text="Data belum dikaji.")
    other = FindingFactory(text="Temuan desa lain.")
    page = participant.get("/rencana/kegiatan/").content.decode()
    assert "Data belum dikaji." in page
    assert "Temuan desa lain." not in page
    assert participant.post("/rencana/kegiatan/", posted(finding=str(other.pk))).status_code == 400
    assert participant.post("/rencana/kegiatan/", posted(finding=str(own.pk))).status_code == 302


def test_closed_and_merged_findings_are_not_offered_but_stay_on_activities_that_name_them(
    participant: Client, enrolment: Enrolment
) -> None:
    closed = FindingFactory(cohort=enrolment.cohort, text="Sudah selesai.", closed_at=timezone.now())
    merged = FindingFactory(cohort=enrolment.cohort, text="Sama saja.", merged_into=closed)
    assert participant.post("/rencana/kegiatan/", posted(finding=str(merged.pk))).status_code == 400
    action = make_action(enrolment, finding=merged)
    offered = participant.get(f"/rencana/kegiatan/{action.pk}/").content.decode()
    assert "Sama saja." in offered
    assert "Sudah selesai." not in offered
    answer = participant.post(f"/rencana/kegiatan/{action.pk}/", posted(finding=str(merged.pk)))
    assert answer.status_code == 302
    action.refresh_from_db()
    assert action.finding == merged


@pytest.mark.parametrize("path", ["", "kabar/"])
def test_the_activity_of_somebody_else_is_not_there(participant: Client, path: str) -> None:
    theirs = make_action(EnrolmentFactory())
    assert participant.get(f"/rencana/kegiatan/{theirs.pk}/{path}").status_code == 404
    assert participant.post(f"/rencana/kegiatan/{theirs.pk}/{path}", posted()).status_code == 404
    theirs.refresh_from_db()
    assert theirs.title == "Musyawarah dusun dengan Berita Acara"


def test_an_unknown_activity_is_not_there(participant: Client) -> None:
    assert participant.get(f"/rencana/kegiatan/{uuid.uuid4()}/").status_code == 404


def test_setting_aside_after_handing_in_is_refused_in_words(
    participant: Client, enrolment: Enrolment
) -> None:
    action = make_action(enrolment)
    domain.submit_plan(enrolment=enrolment)
    answer = participant.post(f"/rencana/kegiatan/{action.pk}/singkirkan/")
    assert answer.status_code == 409
    assert Action.objects.get().withdrawn_at is None


def test_an_empty_plan_says_what_to_do(participant: Client) -> None:
    answer = participant.post("/rencana/kumpulkan/")
    assert answer.status_code == 400
    assert "bb-message" in answer.content.decode()


def test_a_report_without_words_is_refused(participant: Client, enrolment: Enrolment) -> None:
    action = make_action(enrolment)
    answer = participant.post(
        f"/rencana/kegiatan/{action.pk}/kabar/", {"id": str(new_id()), "status": "berjalan", "text": ""}
    )
    assert answer.status_code == 400
    assert not ActionReport.objects.exists()


def test_a_visitor_is_sent_to_sign_in(client: Client) -> None:
    answer = client.get("/rencana/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/masuk/")


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_plan_is_read_in_both_languages(participant: Client, enrolment: Enrolment, prefix: str) -> None:
    make_action(enrolment)
    assert participant.get(f"{prefix}/rencana/").status_code == 200
    assert participant.get(f"{prefix}/rencana/kegiatan/").status_code == 200


@pytest.mark.parametrize(
    ("own", "permitted", "status"),
    [(True, True, 200), (False, True, 404), (True, False, 302), (False, False, 404)],
)
def test_plans_are_for_organisers_of_the_organisation(
    client: Client, enrolment: Enrolment, own: bool, permitted: bool, status: int
) -> None:
    make_action(enrolment, title="Rapat dusun")
    organisation = enrolment.cohort.organisation if own else OrganisationFactory()
    user = make_staff(organisation=organisation)
    if permitted:
        grant(user, "followup.view_action")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get(reverse("followup_cohort_plans", args=[enrolment.cohort_id]))
    assert answer.status_code == status
    assert ("Rapat dusun" in answer.content.decode()) is (status == 200)


@pytest.mark.parametrize("people", [1, 3])
def test_the_organisers_page_costs_the_same_for_one_and_for_many(
    client: Client, enrolment: Enrolment, people: int, django_assert_max_num_queries: Any
) -> None:
    for _ in range(people):
        make_action(EnrolmentFactory(cohort=enrolment.cohort))
    user = make_staff(organisation=enrolment.cohort.organisation)
    grant(user, "followup.view_action")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    url = reverse("followup_cohort_plans", args=[enrolment.cohort_id])
    client.get(url)
    with django_assert_max_num_queries(16):
        client.get(url)
