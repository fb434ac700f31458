"""Lessons about changed rules stand in a course that nobody takes: offered nowhere, its lessons found."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from courses.enums import CourseKind
from courses.models import CoursePage, LessonPage, ModulePage
from tests.courses.trees import Tree, blocks, make_tree
from tests.factories import CohortFactory, EnrolmentFactory
from tests.helpers import sign_in_as

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree() -> Tree:
    """Its course holds lessons about changed rules."""
    tree = make_tree()
    for course in CoursePage.objects.filter(translation_key=tree.course.translation_key):
        course.kind = CourseKind.UPDATES
        course.save()
    for module in ModulePage.objects.all():
        module.save()
    tree.lesson.body = blocks([{"type": "paragraph", "value": "<p>Mulailah dari musyawarah kenari.</p>"}])
    tree.lesson.save()
    return tree


def page(client: Client, address: str, *, status: int = 200) -> BeautifulSoup:
    response = client.get(address)
    assert response.status_code == status
    return BeautifulSoup(response.content, "html.parser")


def found(client: Client, query: str) -> list[str]:
    return [row.get_text(" ", strip=True) for row in page(client, f"/cari/?q={query}").select(".bb-found li")]


def test_nobody_finds_it_as_a_course_or_a_module(tree: Tree) -> None:
    assert found(Client(), "mengapa") == []
    assert found(Client(), "membaca") == []
    CoursePage.objects.filter(pk=tree.course.pk).update(kind=CourseKind.TRAINING)
    assert len(found(Client(), "mengapa")) == 1
    assert len(found(Client(), "membaca")) == 2


def test_the_front_page_does_not_list_it(tree: Tree) -> None:
    front = tree.home.url
    assert tree.course.title not in page(Client(), front).find("main").get_text()
    CoursePage.objects.filter(pk=tree.course.pk).update(kind=CourseKind.TRAINING)
    assert tree.course.title in page(Client(), front).find("main").get_text()


def test_its_page_says_how_one_gets_the_lessons(tree: Tree) -> None:
    said = "people who learned the old rule"
    assert said in page(Client(), tree.english.url).get_text()
    CoursePage.objects.update(kind=CourseKind.TRAINING)
    assert said not in page(Client(), tree.english.url).get_text()


def test_who_was_not_given_the_lesson_reads_whom_it_is_for(tree: Tree) -> None:
    client = Client()
    sign_in_as(client, EnrolmentFactory(cohort=CohortFactory(pretest_first=False)).participant)
    for reader in (client, Client()):
        [row] = found(reader, "kenari")
        assert "Mulailah" not in row
    english = LessonPage.objects.get(translation_key=tree.lesson.translation_key, locale__language_code="en")
    refusal = page(client, english.url, status=403).find("main").get_text(" ", strip=True)
    assert "people who learned the old rule" in refusal
    assert "not enrolled" not in refusal
