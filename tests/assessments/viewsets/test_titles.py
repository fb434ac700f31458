"""Pages about one record name what they are for, and their fields work."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from tests.factories import make_single
from tests.law import make_basis

pytestmark = pytest.mark.django_db


def heading(client: Client, address: str) -> BeautifulSoup:
    response = client.get(address)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def test_the_page_on_which_somebody_vouches_names_itself_and_has_its_calendar(admin_client: Client) -> None:
    basis = make_basis("UU 6/2014 Ps 3")
    soup = heading(admin_client, reverse("legal_bases:check", args=[basis.pk]))
    assert "Diperiksa hari ini" in soup.select_one("header").get_text()
    assert basis.citation in soup.select_one("main h2").get_text()
    assert [script for script in soup.select("script[src]") if "date-time-chooser" in script["src"]]


@pytest.mark.parametrize(("move", "said"), [("copy", "salin"), ("retire", "pensiun")])
def test_a_move_of_a_question_names_itself(admin_client: Client, move: str, said: str) -> None:
    address = reverse(f"questions_single:{move}", args=[make_single("S1").pk])
    header = heading(admin_client, address).select_one("header")
    assert said in header.get_text().lower()
    assert "S1" in header.get_text()
