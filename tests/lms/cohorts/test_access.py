"""Who may open which staff page about which training: the whole table."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from lms.cohorts.models import Cohort
from tests.factories import EnrolmentFactory, MeetingFactory

IN, TO_HOME, TO_LOGIN, HIDDEN = "in", "to the admin's start page", "to the login", "404"


@dataclass(frozen=True)
class Site:
    cohort: Cohort
    meeting: Any
    enrolment: Any


@pytest.fixture
def site(cohort: Cohort) -> Site:
    return Site(cohort, MeetingFactory(cohort=cohort), EnrolmentFactory(cohort=cohort))


def of_cohort(name: str) -> Callable[[Site], str]:
    return lambda site: reverse(name, args=[site.cohort.pk])


def of_person(name: str) -> Callable[[Site], str]:
    return lambda site: reverse(name, args=[site.enrolment.participant_id])


def plain(name: str) -> Callable[[Site], str]:
    return lambda site: reverse(name)


PAGES: dict[str, Callable[[Site], str]] = {
    "trainings": plain("cohort:index"),
    "trainings, results": plain("cohort:index_results"),
    "new training": plain("cohort:add"),
    "training": of_cohort("cohort:hub"),
    "edit training": of_cohort("cohort:edit"),
    "delete training": of_cohort("cohort:delete"),
    "history of training": of_cohort("cohort:history"),
    "history of training, results": of_cohort("cohort:history_results"),
    "add person": of_cohort("cohort:add_person"),
    "choose person": of_cohort("cohort:enrol_existing"),
    "take out": lambda s: reverse("cohort:withdraw", args=[s.cohort.pk, s.enrolment.pk]),
    "cards": of_cohort("cohort:cards"),
    "attendance": lambda s: reverse("cohort:attendance", args=[s.cohort.pk, s.meeting.pk]),
    "people": plain("participant:index"),
    "people, results": plain("participant:index_results"),
    "edit person": of_person("participant:edit"),
    "delete person": of_person("participant:delete"),
    "history of person": of_person("participant:history"),
    "history of person, results": of_person("participant:history_results"),
    "villages": plain("village:index"),
    "new village": plain("village:add"),
    "edit village": lambda s: reverse("village:edit", args=[s.cohort.village_id]),
    "delete village": lambda s: reverse("village:delete", args=[s.cohort.village_id]),
    "history of village": lambda s: reverse("village:history", args=[s.cohort.village_id]),
    "organisations": plain("organisation:index"),
    "new organisation": plain("organisation:add"),
    "edit organisation": lambda s: reverse("organisation:edit", args=[s.cohort.organisation_id]),
    "delete organisation": lambda s: reverse("organisation:delete", args=[s.cohort.organisation_id]),
    "history of organisation": lambda s: reverse("organisation:history", args=[s.cohort.organisation_id]),
}
ORGANISATION_PAGES = {page for page in PAGES if "organisation" in page}
LISTS = {"trainings", "trainings, results", "new training", "people", "people, results"}
VILLAGE_PAGES = {page for page in PAGES if "village" in page}
# Trainers run the day: they tick attendance and give a new PIN to who lost the card.
TRAINER_PAGES = {"trainings", "trainings, results", "training", "cards", "attendance"}
TRAINER_WRITES = {"cards", "attendance"}


def expected(who: str, page: str) -> str:
    if who == "anonymous":
        return TO_LOGIN
    if who == "administrator":
        return IN
    if page in ORGANISATION_PAGES:
        return TO_HOME
    if who == "organiser":
        return IN
    if who == "foreign_organiser":
        return IN if page in LISTS | VILLAGE_PAGES else HIDDEN
    if who == "trainer" and page in TRAINER_PAGES:
        return IN
    return TO_HOME


def outcome(client: Client, address: str) -> str:
    response = client.get(address)
    if response.status_code == 302:
        return TO_LOGIN if "/login/" in response["Location"] else TO_HOME
    return {200: IN, 404: HIDDEN}[response.status_code]


@pytest.mark.parametrize(
    "who", ["organiser", "foreign_organiser", "trainer", "bystander", "anonymous", "administrator"]
)
def test_staff_meet_only_what_is_theirs(who: str, site: Site, request: pytest.FixtureRequest) -> None:
    client = request.getfixturevalue(who)
    met = {page: outcome(client, address(site)) for page, address in PAGES.items()}
    assert met == {page: expected(who, page) for page in PAGES}


WRITING_PAGES = (
    "edit training", "delete training", "add person", "choose person", "take out", "cards", "attendance",
    "edit person", "delete person",
)  # fmt: skip


@pytest.mark.parametrize("who", ["foreign_organiser", "trainer", "bystander", "anonymous"])
def test_nobody_else_can_write(who: str, site: Site, request: pytest.FixtureRequest) -> None:
    client = request.getfixturevalue(who)
    person = site.enrolment.participant
    keys = {"participants": str(person.pk), "participant": str(person.pk), f"e-{site.enrolment.pk}": "hadir"}
    theirs = TRAINER_WRITES if who == "trainer" else set()
    pages = [page for page in WRITING_PAGES if page not in theirs]
    answers = [client.post(PAGES[page](site), keys).status_code for page in pages]
    assert set(answers) <= {302, 404}
    person.refresh_from_db()
    assert person.pin_serial == 0
    assert site.cohort.enrolments.count() == 1
    assert not site.meeting.attendances.exists()


def test_lists_show_nothing_of_other_organisations(foreign_organiser: Client, site: Site) -> None:
    name = site.enrolment.participant.full_name
    for page in LISTS:
        body = foreign_organiser.get(PAGES[page](site)).content.decode()
        assert site.cohort.title not in body
        assert name not in body


@pytest.mark.parametrize("page", ["trainings", "people"])
def test_an_export_that_somebody_asks_for_by_hand_holds_no_rows(
    organiser: Client, site: Site, page: str
) -> None:
    answer = organiser.get(PAGES[page](site), {"export": "csv"})
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert site.enrolment.participant.full_name.encode() not in body


def test_another_meeting_or_enrolment_below_ones_own_training_is_not_found(
    organiser: Client, site: Site
) -> None:
    foreign_meeting, foreign = MeetingFactory(), EnrolmentFactory()
    addresses = [
        reverse("cohort:attendance", args=[site.cohort.pk, foreign_meeting.pk]),
        reverse("cohort:withdraw", args=[site.cohort.pk, foreign.pk]),
    ]
    assert [organiser.get(address).status_code for address in addresses] == [404, 404]


def test_usage_and_copy_have_no_route(administrator: Client, site: Site) -> None:
    for word in ("usage", "copy"):
        assert administrator.get(f"/admin/angkatan/{word}/{site.cohort.pk}/").status_code == 404
        assert administrator.get(f"/admin/peserta/{word}/{site.enrolment.participant_id}/").status_code == 404


def test_the_report_of_changes_shows_only_ones_own_records(
    organiser: Client, foreign_organiser: Client, site: Site
) -> None:
    address = reverse("participant:edit", args=[site.enrolment.participant_id])
    person = site.enrolment.participant
    organiser.post(
        address,
        {"full_name": "Nama Rahasia", "sex": "P", "element": "warga", "village": person.village_id},
    )
    person.refresh_from_db()
    assert person.full_name == "Nama Rahasia"
    report = reverse("wagtailadmin_reports:site_history")
    assert "Nama Rahasia" in organiser.get(report).content.decode()
    assert "Nama Rahasia" not in foreign_organiser.get(report).content.decode()
