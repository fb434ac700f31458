"""The dialogues in which authors choose questions, terms and recordings, and the editor around them."""

import json
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.html import escape
from wagtail.documents import get_document_model

from assessments.models import SingleChoiceQuestion
from assessments.questions.base import PRACTICE_BANK
from courses.models import GlossaryTerm
from tests.courses.trees import make_tree

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client: Client, django_user_model: Any) -> Client:
    client.force_login(django_user_model.objects.create_superuser("admin"))
    return client


def chosen(admin: Client, chooser: str, pk: int) -> dict[str, Any]:
    response = admin.get(reverse(f"{chooser}:chosen", args=[pk]))
    assert response.status_code == 200
    return json.loads(response.content)["result"]


def test_a_chosen_question_comes_back_as_its_code(admin: Client) -> None:
    question = SingleChoiceQuestion.objects.create(code="P-1", stem="Apa?", bank=PRACTICE_BANK)
    asked_in_tests = SingleChoiceQuestion.objects.create(code="Q-1", stem="Rahasia?")
    listing = admin.get(reverse("practice_question_chooser:choose")).content.decode()
    assert "Apa?" in listing
    assert "Rahasia?" not in listing
    assert chosen(admin, "practice_question_chooser", question.pk)["id"] == "P-1"
    refused = reverse("practice_question_chooser:chosen", args=[asked_in_tests.pk])
    assert admin.get(refused).status_code == 404


def test_a_chosen_term_comes_back_as_its_slug(admin: Client) -> None:
    term = GlossaryTerm.objects.create(slug="musdes", term="Musdes", meaning="Musyawarah.")
    assert "Musdes" in admin.get(reverse("glossary_term_chooser:choose")).content.decode()
    assert chosen(admin, "glossary_term_chooser", term.pk)["id"] == "musdes"


def test_recordings_and_films_are_offered_apart(admin: Client) -> None:
    model = get_document_model()
    for name in ("suara.mp3", "film.mp4", "surat.pdf"):
        model.objects.create(title=f"Judul {name}", file=ContentFile(b"x", name=name))
    for chooser, own in (("course_audio_chooser", "suara.mp3"), ("course_video_chooser", "film.mp4")):
        listing = admin.get(reverse(f"{chooser}:choose")).content.decode()
        assert [name for name in ("suara.mp3", "film.mp4", "surat.pdf") if f"Judul {name}" in listing] == [
            own
        ]


def test_the_glossary_is_edited_as_a_snippet(admin: Client) -> None:
    term = GlossaryTerm.objects.create(slug="musdes", term="Musdes", meaning="Musyawarah.")
    assert admin.get(reverse(term.snippet_viewset.get_url_name("list"))).status_code == 200
    assert admin.get(reverse(term.snippet_viewset.get_url_name("edit"), args=[term.pk])).status_code == 200


def test_the_editor_of_a_lesson_opens_with_every_kind_of_block(admin: Client) -> None:
    tree = make_tree()
    response = admin.get(reverse("wagtailadmin_pages:edit", args=[tree.lesson.pk]))
    assert response.status_code == 200
    with translation.override("id"):
        assert escape(translation.gettext("Facilitator's guide")) in response.content.decode()
