"""Reads of the course tree."""

from typing import Any

import pytest
from wagtail.models import Locale

from courses.enums import CourseKind
from courses.models import CoursePage, LessonPage, ModulePage
from courses.queries import (
    courses_in,
    courses_with_authors,
    lesson_in_course,
    live_translations,
    module_trail_of,
    outline_of,
    text_of,
    trail_of,
)
from tests.courses.trees import Tree, make_tree

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree() -> Tree:
    return make_tree()


def in_english(lesson: LessonPage) -> LessonPage:
    return lesson.get_translation(Locale.objects.get(language_code="en"))


def test_an_outline_has_modules_and_lessons_in_tree_order_with_two_queries(
    tree: Tree, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(2):
        outline = outline_of(tree.course)
        codes = [(module.page.code, [lesson.code for lesson in module.lessons]) for module in outline.modules]
        minutes = outline.minutes
    assert codes == [("M1", ["M1.1", "M1.2"]), ("M2", ["M2.1", "M2.2"])]
    assert [lesson.code for lesson in outline.lessons] == ["M1.1", "M1.2", "M2.1", "M2.2"]
    assert minutes == 32


def test_an_outline_leaves_out_what_is_not_published(tree: Tree) -> None:
    tree.untranslated.unpublish()
    ModulePage.objects.get(code="M2", locale__language_code="id").unpublish()
    assert [lesson.code for lesson in outline_of(tree.course).lessons] == ["M1.1"]


def test_a_trail_crosses_from_one_module_to_the_next_with_one_query(
    tree: Tree, django_assert_num_queries: Any
) -> None:
    # Wagtail keeps in its cache where a site begins.
    trail_of(tree.untranslated)
    with django_assert_num_queries(1):
        trail = trail_of(tree.untranslated)
    assert trail.course.title == "Kursus desa"
    assert trail.module.title == "Modul 1"
    assert [page.title for page in trail.siblings] == ["Pelajaran 1.1", "Pelajaran 1.2"]
    assert trail.previous.title == "Pelajaran 1.1"
    assert trail.next.title == "Pelajaran 2.1"


def test_a_trail_ends_at_both_ends_of_the_course(tree: Tree) -> None:
    assert trail_of(tree.lesson).previous is None
    assert trail_of(LessonPage.objects.get(code="M2.2", locale__language_code="id")).next is None


def test_a_trail_skips_what_is_not_published(tree: Tree) -> None:
    tree.untranslated.unpublish()
    assert trail_of(tree.lesson).next.title == "Pelajaran 2.1"
    ModulePage.objects.get(code="M2", locale__language_code="id").unpublish()
    assert trail_of(tree.lesson).next is None


def test_a_module_knows_its_neighbours_and_lessons(tree: Tree, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(2):
        trail = module_trail_of(tree.module)
    assert trail.course.title == "Kursus desa"
    assert [lesson.code for lesson in trail.lessons] == ["M1.1", "M1.2"]
    assert trail.previous is None
    assert trail.next.title == "Modul 2"


def test_a_lesson_is_found_in_the_course_whichever_translation_was_opened(tree: Tree) -> None:
    assert lesson_in_course(tree.lesson, tree.course) == tree.lesson
    assert lesson_in_course(in_english(tree.lesson), tree.course) == tree.lesson
    assert lesson_in_course(tree.lesson, tree.english) == in_english(tree.lesson)


def test_an_alias_stands_for_the_lesson_that_it_mirrors(tree: Tree) -> None:
    english = Locale.objects.get(language_code="en")
    added = tree.module.add_child(
        instance=LessonPage(title="Baru", code="M1.3", outcome_text="…", locale=tree.module.locale)
    )
    alias = added.copy_for_translation(english, alias=True)
    assert lesson_in_course(LessonPage.objects.get(pk=alias.pk), tree.course) == added


def test_a_lesson_of_another_course_is_not_found(tree: Tree) -> None:
    other = tree.home.add_child(instance=CoursePage(title="Lain", slug="lain"))
    assert lesson_in_course(tree.lesson, other) is None


def test_an_unpublished_lesson_is_not_found(tree: Tree) -> None:
    english = in_english(tree.lesson)
    tree.lesson.unpublish()
    assert lesson_in_course(LessonPage.objects.get(pk=tree.lesson.pk), tree.course) is None
    assert lesson_in_course(english, tree.course) is None


def test_courses_are_listed_by_language(tree: Tree) -> None:
    assert [course.title for course in courses_in("en")] == ["Village course"]
    tree.course.unpublish()
    assert courses_in("id") == []


def test_lessons_about_changed_rules_are_no_course_to_take(tree: Tree) -> None:
    CoursePage.objects.update(kind=CourseKind.UPDATES)
    assert courses_in("id") == courses_in("en") == []
    last = {course.pk for course, _authors in courses_with_authors()[-2:]}
    tree.home.add_child(instance=CoursePage(title="Lain", slug="lain"))
    assert {course.pk for course, _authors in courses_with_authors()[-2:]} == last, "trainings come first"


def test_translations_are_asked_for_once(tree: Tree, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        first = live_translations(tree.lesson)
        again = live_translations(tree.lesson)
    assert [page.title for page in first.values()] == ["Lesson 1.1"]
    assert first is again


def test_a_page_with_its_own_text_shows_that(tree: Tree) -> None:
    text = text_of(in_english(tree.lesson), "body")
    assert text.language == "en"
    assert text_of(tree.lesson, "body").language == "id"


def test_a_page_without_text_borrows_it_and_says_in_which_language(tree: Tree) -> None:
    english = in_english(tree.untranslated)
    body = text_of(english, "body")
    assert body.language == "id"
    assert "Isi 1.2" in str(body.value)


def test_an_unpublished_original_lends_nothing(tree: Tree) -> None:
    english = in_english(tree.untranslated)
    tree.untranslated.unpublish()
    body = text_of(english, "body")
    assert not body.value
    assert body.language == "en"


def test_the_text_of_an_alias_is_in_the_language_of_its_original(tree: Tree) -> None:
    english = Locale.objects.get(language_code="en")
    added = tree.module.add_child(
        instance=LessonPage(
            title="Baru", code="M1.3", outcome_text="Peserta dapat.", locale=tree.module.locale
        )
    )
    alias = LessonPage.objects.get(pk=added.copy_for_translation(english, alias=True).pk)
    assert text_of(alias, "outcome_text").language == "id"
