"""The search: what it finds for whom, what it never tells, and that any text gets a kind answer."""

import re
from typing import Any
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from wagtail.models import Page, PageViewRestriction

from courses import registry
from courses.blocks.searched import NOT_READ, READ
from courses.enums import CourseOrder
from courses.models import CoursePage, GlossaryPage, GlossaryTerm, LessonPage, ModulePage
from courses.registry import Found, Reader, Result, register_search_source, search_sources
from courses.words import Part, words_of
from lms.portal.search import LONGEST, PER_PAGE
from tests.courses.trees import Tree, blocks, make_tree
from tests.factories import CohortFactory, EnrolmentFactory, make_staff
from tests.helpers import sign_in_as
from tests.security.canaries import plant

pytestmark = pytest.mark.django_db


def ask(query: str, client: Client | None = None, *, path: str = "/cari/", **more: Any) -> BeautifulSoup:
    response = (client or Client()).get(f"{path}?{urlencode({'q': query, **more})}")
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def titles(soup: BeautifulSoup) -> list[str]:
    return [link.get_text() for link in soup.select(".bb-found .bb-row-link")]


def kinds(soup: BeautifulSoup) -> list[str]:
    return [heading.get_text(" ", strip=True) for heading in soup.select("main section h2")]


def reader_of(course: CoursePage, **fields: Any) -> Client:
    client = Client()
    sign_in_as(client, EnrolmentFactory(cohort=CohortFactory(course=course, **fields)).participant)
    return client


def write(lesson: LessonPage, *texts: str) -> LessonPage:
    lesson.body = blocks([{"type": "paragraph", "value": f"<p>{text}</p>"} for text in texts])
    lesson.save()
    return lesson


@pytest.fixture
def tree() -> Tree:
    return make_tree()


def test_a_participant_finds_the_place_in_a_lesson(tree: Tree) -> None:
    write(tree.lesson, "Mulailah dari <b>musyawarah</b> dusun.", "Lain.")
    soup = ask("Dusun MUSYAWARAH", reader_of(tree.course, pretest_first=False))
    assert titles(soup) == ["Pelajaran 1.1"]
    found = soup.select_one(".bb-found li")
    assert found.select_one("a")["href"] == tree.lesson.url
    assert [mark.get_text() for mark in found.select("mark")] == ["musyawarah", "dusun"]
    assert "Mulailah dari musyawarah dusun." in found.get_text()
    assert "Modul 1" in found.get_text()
    assert len(kinds(soup)) == 1


def test_a_visitor_is_told_the_title_of_a_lesson_and_nothing_of_its_text(tree: Tree) -> None:
    write(tree.lesson, "Mulailah dari musyawarah kenari.")
    soup = ask("kenari musyawarah")
    assert titles(soup) == ["Pelajaran 1.1"]
    assert "Mulailah" not in soup.get_text()
    assert len(soup.select(".bb-found p")) == 1, "the module, and when it opens"
    assert " · " in soup.select_one(".bb-found p").get_text()


@pytest.mark.parametrize("state", ["before the pre-test", "in another training", "nowhere", "in order"])
def test_a_lesson_that_is_closed_shows_its_title_only(tree: Tree, state: str) -> None:
    write(tree.lesson, "Mulailah dari musyawarah kenari.")
    if state == "before the pre-test":
        client = reader_of(tree.course, pretest_first=True)
    elif state == "in order":
        CoursePage.objects.filter(pk=tree.course.pk).update(order=CourseOrder.SEQUENTIAL)
        write(tree.untranslated, "Mulailah dari musyawarah beringin.")
        client = reader_of(CoursePage.objects.get(pk=tree.course.pk), pretest_first=False)
        assert "Mulailah" in ask("kenari", client).get_text(), "the first lesson is open"
        assert "Mulailah" not in ask("beringin", client).get_text()
        assert titles(ask("beringin", client)) == ["Pelajaran 1.2"]
        return
    elif state == "in another training":
        client = reader_of(CohortFactory().course, pretest_first=False)
    else:
        client = reader_of(tree.course, state="rencana", pretest_first=False)
    soup = ask("kenari", client)
    assert titles(soup) == ["Pelajaran 1.1"]
    assert "Mulailah" not in soup.get_text()
    assert " · " in soup.select_one(".bb-found p").get_text()
    # The gate says the same.
    answer = client.get(tree.lesson.url)
    assert "Mulailah" not in answer.content.decode()


