"""Previews of questions, and the menu of authors."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.assessments.viewsets.editing import grant
from tests.factories import (
    MAKERS,
    make_single,
    make_staff,
)

pytestmark = pytest.mark.django_db


# Previews


@pytest.mark.parametrize("kind", MAKERS)
def test_the_preview_shows_the_participants_view_without_the_key(author: Client, kind: str) -> None:
    question = MAKERS[kind](note="KUNCI-catatan")
    page = author.get(reverse(f"questions_{kind}:preview", args=[question.pk])).content.decode()
    assert question.stem in page
    assert "KUNCI" not in page
    assert "alasan" not in page


def test_the_inspect_page_shows_key_rationale_and_citation(author: Client) -> None:
    question = make_single(citations=[{"ref": "UU 6/2014 Ps 3", "status": "verified"}])
    page = author.get(reverse("questions_single:inspect", args=[question.pk])).content.decode()
    assert "S1 alasan 0" in page
    assert "UU 6/2014 Ps 3" in page


# The menu


def test_the_menu_shows_authors_the_questions_and_others_nothing(client: Client) -> None:
    url = reverse("questions_all:index")
    client.force_login(make_staff("pelatih"))
    assert url not in client.get(reverse("wagtailadmin_home")).content.decode()
    author = make_staff("penulis")
    grant(author, "view_singlechoicequestion")
    client.force_login(author)
    page = client.get(reverse("wagtailadmin_home")).content.decode()
    assert url in page
    assert reverse("questions_numeric:list") not in page
