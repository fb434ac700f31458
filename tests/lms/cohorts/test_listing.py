"""The list of trainings: filters, search, files, several at once."""

import datetime
import io
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from lms.cohorts.models import Cohort, Programme
from lms.people.models import Organisation, RecordLogEntry
from tests.factories import CohortFactory, EnrolmentFactory, FacilitatorFactory, make_staff
from tests.helpers import grant

pytestmark = pytest.mark.django_db
LIST = reverse("cohort:index")


def bulk(action: str, *cohorts: Any) -> str:
    ids = "&".join(f"id={getattr(cohort, 'pk', cohort)}" for cohort in cohorts)
    return reverse("wagtail_bulk_action", args=["cohorts", "cohort", action]) + "?" + ids


def shown(client: Client, query: str = "") -> set[str]:
    body = client.get(LIST + query).content.decode()
    return {code for code in Cohort.objects.values_list("code", flat=True) if f">{code}<" in _tight(body)}


def _tight(body: str) -> str:
    return "".join(line.strip() for line in body.splitlines())


@pytest.fixture
def three(organisation: Organisation) -> list[Cohort]:
    programme = Programme.objects.create(organisation=organisation, title="Balai Rakyat")
    return [
        CohortFactory(code="K-1", organisation=organisation, state="tutup", programme=programme),
        CohortFactory(code="K-2", organisation=organisation, state="arsip"),
        CohortFactory(
            code="K-3",
            organisation=organisation,
            starts_on=datetime.date(2025, 3, 3),
            ends_on=datetime.date(2025, 3, 3),
        ),
    ]


def test_archived_trainings_are_shown_to_who_asks(organiser: Client, three: list[Cohort]) -> None:
    assert shown(organiser) == {"K-1", "K-3"}
    assert shown(organiser, "?state=arsip") == {"K-2"}
    assert shown(organiser, "?state=arsip&state=tutup") == {"K-1", "K-2"}
    assert "K-2" not in organiser.get(reverse("wagtailadmin_home")).content.decode()


def test_year_programme_and_village_narrow_the_list(organiser: Client, three: list[Cohort]) -> None:
    assert shown(organiser, "?year=2025") == {"K-3"}
    assert shown(organiser, f"?programme={three[0].programme_id}") == {"K-1"}
    assert shown(organiser, f"?village={three[2].village_id}") == {"K-3"}
    assert shown(organiser, "?q=Balai") == {"K-1"}


@pytest.mark.parametrize("query", ["?state=x", "?year=abc", "?programme=0", "?village=x", "?year=99999"])
def test_a_filter_that_cannot_be_is_no_failure(organiser: Client, three: list[Cohort], query: str) -> None:
    assert organiser.get(LIST + query).status_code == 200


def test_filters_offer_nothing_of_others(foreign_organiser: Client, three: list[Cohort]) -> None:
    body = foreign_organiser.get(LIST).content.decode()
    assert "Balai Rakyat" not in body
    assert three[0].village.name not in body


def test_the_list_costs_the_same_with_three_trainings(organiser: Client, organisation: Any) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            organiser.get(LIST)
        return len(queries)

    EnrolmentFactory(cohort__organisation=organisation)
    cost()
    one = cost()
    for _number in range(2):
        EnrolmentFactory(cohort__organisation=organisation)
    assert cost() == one


def rows_of(response: Any) -> list[list[Any]]:
    content = b"".join(response.streaming_content)
    sheet = load_workbook(io.BytesIO(content)).active
    return [[cell.value for cell in row] for row in sheet]


def test_the_file_holds_what_the_list_shows(organiser: Client, three: list[Cohort]) -> None:
    EnrolmentFactory(cohort=three[0])
    rows = rows_of(organiser.get(LIST + "?export=xlsx"))
    assert {row[0] for row in rows[1:]} == {"K-1", "K-3"}
    row = next(row for row in rows if row[0] == "K-1")
    assert "Balai Rakyat" in row
    assert row[-1] == 1


def test_a_formula_in_a_title_stays_text(organiser: Client, organisation: Any) -> None:
    CohortFactory(organisation=organisation, code="F-1", title='=HYPERLINK("http://x")')
    text = b"".join(organiser.get(LIST + "?export=csv").streaming_content).decode()
    assert "'=HYPERLINK" in text
    rows = rows_of(organiser.get(LIST + "?export=xlsx"))
    assert rows[1][1] == '=HYPERLINK("http://x")'


def test_files_hold_own_trainings_only(
    foreign_organiser: Client, trainer: Client, three: list[Cohort], organisation: Any
) -> None:
    assert len(rows_of(foreign_organiser.get(LIST + "?export=xlsx"))) == 1
    address = bulk("export", *three)
    assert len(rows_of(foreign_organiser.get(address, follow=True))) == 1
    limited = make_staff("pelatih-9", organisation=organisation, sees_all=False)
    grant(limited, "cohorts.view_cohort")
    FacilitatorFactory(cohort=three[2], user=limited)
    client = Client()
    client.force_login(limited, backend="django.contrib.auth.backends.ModelBackend")
    assert [row[0] for row in rows_of(client.get(address, follow=True))[1:]] == ["K-3"]
    assert [row[0] for row in rows_of(client.get(bulk("export", "all"), follow=True))[1:]] == ["K-3"]


def test_ticked_trainings_are_taken_out_as_a_file(organiser: Client, three: list[Cohort]) -> None:
    rows = rows_of(organiser.get(bulk("export", three[1], "tidak-ada"), follow=True))
    assert [row[0] for row in rows[1:]] == ["K-2"]


def test_closed_trainings_go_into_the_archive_together(organiser: Client, three: list[Cohort]) -> None:
    address = bulk("archive", *three)
    body = organiser.get(address).content.decode()
    assert "K-1" in body
    assert organiser.post(address).status_code == 302
    assert sorted(Cohort.objects.values_list("code", "state")) == [
        ("K-1", "arsip"),
        ("K-2", "arsip"),
        ("K-3", "berlangsung"),
    ]
    assert RecordLogEntry.objects.filter(action="cohorts.state").count() == 1


@pytest.mark.parametrize("who", ["foreign_organiser", "trainer", "bystander"])
def test_nobody_else_archives(who: str, three: list[Cohort], request: pytest.FixtureRequest) -> None:
    client = request.getfixturevalue(who)
    client.post(bulk("archive", *three))
    client.post(bulk("archive", "all"))
    three[0].refresh_from_db()
    assert three[0].state == "tutup"
    body = client.get(bulk("archive", *three)).content.decode()
    assert who != "foreign_organiser" or "K-1" not in body