def test_staff_who_may_read_lessons_see_the_place(tree: Tree) -> None:
    write(tree.lesson, "Mulailah dari musyawarah kenari.")
    client = Client()
    client.force_login(make_staff(), backend="django.contrib.auth.backends.ModelBackend")
    assert "Mulailah" in ask("kenari", client).get_text()


def test_a_lesson_of_a_second_training_is_open_too(tree: Tree) -> None:
    write(tree.lesson, "Mulailah dari musyawarah kenari.")
    first = EnrolmentFactory(cohort=CohortFactory(course=tree.course, pretest_first=False))
    EnrolmentFactory(cohort=CohortFactory(pretest_first=False), participant=first.participant)
    client = Client()
    sign_in_as(client, first.participant)
    assert "Mulailah" in ask("kenari", client).get_text()


def test_modules_and_courses_are_found_by_everybody_by_what_they_say(tree: Tree) -> None:
    ModulePage.objects.get(code="M1", locale__language_code="id").save()
    CoursePage.objects.get(pk=tree.course.pk).save()
    assert sorted(titles(ask("membaca"))) == ["Modul 1", "Modul 2"]
    assert titles(ask("mengapa")) == ["Kursus desa"]


def test_what_is_not_published_is_not_found(tree: Tree) -> None:
    write(tree.lesson, "Mulailah dari musyawarah kenari.")
    tree.lesson.unpublish()
    assert titles(ask("kenari")) == []
    draft = LessonPage.objects.get(pk=tree.untranslated.pk)
    draft.body = blocks([{"type": "paragraph", "value": "<p>Rahasia beringin.</p>"}])
    draft.save_revision()
    assert titles(ask("beringin")) == []


def test_english_readers_find_english_pages_and_indonesian_text_that_stands_in(tree: Tree) -> None:
    english = LessonPage.objects.get(locale__language_code="en", translation_key=tree.lesson.translation_key)
    write(english, "Begin with the walnut meeting.")
    write(tree.lesson, "Mulailah dari kenari.")
    write(tree.untranslated, "Hanya kenari di sini.")
    client = reader_of(tree.course, pretest_first=False)
    soup = ask("walnut", client, path="/en/cari/")
    assert titles(soup) == ["Lesson 1.1"]
    # The Indonesian text of the first lesson is not what an English reader gets; that of the second is.
    soup = ask("kenari", client, path="/en/cari/")
    assert titles(soup) == ["Lesson 1.2"]
    assert soup.select_one(".bb-found p")["lang"] == "id"
    assert soup.select_one(".bb-found a")["href"].startswith("/en/")
    assert titles(ask("walnut", client)) == []


def test_when_no_page_holds_all_words_those_that_hold_some_are_shown(tree: Tree) -> None:
    write(tree.lesson, "Mulailah dari kenari.")
    write(tree.untranslated, "Lalu beringin.")
    soup = ask("kenari beringin", reader_of(tree.course, pretest_first=False))
    assert sorted(titles(soup)) == ["Pelajaran 1.1", "Pelajaran 1.2"]
    both = soup.select_one("main p[role=status]").get_text()
    assert len(both) > len(ask("kenari").select_one("main p[role=status]").get_text()) + 20, "it says so"
    assert titles(ask("kenari jagung")) == ["Pelajaran 1.1"]


def test_a_title_weighs_more_than_a_word_in_a_text(tree: Tree) -> None:
    for lesson in LessonPage.objects.filter(locale__language_code="id"):
        write(lesson, "Ada kenari di antara banyak kata lain di dalam pelajaran ini tentang desa.")
    named = LessonPage.objects.get(code="M2.2", locale__language_code="id")
    named.title = "Kenari"
    named.save()
    assert titles(ask("kenari"))[0] == "Kenari"


def test_a_word_is_found_with_its_meaning_in_the_language_of_the_reader(tree: Tree) -> None:
    GlossaryTerm.objects.create(
        slug="rkp-desa",
        term="RKP Desa",
        expansion="Rencana Kerja Pemerintah Desa",
        meaning="Rencana kenari satu tahun.",
        term_en="annual plan",
        meaning_en="The walnut plan of one year.",
    )
    assert titles(ask("kenari")) == [], "no page that it could stand on"
    for root in (tree.home, tree.english.get_parent()):
        parent = Page.objects.get(pk=root.pk)
        parent.add_child(instance=GlossaryPage(title="Istilah", slug="istilah", locale=parent.locale))
    soup = ask("kenari")
    assert titles(soup) == ["RKP Desa"]
    assert soup.select_one(".bb-found a")["href"] == "/istilah/#rkp-desa"
    assert "Rencana kenari satu tahun." in soup.get_text()
    english = ask("rkp walnut", path="/en/cari/")
    assert "The walnut plan of one year." in english.get_text()
    assert english.select_one(".bb-found a")["href"] == "/en/istilah/#rkp-desa"


