"""Whatever pages of courses are drawn from gives another stamp; nothing else does."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from courses.models import GlossaryTerm, LessonPage, PreparedPicture, TextStamp
from courses.rows import course_rows, prerequisite_keys
from tests.courses.trees import Tree, make_tree, picture_block
from tests.law import make_basis, make_regulation

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree() -> Tree:
    return make_tree()


def _cite(tree: Tree) -> None:
    tree.lesson.legal_bases.add(make_basis("UU 6/2014 Ps 3"))
    tree.lesson.save()


def _require(tree: Tree) -> None:
    second = tree.module.get_next_sibling().specific
    second.prerequisites.add(tree.module)
    second.save()


CHANGES: dict[str, Callable[[Tree], object]] = {
    "a lesson is published": lambda tree: tree.lesson.save_revision().publish(),
    "a lesson is taken down": lambda tree: tree.lesson.unpublish(),
    "a lesson is deleted": lambda tree: LessonPage.objects.get(pk=tree.lesson.pk).delete(),
    "a lesson is moved": lambda tree: tree.untranslated.move(tree.lesson, pos="left"),
    "a module is renamed": lambda tree: tree.module.save(),
    "a course is deleted": lambda tree: tree.course.delete(),
    "a lesson cites a rule": _cite,
    "a module comes after another": _require,
    "a rule is registered": lambda tree: make_basis("UU 6/2014 Ps 3"),
    "a regulation is registered": lambda tree: make_regulation("PP 16/2026"),
    "a term is explained": lambda tree: GlossaryTerm.objects.create(term="Musdes", slug="musdes"),
    "a picture is drawn down": lambda tree: PreparedPicture.objects.update_or_create(
        pk=picture_block()["value"]["image"],  # type: ignore[index]
        defaults={"source": "x"},
    ),
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_change_gives_another_stamp(tree: Tree, what: str) -> None:
    before = TextStamp.objects.now()
    CHANGES[what](tree)
    assert TextStamp.objects.now() != before


def test_a_look_does_not(tree: Tree, django_assert_num_queries: Callable[[int], object]) -> None:
    before = TextStamp.objects.now()
    course_rows(tree.course.path, "id")
    assert LessonPage.objects.count()
    with django_assert_num_queries(1):  # type: ignore[attr-defined]
        assert TextStamp.objects.now() == before


def test_what_is_committed_late_is_seen_although_others_came_first(tree: Tree) -> None:
    """Of two changes the one with the lower value may be committed last: it hides behind no maximum."""
    TextStamp.objects.create(value="f" * 32)
    before = TextStamp.objects.now()
    TextStamp.objects.create(value="0" * 32)
    assert TextStamp.objects.now() != before


def test_old_rows_go_and_the_stamp_is_another_one(tree: Tree) -> None:
    TextStamp.objects.update(at=timezone.now() - timedelta(days=2))
    before = TextStamp.objects.now()
    TextStamp.objects.thin_out()
    assert TextStamp.objects.count() == 1
    kept = TextStamp.objects.now()
    assert kept != before
    TextStamp.objects.thin_out()
    assert TextStamp.objects.now() == kept, "nothing old, nothing to do"


def test_rows_are_read_once_and_again_after_a_change(
    tree: Tree, django_assert_num_queries: Callable[[int], object]
) -> None:
    def titles() -> list[str]:
        return [row.title for row in course_rows(tree.course.path, "id")]

    assert tree.lesson.title in titles()
    with django_assert_num_queries(1):  # type: ignore[attr-defined]
        titles()
    tree.lesson.title = "Judul lain"
    tree.lesson.save()
    assert "Judul lain" in titles()
    tree.lesson.unpublish()
    assert "Judul lain" not in titles()


def test_prerequisites_are_read_once_and_again_after_a_change(
    tree: Tree, django_assert_num_queries: Callable[[int], object]
) -> None:
    assert prerequisite_keys(tree.course.path) == {}
    with django_assert_num_queries(1):  # type: ignore[attr-defined]
        prerequisite_keys(tree.course.path)
    _require(tree)
    second = tree.module.get_next_sibling()
    assert prerequisite_keys(tree.course.path) == {second.pk: {tree.module.translation_key}}
