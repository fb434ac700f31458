"""Places for years: written as places, published as years."""

import pytest
from django.test import RequestFactory
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import Locale, Page

from courses.models import CoursePage, LessonPage
from courses.years import has_token, with_years
from tests.courses.authors import client_for, form_of
from tests.courses.trees import Tree, blocks, make_tree
from tests.factories import make_staff


@pytest.mark.property
@given(st.text(), st.integers(2000, 2199))
def test_only_places_are_filled(text: str, year: int) -> None:
    filled = with_years(text, year=year)
    assert not has_token(filled)
    assert has_token(text) or filled == text


def test_places_are_filled_however_deep_they_lie() -> None:
    value = [{"value": {"rows": [["{tahun_pelaksanaan}", None], ["{tahun_dokumen}", 3]], "{x}": "{x}"}}]
    assert with_years(value, year=2027) == [{"value": {"rows": [["2027", None], ["2028", 3]], "{x}": "{x}"}}]


@pytest.fixture
def tree(db: None) -> Tree:
    made = make_tree()
    made.course.year = 2027
    made.course.save_revision().publish()
    lesson = made.lesson
    lesson.title = "Usul {tahun_pelaksanaan}"
    lesson.body = blocks(
        [
            {"type": "paragraph", "value": "<p>Untuk RKP {tahun_dokumen}.</p>"},
            {"type": "steps", "value": {"steps": ["<p>Mulai {tahun_pelaksanaan}.</p>"]}},
        ]
    )
    lesson.save_revision().publish()
    return made


def test_what_is_published_has_the_years_wherever_it_is_read(tree: Tree) -> None:
    assert Page.objects.get(pk=tree.lesson.pk).title == "Usul 2027"
    stored = LessonPage.objects.get(pk=tree.lesson.pk)
    assert "Untuk RKP 2028." in str(stored.body)
    assert "Mulai 2027." in str(stored.body)


def test_what_is_edited_keeps_its_places(tree: Tree) -> None:
    written = LessonPage.objects.get(pk=tree.lesson.pk).as_written()
    assert written.title == "Usul {tahun_pelaksanaan}"
    assert "{tahun_dokumen}" in str(written.body)
    assert tree.lesson.title == "Usul {tahun_pelaksanaan}"


def test_another_year_reaches_every_published_page_and_no_draft(tree: Tree) -> None:
    lesson = LessonPage.objects.get(pk=tree.lesson.pk).get_latest_revision_as_object()
    lesson.title = "Naskah {tahun_pelaksanaan}"
    lesson.save_revision()
    course = CoursePage.objects.get(pk=tree.course.pk)
    course.year = 2030
    course.save_revision().publish()
    stored = LessonPage.objects.get(pk=tree.lesson.pk)
    assert stored.title == "Usul 2030"
    assert "Untuk RKP 2031." in str(stored.body)
    assert stored.get_latest_revision_as_object().title == "Naskah {tahun_pelaksanaan}"


def test_without_a_year_the_places_stay(tree: Tree) -> None:
    CoursePage.objects.update(year=None)
    lesson = LessonPage.objects.get(pk=tree.lesson.pk).as_written()
    lesson.save_revision().publish()
    assert LessonPage.objects.get(pk=tree.lesson.pk).title == "Usul {tahun_pelaksanaan}"


def test_a_translation_takes_the_year_of_its_course(tree: Tree) -> None:
    english = LessonPage.objects.get(
        translation_key=tree.lesson.translation_key, locale=Locale.objects.get(language_code="en")
    )
    english.title = "Ideas {tahun_pelaksanaan}"
    english.save_revision().publish()
    assert LessonPage.objects.get(pk=english.pk).title == "Ideas 2027"


def test_a_preview_shows_the_years(tree: Tree) -> None:
    draft = LessonPage.objects.get(pk=tree.lesson.pk).get_latest_revision_as_object()
    request = RequestFactory().get("/")
    page = draft.make_preview_request(request, "").content.decode()
    assert "Untuk RKP 2028." in page
    assert "{tahun" not in page


def test_showing_a_page_without_places_asks_no_question_more(
    tree: Tree, django_assert_num_queries: object
) -> None:
    plain = tree.untranslated
    with django_assert_num_queries(0), plain.years_shown():  # type: ignore[operator]
        pass


def test_the_editor_opens_what_was_written_and_saving_it_keeps_the_places(tree: Tree) -> None:
    client = client_for(make_staff("admin", is_superuser=True))
    edit = reverse("wagtailadmin_pages:edit", args=[tree.lesson.pk])
    form = client.get(edit).context["form"]
    assert form.initial["title"] == "Usul {tahun_pelaksanaan}"
    assert "{tahun_dokumen}" in str(form.initial["body"])
    posted = form_of(tree.lesson, title=form.initial["title"], text="RKP {tahun_dokumen}")
    assert client.post(edit, {**posted, "action-publish": "1"}).status_code == 302
    stored = LessonPage.objects.get(pk=tree.lesson.pk)
    assert stored.title == "Usul 2027"
    assert "RKP 2028" in str(stored.body)
    assert stored.as_written().title == "Usul {tahun_pelaksanaan}"


def test_an_older_version_that_is_opened_again_stays_as_it_was(tree: Tree) -> None:
    lesson = LessonPage.objects.get(pk=tree.lesson.pk).as_written()
    older = lesson.latest_revision
    lesson.title = "Judul lain {tahun_pelaksanaan}"
    lesson.save_revision().publish()
    client = client_for(make_staff("admin", is_superuser=True))
    revert = reverse("wagtailadmin_pages:revisions_revert", args=[lesson.pk, older.pk])
    assert client.get(revert).context["form"].initial["title"] == "Usul {tahun_pelaksanaan}"