# What nobody finds


def test_each_kind_of_block_is_decided_on() -> None:
    body: Any = LessonPage._meta.get_field("body")
    names = set(body.stream_block.child_blocks)
    assert names - READ - NOT_READ == set(), "say in courses/blocks/searched.py whether the search reads it"
    assert not READ & NOT_READ


def test_words_for_facilitators_and_keys_are_found_by_nobody(tree: Tree) -> None:
    """Boxes for facilitators, the guide and all that belongs to a question: not even that they are there."""
    question = plant("single", "K")
    lesson = tree.lesson
    lesson.body = blocks(
        [
            {"type": "paragraph", "value": "<p>Isi biasa.</p>"},
            {"type": "facilitator", "value": {"text": "<p>RAHASIAKENARI</p>"}},
            {"type": "practice", "value": question.code},
        ]
    )
    guide: Any = LessonPage._meta.get_field("guide")
    part = {"type": "script", "value": {"text": "<p>NASKAHKENARI</p>"}}
    step = {"title": "LANGKAHKENARI", "minutes": 5, "parts": [part]}
    lesson.guide = guide.stream_block.to_python([{"type": "step", "value": step}])
    lesson.guide_materials, lesson.guide_preparation = "TALIKENARI", "SIAPKENARI"
    lesson.save()
    hidden = ["RAHASIAKENARI", "NASKAHKENARI", "LANGKAHKENARI", "TALIKENARI", "SIAPKENARI"]
    hidden += {word for value in vars(question).values() for word in words_of(str(value)) if "kenari" in word}
    staff = Client()
    staff.force_login(make_staff(), backend="django.contrib.auth.backends.ModelBackend")
    for client in (Client(), reader_of(tree.course, pretest_first=False), staff):
        assert [canary for canary in hidden if titles(ask(canary, client))] == []
        soup = ask("biasa", client)
        assert titles(soup) == ["Pelajaran 1.1"]
        assert "KENARI" not in soup.get_text()


def test_a_kind_of_block_that_nobody_has_decided_on_is_not_read(tree: Tree, monkeypatch: Any) -> None:
    monkeypatch.setattr("courses.blocks.searched.READ", READ - {"note"})
    note = {"type": "note", "value": {"title": "", "text": "<p>Ada kenari.</p>"}}
    tree.lesson.body = blocks([note])
    tree.lesson.save()
    assert titles(ask("kenari", reader_of(tree.course, pretest_first=False))) == []


def test_only_what_is_meant_to_be_read_goes_into_the_index(tree: Tree) -> None:
    """Whatever fields a lesson gets later (a guide, a citation), the index holds these and no other."""
    indexed = {field.field_name for field in LessonPage.get_searchable_search_fields()}
    assert indexed == {"title", "search_text"}
    assert {field.field_name for field in LessonPage.get_autocomplete_search_fields()} == {"title"}


# Any text


@pytest.mark.parametrize("query", ["", "   ", "a", "?!…", "\x00", "%", "'", '"', "\\", "a" * 600])
def test_an_empty_or_odd_query_gets_a_kind_sentence(query: str, tree: Tree) -> None:
    soup = ask(query)
    assert titles(soup) == []
    assert len(soup.select_one("main").get_text(" ", strip=True).split()) > 5


@pytest.mark.parametrize(
    "query",
    ['desa" OR title:*', "NEAR(desa)", "desa AND", "-desa", "desa*", "title:desa", "%s desa", "desa\x00"],
)
def test_what_means_something_to_a_database_is_only_a_word_here(query: str, tree: Tree) -> None:
    write(tree.lesson, "Rapat di desa.")
    assert ask(query)


def test_a_long_query_is_not_looked_for(tree: Tree) -> None:
    with CaptureQueriesContext(connection) as long:
        ask("kenari " * 100)
    with CaptureQueriesContext(connection) as empty:
        ask("")
    assert len(long) == len(empty)
    assert ask("x" * LONGEST)


