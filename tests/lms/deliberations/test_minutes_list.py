"""Lists of minutes: narrowed, exported, printed together; empty forms; the way from a training."""

import datetime
import io
from typing import Any

import pypdf
import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from lms.cohorts.models import Cohort
from lms.deliberations.domain.minutes import finalise_minutes
from lms.deliberations.models import Minutes
from tests.lms.deliberations.factories import MinutesFactory, let_sign, propose
from tests.lms.deliberations.pages import said, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def minutes(cohort: Cohort) -> Minutes:
    made = MinutesFactory(organisation=cohort.organisation, village=cohort.village, cohort=cohort)
    propose(made, cost_typed="1,2 juta")
    let_sign(made, ("warga", "Maria", "", "P"), ("warga", "Yosef", "", "L"))
    return made


def page(name: str, *args: Any) -> str:
    return reverse(f"minutes:{name}", args=[getattr(each, "pk", each) for each in args])


@pytest.mark.parametrize("kind", ["musdus", "musdes", "musrenbang", "khusus"])
def test_an_empty_form_is_printed(organiser: Client, cohort: Cohort, kind: str) -> None:
    answer = organiser.get(page("empty"), {"jenis": kind, "desa": cohort.village_id, "kertas": "a4"})
    text = pypdf.PdfReader(io.BytesIO(answer.content)).pages[0].extract_text()
    assert "BERITA ACARA MUSYAWARAH" in text
    assert cohort.village.name.upper() in text


def test_the_page_of_empty_forms_offers_kinds_and_refuses_others(organiser: Client) -> None:
    assert "Musrenbang" in words(organiser.get(page("empty")))
    assert organiser.get(page("empty"), {"jenis": "pesta"}).status_code == 404
    assert organiser.get(page("empty"), {"jenis": "musdes", "desa": "9" * 30}).status_code == 200


def test_the_list_is_narrowed_and_exported_as_it_is_shown(
    organiser: Client, cohort: Cohort, minutes: Minutes
) -> None:
    MinutesFactory(
        organisation=cohort.organisation, kind="musdes", held_on=datetime.date(2019, 6, 20), place="=2+3"
    )
    MinutesFactory(place="Rahasia")
    shown = words(organiser.get(page("index"), {"year": 2018}))
    assert "20 Juni 2018" in shown
    assert "20 Juni 2019" not in shown
    for query, expected in (
        ({}, 2),
        ({"year": 2018}, 1),
        ({"kind": "musdes"}, 1),
        ({"state": "final"}, 0),
        ({"village": cohort.village_id}, 1),
        ({"cohort": cohort.pk}, 1),
        ({"q": "kapela"}, 1),
    ):
        book = load_workbook(io.BytesIO(organiser.get(page("export"), query).content))
        assert book["Berita Acara"].max_row - 1 == expected, query
    cells = [
        cell
        for row in load_workbook(io.BytesIO(organiser.get(page("export")).content))["Berita Acara"]
        for cell in row
    ]
    assert any(cell.value == "=2+3" and cell.data_type == "s" for cell in cells)
    assert not any("Rahasia" in str(cell.value) for cell in cells)
    proposals = load_workbook(io.BytesIO(organiser.get(page("export")).content))["Usulan"]
    assert [cell.value for cell in proposals[2]][5] == "Perpipaan air bersih"


def test_all_that_are_shown_are_printed_together(organiser: Client, minutes: Minutes) -> None:
    MinutesFactory(organisation=minutes.organisation, village=minutes.village)
    pdf = organiser.get(page("bundle"))
    texts = [each.extract_text() for each in pypdf.PdfReader(io.BytesIO(pdf.content)).pages]
    assert sum("BERITA ACARA MUSYAWARAH DUSUN" in text for text in texts) == 2
    assert organiser.get(page("bundle"), {"year": 1999}).status_code == 302
    assert organiser.get(page("bundle"), {"year": "abc"}).status_code == 404


def test_the_list_shows_what_holds_and_the_page_its_versions(organiser: Client, minutes: Minutes) -> None:
    finalise_minutes(minutes=minutes, number="001/BA", user=organiser.user)
    organiser.post(page("version", minutes), {"reason": "Salah"})
    draft = Minutes.objects.get(version=2)
    listed = BeautifulSoup(organiser.get(page("index")).content, "html.parser")
    assert (
        len(listed.find_all("a", href=page("page", minutes)))
        + len(listed.find_all("a", href=page("page", draft)))
        == 2
    )
    finalise_minutes(minutes=draft, number="", user=organiser.user)
    listed = BeautifulSoup(organiser.get(page("index")).content, "html.parser")
    assert not listed.find_all("a", href=page("page", minutes))
    assert said("replaced by a newer version") in words(organiser.get(page("page", minutes)))


@pytest.mark.parametrize("name", ["index", "export"])
def test_lists_take_as_many_queries_for_three_as_for_one(
    organiser: Client, cohort: Cohort, name: str
) -> None:
    def ask() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert organiser.get(page(name)).status_code == 200
        return len(queries)

    def add() -> None:
        made = MinutesFactory(organisation=cohort.organisation, village=cohort.village, cohort=cohort)
        propose(made)
        let_sign(made, ("warga", "Maria", "", "P"))

    add()
    ask()
    one = ask()
    add()
    add()
    assert ask() == one


def test_the_page_of_a_training_leads_to_its_minutes(
    organiser: Client, cohort: Cohort, minutes: Minutes
) -> None:
    hub = BeautifulSoup(organiser.get(reverse("cohort:hub", args=[cohort.pk])).content, "html.parser")
    address = f"{page('index')}?cohort={cohort.pk}"
    assert hub.find("a", href=address)
    listed = organiser.get(address)
    add = BeautifulSoup(listed.content, "html.parser").find("a", href=f"{page('add')}?cohort={cohort.pk}")
    assert add is not None
