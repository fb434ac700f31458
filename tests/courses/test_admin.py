"""A lesson edited in Wagtail's admin."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from wagtail.models import PageLogEntry
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from courses.models import LessonPage
from tests.courses.conftest import Load

pytestmark = pytest.mark.django_db


@pytest.fixture
def trainer(client: Client) -> Client:
    client.force_login(get_user_model().objects.create_superuser("pelatih"))
    return client


def form_of(page: LessonPage) -> dict[str, Any]:
    form = nested_form_data(
        {
            "title": "Judul pelatih",
            "slug": page.slug,
            "seo_title": "",
            "search_description": "",
            "code": page.code,
            "outcome_text": page.outcome_text,
            "minutes": "9",
            "body": streamfield([("paragraph", rich_text("<p>Isi pelatih.</p>"))]),
            "guide": streamfield([]),
            "guide_minutes": "",
            "guide_materials": "",
            "guide_preparation": "",
            "comments-TOTAL_FORMS": "0",
            "comments-INITIAL_FORMS": "0",
            "comments-MIN_NUM_FORMS": "0",
            "comments-MAX_NUM_FORMS": "",
            "action-publish": "1",
        }
    )
    # Lists would be flattened with the rest.
    form["outcomes"] = [str(outcome.pk) for outcome in page.outcomes.all()]
    form["legal_bases"] = [str(basis.pk) for basis in page.legal_bases.all()]
    return form


def test_an_edit_in_the_admin_survives_loading_and_keeps_the_legal_basis(trainer: Client, load: Load) -> None:
    load()
    page = LessonPage.objects.get(code="M1.1", locale__language_code="id")
    response = trainer.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form_of(page))
    assert response.status_code == 302, response.context["form"].errors
    load()
    edited = LessonPage.objects.get(pk=page.pk)
    assert edited.title == "Judul pelatih"
    assert "Isi pelatih." in str(edited.body)
    assert list(edited.legal_bases.all()) == list(page.legal_bases.all()) != []


def test_the_editor_and_the_history_open(trainer: Client, load: Load) -> None:
    load()
    page = LessonPage.objects.get(code="M1.1", locale__language_code="id")
    assert trainer.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200
    assert trainer.get(reverse("wagtailadmin_pages:history", args=[page.pk])).status_code == 200
    assert PageLogEntry.objects.filter(page=page.pk, action="courses.load").count() == 1
