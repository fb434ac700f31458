"""The facilitator's guide: for staff, never for participants."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import translation

from courses.models import LessonPage
from tests.courses.blocks.test_blocks import CANARY, FOR_STAFF
from tests.courses.trees import Tree, blocks, make_tree
from tests.factories import make_staff

pytestmark = pytest.mark.django_db

GUIDE_CANARY = "KENARI-PANDUAN"
SECRET = (CANARY, GUIDE_CANARY)


@pytest.fixture
def tree() -> Tree:
    tree = make_tree()
    parts = [
        {"type": "text", "value": f"<p>{GUIDE_CANARY}</p>"},
        {"type": "script", "value": {"text": "<p>Selamat pagi.</p>"}},
    ]
    raw = [
        {"type": "step", "value": {"title": "Buka", "minutes": 10, "parts": parts}},
        {"type": "step", "value": {"title": "Tutup", "minutes": 5, "parts": []}},
        {"type": "after", "value": {"parts": []}},
    ]
    tree.lesson.guide = LessonPage._meta.get_field("guide").stream_block.to_python(raw)
    tree.lesson.guide_minutes = 15
    tree.lesson.guide_materials = f"tali\nbiji jagung {GUIDE_CANARY}"
    tree.lesson.guide_preparation = f"bacalah {GUIDE_CANARY}"
    tree.lesson.body = blocks([{"type": "paragraph", "value": "<p>Awal.</p>"}, FOR_STAFF])
    tree.lesson.save()
    return tree


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(make_staff())
    return client


def get(client: Client, name: str, pk: int) -> BeautifulSoup:
    response = client.get(reverse(f"courses_guide:{name}", args=[pk]))
    assert response.status_code == 200
    return BeautifulSoup(response.content.decode(), "html.parser")


def test_a_guide_tells_materials_steps_with_minutes_and_notes_of_the_lesson(
    tree: Tree, staff: Client
) -> None:
    soup = get(staff, "lesson", tree.lesson.pk)
    assert soup.find("li").text == "tali"
    headings = [" ".join(heading.text.split()) for heading in soup.select(".cg-step h2")]
    assert [heading[:8] for heading in headings[:2]] == ["1 Buka 1", "2 Tutup "]
    with translation.override("id"):
        assert headings[2] == translation.gettext("After the session")
    assert "Selamat pagi." in soup.select_one(".cg-script").text
    assert CANARY in soup.text


def test_who_is_not_staff_is_sent_to_sign_in(tree: Tree, client: Client) -> None:
    for name, page in (("lesson", tree.lesson), ("module", tree.module), ("paper", tree.module)):
        response = client.get(reverse(f"courses_guide:{name}", args=[page.pk]))
        assert response.status_code == 302
        assert "login" in response["Location"]


def test_a_page_that_is_no_lesson_has_no_guide(tree: Tree, staff: Client) -> None:
    assert staff.get(reverse("courses_guide:lesson", args=[tree.course.pk])).status_code == 404
    assert staff.get(reverse("courses_guide:module", args=[tree.lesson.pk])).status_code == 404


def test_a_lesson_without_guide_says_so(tree: Tree, staff: Client) -> None:
    soup = get(staff, "lesson", tree.untranslated.pk)
    assert not soup.select(".cg-step")
    assert soup.select_one(".bb-message")


def test_a_translation_borrows_guide_minutes_and_materials_together(tree: Tree, staff: Client) -> None:
    english = LessonPage.objects.get(code="M1.1", locale__language_code="en")
    english.guide = LessonPage._meta.get_field("guide").stream_block.to_python([])
    english.guide_minutes, english.guide_materials = None, ""
    english.save()
    with translation.override("en"):
        soup = get(staff, "lesson", english.pk)
    assert "tali" in soup.text
    assert "15" in soup.select_one(".cg-guide").text


def test_a_module_is_a_booklet_of_its_guides_and_a_paper_of_its_lessons(tree: Tree, staff: Client) -> None:
    assert len(get(staff, "module", tree.module.pk).select(".cg-guide")) == 2
    paper = get(staff, "paper", tree.module.pk)
    assert len(paper.select(".cg-guide")) == 2
    assert not [secret for secret in SECRET if secret in str(paper)]


def test_participants_pages_hold_nothing_of_the_guide(tree: Tree, staff: Client) -> None:
    """Staff may read lessons as participants do, and see no more there."""
    for page in (tree.lesson, tree.module, tree.course):
        response = staff.get(page.get_url())
        assert response.status_code == 200
        assert not [secret for secret in SECRET if secret in response.content.decode()]


def test_a_guide_is_found_by_no_search(tree: Tree) -> None:
    fields = {field.field_name for field in LessonPage.get_search_fields() if hasattr(field, "field_name")}
    assert not {name for name in fields if name.startswith("guide")}


def test_the_listing_of_pages_leads_to_the_guide(tree: Tree, client: Client, django_user_model: type) -> None:
    client.force_login(django_user_model.objects.create_superuser("admin"))  # type: ignore[attr-defined]
    listing = client.get(reverse("wagtailadmin_explore", args=[tree.module.pk])).content.decode()
    assert reverse("courses_guide:lesson", args=[tree.lesson.pk]) in listing
    assert reverse("courses_guide:paper", args=[tree.module.pk]) in listing
