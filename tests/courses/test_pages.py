"""What visitors see of courses, modules and lessons, and how much it costs."""

import gc
import re
from itertools import pairwise
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from wagtail.models import Locale

from assessments.models import Outcome
from courses.models import LessonPage
from tests.courses.trees import EVERY_BLOCK, Tree, blocks, make_tree, picture_block

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree() -> Tree:
    return make_tree()


def rendered(page: LessonPage, **extra: Any) -> BeautifulSoup:
    """The page as Wagtail's preview renders it: nobody signed in, no hook run."""
    response = page.make_preview_request(extra_request_attrs=extra)
    assert response.status_code == 200
    return BeautifulSoup(response.content.decode(), "html.parser")


def with_body(lesson: LessonPage, raw: list[dict[str, Any]]) -> LessonPage:
    lesson.body = blocks(raw)
    lesson.save()
    return lesson


def heading_levels(soup: BeautifulSoup) -> list[int]:
    return [int(tag.name[1]) for tag in soup.find_all(re.compile(r"^h[1-6]$"))]


def has_no_gap(levels: list[int]) -> bool:
    return levels[0] == 1 and all(after <= before + 1 for before, after in pairwise(levels))


def get(client: Client, address: str) -> BeautifulSoup:
    response = client.get(address)
    assert response.status_code == 200
    return BeautifulSoup(response.content.decode(), "html.parser")


# A lesson


def test_every_block_is_shown_with_nobody_signed_in(tree: Tree) -> None:
    soup = rendered(with_body(tree.lesson, EVERY_BLOCK))
    article = soup.find("article")
    assert article.find("b", string="hilang")
    assert article.find("h2", string="Jalan usul")
    assert [li.get_text(strip=True) for li in article.select("ol.bb-steps > li")] == ["Bicara.", "Tulis."]
    for kind, words in (
        ("law", "UU 6/2014 Ps 80"),
        ("example", "Mencari usul"),
        ("note", "Boleh?"),
        ("discuss", "Siapa?"),
        ("remember", "Tulis."),
    ):
        assert words in article.select_one(f"aside.bb-box--{kind}").get_text()


# Wagtail leaves the temporary file of a new rendition to the garbage collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_picture_has_words_for_who_cannot_see_it(tree: Tree) -> None:
    figure = rendered(with_body(tree.lesson, [picture_block()])).select_one("article figure")
    assert figure.img["alt"] == "Warga di balai"
    assert figure.img["width"]
    assert figure.figcaption.get_text() == "Panitia"
    gc.collect()


def test_cells_of_a_table_know_their_column_and_figures_stand_right(tree: Tree) -> None:
    table = rendered(with_body(tree.lesson, EVERY_BLOCK)).find("table")
    assert table.caption.get_text() == "Tiga usulan"
    assert [th.get_text() for th in table.select("thead th")] == ["Usulan", "Nilai"]
    cells = table.select("tbody td")
    assert [cell.get_text() for cell in cells] == ["Pipa air", "11", "Jalan", ""]
    assert cells[0]["data-label"] == "Usulan"
    assert cells[1]["class"] == ["bb-figure-cell"]


def test_text_from_an_editor_cannot_become_markup(tree: Tree) -> None:
    raw = [
        {"type": "heading", "value": "<script>a</script>"},
        {"type": "law", "value": {"citation": "<script>b</script>", "summary": "<p>Isi.</p>"}},
    ]
    article = rendered(with_body(tree.lesson, raw)).find("article")
    assert article.find("script") is None
    assert "<script>a</script>" in article.get_text()


@pytest.mark.parametrize("first", ["law", "heading"])
def test_headings_never_skip_a_level(tree: Tree, first: str) -> None:
    raw = sorted(EVERY_BLOCK, key=lambda block: block["type"] != first)
    assert has_no_gap(heading_levels(rendered(with_body(tree.lesson, raw))))


def test_a_lesson_tells_what_it_is_for_how_long_it_takes_and_where_it_stands(tree: Tree) -> None:
    soup = rendered(tree.untranslated)
    text = soup.find("main").get_text(" ", strip=True)
    assert soup.h1.get_text() == "Pelajaran 1.2"
    assert "Peserta dapat menulis usul." in text
    assert "8" in text
    assert [a.get_text() for a in soup.select("nav.bb-outline a")] == ["Pelajaran 1.1", "Pelajaran 1.2"]
    assert soup.select_one("nav.bb-outline a[aria-current=page]").get_text() == "Pelajaran 1.2"
    assert soup.select_one("a[rel=prev]")["href"] == "/kursus/m1/satu/"
    assert soup.select_one("a[rel=next]")["href"] == "/kursus/m2/satu/"


def test_the_legal_basis_folds_at_the_end(tree: Tree) -> None:
    fold = rendered(tree.lesson).select_one("article details")
    assert "UU 6/2014 Ps 80" in fold.get_text()
    assert "2026" in fold.get_text()
    assert not fold.has_attr("open")


