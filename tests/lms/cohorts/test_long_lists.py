"""Lists of staff about everybody in a training are cut into pages, and what is counted counts everybody."""

import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from lms.cohorts.models import Attendance, Cohort, Enrolment, Meeting
from tests.factories import MeetingFactory
from tests.lms.cohorts.attending import clock, enrol_named
from tests.lms.cohorts.pages import page
from tests.lms.followup.factories import make_action

pytestmark = pytest.mark.django_db
NAMES = ("Anselmus", "Bernadeta", "Cornelia")


@pytest.fixture
def meeting(cohort: Cohort) -> Meeting:
    return MeetingFactory(cohort=cohort)


@pytest.fixture
def people(cohort: Cohort, meeting: Meeting, monkeypatch: pytest.MonkeyPatch) -> list[Enrolment]:
    """Three, of whom two fit on a page. Each has an activity, later by a day than the one before."""
    monkeypatch.setattr("lms.cohorts.views.paging.ON_A_PAGE", 2)
    monkeypatch.setattr("lms.cohorts.views.attendance._TICKED_AT_ONCE", 2)
    monkeypatch.setattr("lms.cohorts.forms.people.CardsForm.MOST", 2)
    found = enrol_named(cohort, *NAMES)
    for number, enrolment in enumerate(found):
        make_action(enrolment, deadline=datetime.date(2030, 1, 1 + number))
    return found


def address_of(name: str, cohort: Cohort, meeting: Meeting) -> str:
    if name in ("meeting", "attendance"):
        return page(name, cohort, meeting.pk)
    return page(name, cohort) if name in ("people", "cards") else reverse(name, args=[cohort.pk])


@pytest.mark.parametrize(
    "name",
    [
        "people",
        "meeting",
        "attendance",
        "cards",
        "learning_attempts:cohort",
        "followup_pledges",
        "followup_cohort_plans",
        "certificates_cohort",
    ],
)
def test_the_rest_is_on_the_next_page(
    organiser: Client, cohort: Cohort, meeting: Meeting, people: list[Enrolment], name: str
) -> None:
    address = address_of(name, cohort, meeting)

    def shown(number: str) -> list[str]:
        body = organiser.get(address, {"p": number}).content.decode()
        return [each for each in NAMES if each in body]

    assert shown("1") == ["Anselmus", "Bernadeta"]
    assert shown("2") == ["Cornelia"]
    # Pages that are not there lead to the nearest.
    assert shown("9") == ["Cornelia"]
    assert shown("x") == ["Anselmus", "Bernadeta"]
    assert "p=2" in organiser.get(address).content.decode()


def test_sums_are_those_of_everybody(
    organiser: Client, cohort: Cohort, meeting: Meeting, people: list[Enrolment]
) -> None:
    Attendance.objects.create(meeting=meeting, enrolment=people[2], status="hadir")
    assert organiser.get(page("meeting", cohort, meeting.pk)).context["summary"].present == 1
    rooms = organiser.get(reverse("learning_attempts:cohort", args=[cohort.pk])).context["rooms"]
    assert sum(number for _state, number in rooms[0]["room"].counts) == 3
    body = organiser.get(reverse("certificates_cohort", args=[cohort.pk])).context
    assert (body["valid"], body["page"].paginator.count) == (0, 3)


def test_a_page_of_the_tick_list_is_saved_by_itself_and_leads_to_the_next(
    trainer: Client, cohort: Cohort, meeting: Meeting, people: list[Enrolment]
) -> None:
    address = page("attendance", cohort, meeting.pk)
    with clock(9):
        form = trainer.get(address).context["form"]
        sent = {"seen": form.seen_now(), "means": "daftar", "rest_present": "1"}
        first = trainer.post(address, sent)
        assert first["Location"] == f"{address}?p=2"
        assert _present(meeting) == {"Anselmus", "Bernadeta"}
        form = trainer.get(first["Location"]).context["form"]
        last = trainer.post(first["Location"], {**sent, "seen": form.seen_now()})
    assert last["Location"] == page("meeting", cohort, meeting.pk)
    assert _present(meeting) == set(NAMES)


def test_cards_that_nobody_has_yet_come_first_in_a_long_list(
    organiser: Client, cohort: Cohort, people: list[Enrolment]
) -> None:
    participant = people[0].participant
    participant.pin_serial = 1
    participant.save(update_fields=["pin_serial"])
    rows = organiser.get(page("cards", cohort)).context["rows"]
    assert [(row["person"].full_name, row["is_ticked"]) for row in rows] == [
        ("Bernadeta", True),
        ("Cornelia", True),
    ]


def test_everybody_on_the_page_is_ticked_as_signed(
    organiser: Client, cohort: Cohort, people: list[Enrolment]
) -> None:
    pledges = reverse("followup_pledges", args=[cohort.pk])
    lines = organiser.get(pledges, {"tick": "all", "p": "2"}).context["lines"]
    assert [(line["row"].enrolment.participant.full_name, line["is_ticked"]) for line in lines] == [
        ("Cornelia", True)
    ]
    sent = {"signed": [str(people[2].pk)], "signed_on": str(cohort.ends_on), "witness_name": "Kades"}
    with clock(9, days=60):
        done = organiser.post(f"{pledges}?p=2", sent)
    assert done["Location"] == f"{pledges}?p=2"


def test_attempts_are_found_by_name_on_any_page(
    organiser: Client, cohort: Cohort, people: list[Enrolment]
) -> None:
    address = reverse("learning_attempts:cohort", args=[cohort.pk])
    rooms: list[Any] = organiser.get(address, {"q": "corn"}).context["rooms"]
    assert [row.enrolment.participant.full_name for row in rooms[0]["rows"]] == ["Cornelia"]
    assert organiser.get(address, {"q": "siapa"}).status_code == 200


def _present(meeting: Meeting) -> set[str]:
    rows = Attendance.objects.filter(meeting=meeting, status="hadir")
    return set(rows.values_list("enrolment__participant__full_name", flat=True))
