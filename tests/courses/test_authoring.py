"""Beside Wagtail's own pages: the meter, advice when something is sent on, copies, teams, previews."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from courses.domain import set_team
from courses.models import CoursePage, GlossaryTerm, LessonPage
from tests.courses.authors import Teams, client_for, form_of, make_teams, said
from tests.factories import make_course
from tests.security.crawler import body_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def teams() -> Teams:
    return make_teams()


def text_of(response: Any) -> str:
    return body_of(response).decode()


def meter(teams: Teams, data: dict[str, Any], page: Page | None = None, user: Any = None) -> Any:
    address = reverse("course_admin:size", args=[(page or teams.lesson).pk])
    return client_for(user or teams.author).post(address, data)


def test_the_meter_counts_what_is_being_typed(teams: Teams) -> None:
    told = meter(teams, form_of(teams.lesson, text="Warga menulis usul. " * 250)).json()
    assert "750" in told["line"]
    assert "cs-much" in told["line"]
    assert len(told["full"]) > len(told["line"])


def test_the_meter_counts_a_lesson_that_is_not_saved_yet(teams: Teams) -> None:
    response = meter(teams, form_of(teams.lesson, text="Tiga kata saja."), page=teams.lesson.get_parent())
    assert ">3 " in response.json()["line"].replace("&nbsp;", " ")


def test_the_meter_writes_nothing_and_takes_only_the_form_of_a_lesson(teams: Teams) -> None:
    client, form = client_for(teams.author), form_of(teams.lesson)
    with CaptureQueriesContext(connection) as queries:
        client.post(reverse("course_admin:size", args=[teams.lesson.pk]), form)
    written = [query["sql"] for query in queries if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert [sql for sql in written if "session" not in sql] == []
    for data in ({}, {"body-count": "x"}, {"body-count": "1", "body-0-type": "table"}, {"body-count": "-3"}):
        assert meter(teams, data).status_code in (200, 400)
    assert meter(teams, form_of(teams.lesson), user=teams.stranger).status_code == 302
    assert (
        client_for(teams.author).get(reverse("course_admin:size", args=[teams.lesson.pk])).status_code == 405
    )


def test_the_editor_tells_the_last_numbers_without_javascript(teams: Teams) -> None:
    editor = text_of(client_for(teams.author).get(reverse("wagtailadmin_pages:edit", args=[teams.lesson.pk])))
    assert 'data-lesson-size="line"' in editor
    assert 'data-lesson-size="full"' in editor
    assert reverse("course_admin:size", args=[teams.lesson.pk]) in editor
    module = teams.lesson.get_parent().pk
    add = reverse("wagtailadmin_pages:add", args=["courses", "lessonpage", module])
    assert reverse("course_admin:size", args=[module]) in text_of(client_for(teams.author).get(add))


@pytest.mark.parametrize(("button", "advised"), [("action-submit", True), ("", False)])
def test_who_sends_a_lesson_on_is_told_what_to_look_at_and_loses_nothing(
    teams: Teams, button: str, advised: bool
) -> None:
    edit = reverse("wagtailadmin_pages:edit", args=[teams.lesson.pk])
    client = client_for(teams.author)
    posted = {
        **form_of(teams.lesson),
        **nested_form_data(
            {"body": streamfield([("note", {"title": "Sepotong", "text": rich_text("<p>Isi.</p>")})])}
        ),
        **({button: "1"} if button else {}),
    }
    told = " ".join(str(message) for message in client.post(edit, posted, follow=True).context["messages"])
    stored = LessonPage.objects.get(pk=teams.lesson.pk).get_latest_revision_as_object()
    assert "Sepotong" in str(stored.body)
    advice = said("There is nothing to talk about in the hamlet. Add the box with a question.")
    assert (advice in told) is advised


def test_pages_are_previewed_on_a_phone_first_and_on_paper(teams: Teams) -> None:
    assert LessonPage.preview_sizes[0]["device_width"] == 360
    client = client_for(teams.author)
    preview = reverse("wagtailadmin_pages:preview_on_edit", args=[teams.lesson.pk])
    assert client.post(preview, form_of(teams.lesson)).json()["is_valid"]
    phone = client.get(preview, {"mode": "", "in_preview_panel": "true"})
    paper = client.get(preview, {"mode": "print"})
    assert phone.status_code == paper.status_code == 200
    assert "courses/paper" not in text_of(phone)
    assert "courses/paper" in text_of(paper)
    assert "wagtail-userbar" in text_of(phone)
    assert "wagtail-userbar" not in text_of(paper)


def test_a_lesson_is_previewed_as_the_guide_that_its_facilitator_will_read(teams: Teams) -> None:
    client = client_for(teams.author)
    preview = reverse("wagtailadmin_pages:preview_on_edit", args=[teams.lesson.pk])
    typed = form_of(teams.lesson, text="Isi pelajaran.", guide_materials="Tali dan jagung")
    assert client.post(preview, typed).json()["is_valid"]
    guide = text_of(client.get(preview, {"mode": "guide", "in_preview_panel": "true"}))
    assert "courses/guide" in guide
    assert "Tali dan jagung" in guide
    assert "Isi pelajaran." not in guide
    assert "wagtail-userbar" in guide
    assert "Tali dan jagung" not in text_of(client.get(preview, {"mode": ""}))
    assert "guide" not in dict(CoursePage.preview_modes)


def test_a_course_is_copied_from_its_page(teams: Teams) -> None:
    CoursePage.objects.filter(pk=teams.course.pk).update(year=2026, title="Kader 2026")
    client = client_for(teams.author)
    copy = reverse("course_admin:copy", args=[teams.course.pk])
    below = text_of(client.get(reverse("wagtailadmin_explore", args=[teams.course.pk])))
    [link] = BeautifulSoup(below, "html.parser").select(f'a[href="{copy}"]')
    assert "w-header-button" not in link.get("class", []), "in the dark menu such a button cannot be read"
    form = client.get(copy).context["form"]
    assert form.initial == {"title": "Kader 2027", "year": 2027, "slug": "kader-2027"}
    response = client.post(copy, form.initial, follow=True)
    made = CoursePage.objects.get(slug="kader-2027")
    assert response.redirect_chain[-1][0] == reverse("course_admin:look_over", args=[made.pk])
    again = client.post(copy, form.initial)
    assert again.status_code == 200
    assert "slug" in again.context["form"].errors


def test_bad_input_of_a_copy_is_told_and_makes_nothing(teams: Teams) -> None:
    before = Page.objects.count()
    copy = reverse("course_admin:copy", args=[teams.course.pk])
    for data in (
        {},
        {"title": "", "year": "x", "slug": "ä ö"},
        {"title": "A" * 300, "year": "1", "slug": "a"},
    ):
        response = client_for(teams.author).post(copy, data)
        assert response.status_code == 200
        assert response.context["form"].errors
    assert Page.objects.count() == before


def test_the_pages_of_authors_name_themselves_and_people(teams: Teams) -> None:
    teams.author.first_name, teams.author.last_name = "Maria", "Bere"
    teams.author.save()
    client = client_for(teams.organiser)
    shown = BeautifulSoup(text_of(client.get(reverse("course_admin:teams"))), "html.parser")
    assert said("Authors of courses") in shown.select_one("header").get_text()
    offered = text_of(client.get(reverse("course_admin:team", args=[teams.course.pk])))
    assert "Maria Bere" in offered
    assert "asing" in offered, "who has no name is called by the account"


def test_the_words_of_the_glossary_stand_in_the_menu_of_who_keeps_them(teams: Teams) -> None:
    menu = text_of(client_for(teams.reader).get(reverse("wagtailadmin_home")))
    assert reverse(GlossaryTerm.snippet_viewset.get_url_name("list")) in menu
    assert f'"{reverse("wagtailsnippets:index")}"' not in menu


def test_the_list_of_authors_asks_no_more_for_more_courses(teams: Teams) -> None:
    client, counts = client_for(teams.organiser), []
    for number in (3, 5):
        while CoursePage.objects.count() < number:
            set_team(course=make_course(f"tambahan-{CoursePage.objects.count()}"), users=[teams.author])
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse("course_admin:teams")).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_what_to_look_over_opens_for_who_writes_and_who_reads(teams: Teams) -> None:
    CoursePage.objects.filter(pk=teams.course.pk).update(year=2027)
    look = reverse("course_admin:look_over", args=[teams.course.pk])
    for person, status in ((teams.author, 200), (teams.reader, 200), (teams.stranger, 302)):
        assert client_for(person).get(look).status_code == status


def test_the_command_makes_roles_twice_without_a_change(teams: Teams) -> None:
    call_command("setup_roles", verbosity=0)
    assert teams.course.get_workflow() is not None