def test_a_lesson_that_nobody_has_written_says_that_it_is_taught_face_to_face(tree: Tree) -> None:
    with_body(LessonPage.objects.get(code="M1.1", locale__language_code="en"), [])
    text = rendered(with_body(tree.lesson, [])).find("article").get_text()
    assert "face to face" in text or "tatap muka" in text


def test_a_new_lesson_can_be_previewed_before_it_is_saved(tree: Tree) -> None:
    draft = LessonPage(
        title="Konsep", slug="konsep", code="M1.9", outcome_text="Peserta dapat.", locale=tree.module.locale
    )
    draft.path = tree.module.path + "00ZZ"
    draft.depth = tree.module.depth + 1
    draft.set_url_path(tree.module)
    assert rendered(draft).h1.get_text() == "Konsep"


def test_a_lesson_stands_alone_if_its_course_is_not_published(tree: Tree) -> None:
    tree.course.unpublish()
    assert rendered(tree.lesson).h1.get_text() == "Pelajaran 1.1"


# Languages


def test_the_english_address_shows_english_titles(client: Client, tree: Tree) -> None:
    soup = get(client, "/en/kursus/")
    assert soup.html["lang"] == "en"
    assert soup.h1.get_text() == "Village course"
    assert [a.get_text() for a in soup.select("li.bb-module h3 a")] == ["M1 Module 1", "M2 Module 2"]
    assert soup.select_one("li.bb-module ul a").get_text() == "Lesson 1.1"


def test_a_borrowed_text_is_marked_with_its_language(tree: Tree) -> None:
    english = tree.untranslated.get_translation(Locale.objects.get(language_code="en"))
    with translation.override("en"):
        soup = rendered(english)
    assert soup.h1.get_text() == "Lesson 1.2"
    assert "Isi 1.2." in soup.select_one('article div[lang="id"]').get_text()
    assert "Indonesian" in soup.select_one("article .bb-message").get_text()


def test_the_language_switch_leads_to_the_translated_page(client: Client, tree: Tree) -> None:
    module = tree.module.get_translation(Locale.objects.get(language_code="en"))
    module.slug = "module-one"
    module.save()
    assert get(client, "/kursus/m1/").select_one(".bb-lang a")["href"] == "/en/kursus/module-one/"
    assert get(client, "/en/kursus/module-one/").select_one(".bb-lang a")["href"] == "/kursus/m1/"


def test_a_page_in_one_language_only_switches_to_the_start_page(client: Client, tree: Tree) -> None:
    tree.english.unpublish()
    assert get(client, "/kursus/").select_one(".bb-lang a")["href"] == "/en/"


def test_titles_hold_no_other_words_than_the_page(client: Client, tree: Tree) -> None:
    assert get(client, "/kursus/").title.get_text() == "Kursus desa"


# Course and module


@pytest.mark.parametrize("address", ["/kursus/", "/kursus/m1/", "/en/kursus/", "/en/kursus/m1/"])
def test_syllabus_pages_are_open_and_well_formed(client: Client, tree: Tree, address: str) -> None:
    soup = get(client, address)
    assert has_no_gap(heading_levels(soup))
    assert not soup.select("[style], [onclick], main script")


def test_a_course_shows_why_what_and_how_long(client: Client, tree: Tree) -> None:
    outcome = Outcome.objects.create(
        code="H1", kind="result", title="Paham perencanaan", title_en="Understands"
    )
    tree.module.outcomes = [outcome]
    tree.module.save()
    text = get(client, "/kursus/").find("main").get_text(" ", strip=True)
    for words in ("Untuk warga.", "Mengapa.", "M1 Modul 1", "Pelajaran 2.2", "Paham perencanaan", "32"):
        assert words in text


def test_a_module_shows_what_one_can_do_and_its_lessons(client: Client, tree: Tree) -> None:
    soup = get(client, "/kursus/m1/")
    assert [a.get_text() for a in soup.select("a.bb-row-link")] == ["Pelajaran 1.1", "Pelajaran 1.2"]
    assert "menulis" in soup.find("main").get_text()
    assert soup.select_one(".bb-pager a")["href"] == "/kursus/m2/"


def test_a_course_without_modules_says_that_it_is_being_written(client: Client, tree: Tree) -> None:
    tree.course.get_children().delete()
    assert get(client, "/kursus/").h1


# Cost


def queries_of(page: LessonPage) -> int:
    fresh = LessonPage.objects.get(pk=page.pk)
    with CaptureQueriesContext(connection) as queries:
        rendered(fresh)
    return len(queries)


def test_a_lesson_costs_the_same_with_each_block_once_and_four_times(tree: Tree) -> None:
    one = with_body(tree.lesson, EVERY_BLOCK)
    rendered(one)
    few = queries_of(one)
    long = with_body(tree.lesson, [*EVERY_BLOCK[:8] * 4, *EVERY_BLOCK[8:]])
    rendered(long)
    assert queries_of(long) == few
    assert few <= 5
