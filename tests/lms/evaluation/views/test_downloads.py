import json

import pytest
from django.urls import reverse

from lms.evaluation.reports.cohort import Reader, report_on
from lms.people.models import RecordLogEntry
from tests.factories import OrganisationFactory, OutcomeFactory
from tests.lms.evaluation.exports.books import book_of
from tests.lms.evaluation.makers import SIX, make_cohort
from tests.lms.evaluation.test_views import FOUR, staff

pytestmark = pytest.mark.django_db
FIGURES = ("workbook", "json", "research")
REPORTS = ("activity_pdf", "activity_docx")


def ask(client, cohort, name, *actions, organisation=None):
    client.force_login(staff(organisation or cohort.organisation, *actions))
    return client.get(reverse(f"evaluation:{name}", args=[cohort.code]))


@pytest.mark.parametrize(
    ("name", "start", "ending"),
    [
        ("workbook", b"PK", "evaluation.xlsx"),
        ("json", b"{", "evaluation.json"),
        ("activity_pdf", b"%PDF", "laporan-kegiatan.pdf"),
        ("activity_docx", b"PK", "laporan-kegiatan.docx"),
    ],
)
def test_an_organiser_takes_each_file_and_it_is_logged(client, name, start, ending):
    cohort = make_cohort(SIX)
    response = ask(client, cohort, name, "view", "change")
    assert response.status_code == 200
    assert response.content.startswith(start)
    assert response["Content-Disposition"] == f'attachment; filename="{cohort.code}-{ending}"'
    assert "no-store" in response["Cache-Control"]
    assert RecordLogEntry.objects.for_instance(cohort).count() == 1


def test_a_pdf_that_cannot_be_set_leads_back_to_the_page(client, monkeypatch):
    def fails(**said):
        raise RuntimeError("no file")

    monkeypatch.setattr("lms.evaluation.views.downloads.export_activity_pdf", fails)
    cohort = make_cohort(SIX)
    response = ask(client, cohort, "activity_pdf", "view", "change")
    assert response.url == reverse("evaluation:cohort", args=[cohort.code])


@pytest.mark.parametrize("name", FIGURES)
def test_figures_of_four_people_lead_back_to_the_page(client, name):
    cohort = make_cohort(FOUR)
    response = ask(client, cohort, name, "view", "change")
    assert response.status_code == 302
    assert response.url == reverse("evaluation:cohort", args=[cohort.code])
    assert not RecordLogEntry.objects.exists()


@pytest.mark.parametrize("name", [*FIGURES, *REPORTS])
def test_a_trainer_takes_nothing_out(client, name):
    response = ask(client, make_cohort(SIX), name, "view")
    assert response.status_code == 302
    assert response.url == reverse("wagtailadmin_home")
    assert not RecordLogEntry.objects.exists()


@pytest.mark.parametrize("name", [*FIGURES, *REPORTS])
def test_another_organisation_finds_no_training(client, name):
    response = ask(client, make_cohort(SIX), name, "view", "change", organisation=OrganisationFactory())
    assert response.status_code == 404


def test_the_page_offers_the_files_and_names_the_data(client):
    cohort = make_cohort(SIX)
    html = ask(client, cohort, "cohort", "view", "change").content.decode()
    for name in (*FIGURES, *REPORTS, "pairs"):
        assert reverse(f"evaluation:{name}", args=[cohort.code]) in html
    assert report_on(cohort, Reader()).data_version in html


def test_the_page_of_four_people_offers_the_report_of_the_activity_only(client):
    cohort = make_cohort(FOUR)
    html = ask(client, cohort, "cohort", "view", "change").content.decode()
    assert reverse("evaluation:activity_pdf", args=[cohort.code]) in html
    assert reverse("evaluation:workbook", args=[cohort.code]) not in html
    assert "ev-version" not in html


def test_the_page_of_a_trainer_offers_no_file(client):
    cohort = make_cohort(SIX)
    html = ask(client, cohort, "cohort", "view").content.decode()
    for name in (*FIGURES, *REPORTS):
        assert reverse(f"evaluation:{name}", args=[cohort.code]) not in html


def test_who_may_not_see_questions_gets_a_workbook_without_them(client):
    OutcomeFactory(code="H9")
    cohort = make_cohort(SIX)
    book = book_of(ask(client, cohort, "workbook", "view", "change").content)
    assert "stem" not in book["items"][0]


def test_the_json_is_read_by_a_machine_and_has_no_person(client):
    cohort = make_cohort(SIX)
    found = json.loads(ask(client, cohort, "json", "view", "change").content)
    assert found["matched_n"] == 6
    assert "P-" not in json.dumps(found)