def test_the_query_is_shown_as_text_not_as_markup(tree: Tree) -> None:
    body = Client().get("/cari/", {"q": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert" not in body


@hypothesis_settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.text(max_size=60), number=st.text(max_size=8))
def test_no_text_breaks_the_page(query: str, number: str) -> None:
    response = Client().get("/cari/", {"q": query, "halaman": number})
    assert response.status_code == 200


# Size and cost


def many(course: CoursePage, lessons: int) -> None:
    module = ModulePage.objects.child_of(course).first()
    for number in range(lessons):
        module.add_child(
            instance=LessonPage(
                title=f"Tambahan {number}",
                slug=f"tambahan-{number}",
                code="M1.9",
                outcome_text="Peserta tahu.",
                body=blocks([{"type": "paragraph", "value": "<p>Tentang kenari di desa.</p>"}]),
            )
        )
        module = ModulePage.objects.get(pk=module.pk)


def test_results_come_in_pages_of_twenty(tree: Tree) -> None:
    many(tree.course, 23)
    first, second = ask("kenari"), ask("kenari", halaman=2)
    assert [len(titles(first)), len(titles(second))] == [PER_PAGE, 3]
    assert not set(titles(first)) & set(titles(second))
    assert "23" in kinds(first)[0]
    following = first.select_one("a[rel=next]")["href"]
    assert titles(BeautifulSoup(Client().get(f"/cari/{following}").content, "html.parser")) == titles(second)
    assert len(titles(ask("kenari", halaman="999"))) == 3
    assert len(titles(ask("kenari", halaman="x"))) == PER_PAGE


@pytest.mark.parametrize("path", ["/cari/", "/en/cari/"])
def test_one_result_costs_as_many_queries_as_many(tree: Tree, path: str) -> None:
    client = reader_of(tree.course, pretest_first=False)
    write(tree.untranslated, "Tentang kenari.")
    ask("kenari", client, path=path)
    with CaptureQueriesContext(connection) as one:
        assert len(titles(ask("kenari", client, path=path))) == 1
    many(tree.course, 8)
    for other in LessonPage.objects.filter(locale__language_code="id", code__in=["M1.2", "M2.2"]):
        write(other, "Tentang kenari.")
    ask("kenari", client, path=path)
    with CaptureQueriesContext(connection) as several:
        assert len(titles(ask("kenari", client, path=path))) > 1
    assert len(several) == len(one)


def test_a_full_page_of_results_is_light(tree: Tree) -> None:
    many(tree.course, 25)
    response = reader_of(tree.course, pretest_first=False).get(
        "/cari/", {"q": "kenari"}, headers={"accept-encoding": "gzip"}
    )
    assert len(response.content) < 6_000


# Where it is found


def test_the_field_stands_where_one_learns_and_in_no_test(tree: Tree) -> None:
    client = reader_of(tree.course, pretest_first=False)
    for address in (tree.course.url, "/beranda/", "/"):
        soup = BeautifulSoup(client.get(address).content, "html.parser")
        assert soup.select_one("form[role=search] input[name=q]")["maxlength"] == str(LONGEST)
        assert soup.select_one('footer a[href="/cari/"]')
        assert not soup.select("form[role=search] script")
    assert client.post("/cari/").status_code == 405


# Sources


def test_another_app_joins_by_registering() -> None:
    class Pebbles:
        code, label, order = "pebbles", "Kerikil", 99

        def find(self, words: Any, *, every: bool, language: str) -> list[Found]:
            return [Found("satu", "satu")] if "kerikil" in words else []

        def show(self, found: Any, words: Any, reader: Reader) -> list[Result]:
            return [Result([Part("Kerikil", marked=True)], "/kerikil/") for _each in found]

    register_search_source(Pebbles())
    try:
        soup = ask("kerikil")
        assert titles(soup) == ["Kerikil"]
        assert re.sub(r"\s", "", kinds(soup)[0]) == "Kerikil(1)"
        with pytest.raises(Exception, match="pebbles"):
            register_search_source(Pebbles())
    finally:
        del registry._sources["pebbles"]
    assert [source.order for source in search_sources()] == sorted(s.order for s in search_sources())


def test_a_page_behind_a_password_is_not_found(tree: Tree) -> None:
    write(tree.lesson, "Tentang kenari.")
    PageViewRestriction.objects.create(
        page=Page.objects.get(pk=tree.module.pk), restriction_type=PageViewRestriction.PASSWORD, password="x"
    )
    assert titles(ask("kenari")) == []


def test_a_number_of_a_rule_is_found_by_its_parts(tree: Tree) -> None:
    """PostgreSQL alone would take "16/2026" for a file, and "the" for a word that says nothing."""
    write(tree.lesson, "Dasarnya PP 16/2026 Ps 146, dalam bahasa Inggris: the planning of villages.")
    for query in ("2026", "pp 16/2026", "Ps 146", "the", "planning"):
        assert titles(ask(query)) == ["Pelajaran 1.1"], query
    assert titles(ask("plan")) == []
