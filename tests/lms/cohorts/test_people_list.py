"""Everybody in a training: found, sorted, page by page, and as a file."""

import csv
import io
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from lms.cohorts import registry
from lms.cohorts.models import Attendance, Cohort
from lms.people.models import RecordLogEntry
from tests.factories import EnrolmentFactory, MeetingFactory
from tests.lms.cohorts.pages import page

pytestmark = pytest.mark.django_db


def enrol(cohort: Cohort, name: str, **person: str) -> Any:
    return EnrolmentFactory(
        cohort=cohort,
        **{f"participant__{key}": value for key, value in {"full_name": name, **person}.items()},
    )


def names(client: Client, cohort: Cohort, **query: str) -> list[str]:
    response = client.get(page("people", cohort), query)
    return [enrolment.participant.full_name for enrolment in response.context["people"]]


@pytest.fixture
def three(cohort: Cohort) -> Cohort:
    enrol(cohort, "Agus", sex="L", element="pemdes", dusun="Liu", role="Sekretaris")
    enrol(cohort, "Bete", sex="P", element="warga", dusun="Melati", code="KODE7")
    enrol(cohort, "Cony", sex="P", element="warga", dusun="Liu")
    return cohort


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, ["Agus", "Bete", "Cony"]),
        ({"q": "bet"}, ["Bete"]),
        ({"q": "sekretaris liu"}, ["Agus"]),
        ({"q": "kode7"}, ["Bete"]),
        ({"q": "tidak ada"}, []),
        ({"unsur": "warga"}, ["Bete", "Cony"]),
        ({"dusun": "Liu"}, ["Agus", "Cony"]),
        ({"lp": "P", "dusun": "Liu"}, ["Cony"]),
        ({"urut": "dusun"}, ["Agus", "Cony", "Bete"]),
        # An address that somebody kept, or made up, still shows the list.
        ({"unsur": "bupati", "urut": "pin_hash", "dusun": "Hilang", "p": "99"}, ["Agus", "Bete", "Cony"]),
        ({"q": "\x00"}, ["Agus", "Bete", "Cony"]),
    ],
)
def test_people_are_found_and_sorted(
    organiser: Client, three: Cohort, query: dict[str, str], expected: list[str]
) -> None:
    assert names(organiser, three, **query) == expected


def test_who_attended_least_comes_first_if_asked_for(organiser: Client, three: Cohort) -> None:
    meeting = MeetingFactory(cohort=three, lesson_hours=4)
    for enrolment in three.enrolments.exclude(participant__full_name="Bete"):
        Attendance.objects.create(meeting=meeting, enrolment=enrolment, status="hadir")
    assert names(organiser, three, urut="jp") == ["Bete", "Agus", "Cony"]
    assert names(organiser, three, urut="-jp") == ["Agus", "Cony", "Bete"]
    shown = organiser.get(page("people", three)).context["people"]
    assert [enrolment.hours for enrolment in shown] == [4, 0, 4]


def test_fifty_are_on_a_page_and_the_search_goes_along(organiser: Client, cohort: Cohort) -> None:
    for number in range(60):
        enrol(cohort, f"Warga {number:02}")
    enrol(cohort, "Orang lain")
    first = organiser.get(page("people", cohort), {"q": "warga"})
    assert len(first.context["people"]) == 50
    assert "q=warga&amp;p=2" in first.content.decode()
    assert names(organiser, cohort, q="warga", p="2") == [f"Warga {number}" for number in range(50, 60)]
    hub = organiser.get(page("hub", cohort))
    assert (len(hub.context["people"]), hub.context["more"]) == (50, 11)
    assert page("people", cohort) in hub.content.decode()


@pytest.mark.parametrize("name", ["people", "hub"])
def test_queries_are_as_many_for_sixty_as_for_one(
    organiser: Client, cohort: Cohort, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for each in ("_panels", "_links"):
        monkeypatch.setattr(registry, each, {})
    MeetingFactory(cohort=cohort)
    counts = []
    for more in (1, 2, 57):
        for _number in range(more):
            enrol(cohort, "Warga")
        organiser.get(page(name, cohort))
        with CaptureQueriesContext(connection) as captured:
            organiser.get(page(name, cohort))
        counts.append(len(captured))
    assert len(set(counts)) == 1, counts


def test_the_file_holds_who_was_found_and_is_written_to_the_log(organiser: Client, three: Cohort) -> None:
    response = organiser.post(page("people_export", three, "csv"), {"lp": "P"})
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))
    assert [row[1] for row in rows] == ["Nama", "Bete", "Cony"]
    assert rows[1][rows[0].index("Kode")] == "KODE7"
    assert "no-store" in response["Cache-Control"]
    [entry] = RecordLogEntry.objects.filter(action="cohorts.roster_exported")
    assert entry.data == {"people": 2, "kind": "csv"}


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_no_cell_of_the_file_is_a_formula(organiser: Client, cohort: Cohort, kind: str) -> None:
    enrol(cohort, "=1+1", role="@SUM(A1)", dusun="+62")
    made = organiser.post(page("people_export", cohort, kind)).content
    if kind == "csv":
        row = list(csv.reader(io.StringIO(made.decode("utf-8-sig")), delimiter=";"))[1]
    else:
        sheet = load_workbook(io.BytesIO(made)).active
        assert sheet is not None
        assert {cell.data_type for cell in sheet[2]} <= {"s", "n"}
        row = [str(cell.value) for cell in sheet[2]]
    assert [row[1], row[4], row[5]] == ["'=1+1", "'@SUM(A1)", "'+62"]


def test_trainers_see_the_list_without_codes_and_take_no_file(trainer: Client, three: Cohort) -> None:
    response = trainer.get(page("people", three))
    body = response.content.decode()
    assert "Bete" in body
    assert "KODE7" not in body
    assert page("people_export", three, "csv") not in body
    assert trainer.post(page("people_export", three, "csv")).status_code == 302
    assert not RecordLogEntry.objects.filter(action="cohorts.roster_exported").exists()


def test_an_unknown_kind_of_file_is_not_there(organiser: Client, three: Cohort) -> None:
    assert organiser.post(page("people_export", three, "exe")).status_code == 404
    assert organiser.get(page("people_export", three, "csv")).status_code == 405


def test_another_office_does_not_find_the_list(foreign_organiser: Client, three: Cohort) -> None:
    assert foreign_organiser.get(page("people", three)).status_code == 404
    assert foreign_organiser.post(page("people_export", three, "csv")).status_code == 404
