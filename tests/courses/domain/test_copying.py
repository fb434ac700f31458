"""A course for another year."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Comment, Page

from courses.desk import legal_bases_to_check, years_left
from courses.domain import copy_course, members_of, set_team
from courses.models import CoursePage, LessonPage, ModulePage
from courses.signals import course_copied
from lms.learning.models import LessonProgress
from tests.courses.trees import Tree, blocks, make_tree
from tests.factories import make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree() -> Tree:
    made = make_tree()
    made.course.year = 2026
    made.course.save_revision().publish()
    lesson = made.lesson
    lesson.source_hash = "abc"
    lesson.title = "Usul {tahun_pelaksanaan}"
    text = "<p>Untuk {tahun_dokumen}. Musdes pada 11 Juni 2026.</p>"
    lesson.body = blocks([{"type": "paragraph", "value": text, "id": "11111111-1111-4111-8111-111111111111"}])
    lesson.save_revision().publish()
    return made


@pytest.fixture
def copy(tree: Tree) -> CoursePage:
    author = make_staff("penulis")
    set_team(course=tree.course, users=[author])
    Comment.objects.create(page=tree.lesson, user=author, text="Periksa.", contentpath="title")
    return copy_course(course=tree.course, title="Kader 2027", slug="kader-2027", year=2027, user=author)


def lessons_of(course: Page) -> list[LessonPage]:
    return list(LessonPage.objects.descendant_of(course).order_by("path"))


def test_the_whole_tree_is_there_as_drafts_of_the_copier(tree: Tree, copy: CoursePage) -> None:
    old = Page.objects.descendant_of(tree.course, inclusive=True)
    new = Page.objects.descendant_of(copy, inclusive=True)
    assert [page.slug for page in new[1:]] == [page.slug for page in old[1:]]
    assert not new.filter(live=True).exists()
    assert {page.owner.username for page in new} == {"penulis"}
    assert not set(new.values_list("translation_key")) & set(old.values_list("translation_key"))
    assert (copy.title, copy.slug, copy.year, copy.copied_from) == (
        "Kader 2027",
        "kader-2027",
        2027,
        tree.course,
    )


def test_places_for_years_come_along_as_places_and_show_the_new_year_when_published(copy: CoursePage) -> None:
    lesson = lessons_of(copy)[0]
    assert lesson.title == "Usul {tahun_pelaksanaan}"
    assert lesson.draft_title == "Usul {tahun_pelaksanaan}"
    lesson.get_latest_revision().publish()
    published = LessonPage.objects.get(pk=lesson.pk)
    assert published.title == "Usul 2027"
    assert "Untuk 2028." in str(published.body)


def test_the_old_course_stays_as_it_is(tree: Tree, copy: CoursePage) -> None:
    old = LessonPage.objects.get(pk=tree.lesson.pk)
    assert old.live
    assert old.title == "Usul 2026"
    assert CoursePage.objects.get(pk=tree.course.pk).year == 2026


def test_people_and_their_traces_stay_behind(tree: Tree, copy: CoursePage) -> None:
    new = Page.objects.descendant_of(copy, inclusive=True)
    assert not Comment.objects.filter(page__in=new).exists()
    assert not LessonProgress.objects.filter(lesson__in=lessons_of(copy)).exists()
    assert {page.revisions.count() for page in new} <= {1, 2, 3}
    ids = {block["id"] for lesson in lessons_of(copy) for block in lesson.body.raw_data}
    assert ids
    assert "11111111-1111-4111-8111-111111111111" not in ids
    assert lessons_of(copy)[0].source_hash == ""


def test_the_team_comes_along_and_the_copier_belongs_to_it(tree: Tree, copy: CoursePage) -> None:
    assert [user.username for user in members_of(copy)] == ["penulis"]
    assert copy.permissions_for_user(members_of(copy).get()).can_edit()


def test_prerequisites_point_to_modules_of_the_copy(tree: Tree) -> None:
    first, second = ModulePage.objects.child_of(tree.course).order_by("path")
    second.prerequisites = [first]
    second.save_revision().publish()
    made = copy_course(
        course=tree.course, title="Lagi", slug="lagi", year=2028, user=make_staff("lain", is_superuser=True)
    )
    own_first, own_second = ModulePage.objects.child_of(made).order_by("path")
    assert list(own_second.prerequisites.all()) == [own_first]


def test_an_address_that_is_taken_is_refused_and_nothing_is_made(tree: Tree) -> None:
    before = Page.objects.count()
    with pytest.raises(ValidationError) as refusal:
        copy_course(course=tree.course, title="Sama", slug=tree.course.slug, year=2027, user=make_staff())
    assert refusal.value.code == "slug"
    assert Page.objects.count() == before


def test_others_hear_of_a_copy(tree: Tree) -> None:
    heard = []
    course_copied.connect(
        lambda **news: heard.append((news["source"], news["copy"])), weak=False, dispatch_uid="t"
    )
    try:
        user = make_staff("lain", is_superuser=True)
        made = copy_course(course=tree.course, title="Lagi", slug="lagi", year=2028, user=user)
    finally:
        course_copied.disconnect(dispatch_uid="t")
    assert heard == [(tree.course, made)]


def test_what_to_look_over_names_old_years_with_their_place_and_every_rule(copy: CoursePage) -> None:
    found = [(left.page.pk, left.finding.place) for left in years_left(copy)]
    assert found == [(lessons_of(copy)[0].pk, 1)]
    rules = legal_bases_to_check(copy)
    assert {rule.page.pk for rule in rules} == {lesson.pk for lesson in lessons_of(copy)}
    assert {rule.basis.citation for rule in rules} == {"UU 6/2014 Ps 80"}


def test_looking_over_asks_no_more_for_more_lessons(copy: CoursePage) -> None:
    counts = []
    for slug in ("lagi", "lagi-lagi"):
        with CaptureQueriesContext(connection) as queries:
            years_left(copy)
            legal_bases_to_check(copy)
        counts.append(len(queries))
        lesson = lessons_of(copy)[-1]
        lesson.copy(update_attrs={"slug": slug, "title": "Lagi"}, copy_revisions=False)
    assert counts[0] == counts[1]
