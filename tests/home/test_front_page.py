"""The front page: made once, kept by people, three doors in both languages."""

from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from django.test import Client, RequestFactory
from django.urls import reverse
from wagtail.models import Page, Site

from courses.imports.pages import PageLoader
from courses.models import CoursePage
from home.models import HomePage
from home.receivers import make_front_pages

pytestmark = pytest.mark.django_db


def make() -> PageLoader:
    loader = PageLoader()
    make_front_pages(sender=None, loader=loader)
    return loader


def get(client: Client, address: str) -> BeautifulSoup:
    response = client.get(address)
    assert response.status_code == 200
    return BeautifulSoup(response.content.decode(), "html.parser")


def test_a_fresh_site_gets_a_front_page_in_both_languages(client: Client) -> None:
    make()
    root = Site.objects.get(is_default_site=True).root_page
    assert isinstance(root.specific, HomePage)
    assert root.locale.language_code == "id"
    assert not Page.objects.filter(title__startswith="Welcome to your new Wagtail site").exists()
    assert "merencanakan desanya" in get(client, "/").find("main").get_text()
    assert "plan their village" in get(client, "/en/").find("main").get_text()


def test_the_foot_leads_to_the_words_in_the_language_of_the_reader(client: Client) -> None:
    make()
    for front, words in (("/", "/istilah/"), ("/en/", "/en/glossary/")):
        assert get(client, front).select(f'footer a[href="{words}"]')


def test_making_it_again_changes_nothing() -> None:
    make()
    again = make().report
    assert not again.has_changes
    assert len(again.unchanged) == 8, "front page, news, library and halls, in two languages"
    assert HomePage.objects.count() == 2


def test_an_edited_front_page_stays() -> None:
    make()
    page = HomePage.objects.get(locale__language_code="id")
    page.lead = "Kalimat panitia."
    page.save_revision().publish()
    make()
    assert HomePage.objects.get(pk=page.pk).lead == "Kalimat panitia."


def test_pages_below_the_welcome_page_move_below_ours() -> None:
    welcome = Site.objects.get(is_default_site=True).root_page
    course = welcome.add_child(instance=CoursePage(title="Kursus", slug="kursus"))
    make()
    moved = CoursePage.objects.get(pk=course.pk)
    assert isinstance(moved.get_parent().specific, HomePage)
    assert Page.find_problems() == ([], [], [], [], [])


def test_a_site_with_a_front_page_of_its_own_keeps_it() -> None:
    site = Site.objects.get(is_default_site=True)
    own = Page.get_first_root_node().add_child(instance=CoursePage(title="Milik sendiri", slug="milik"))
    site.root_page = own
    site.save()
    make()
    site.refresh_from_db()
    assert site.root_page_id == own.pk
    assert not HomePage.objects.exists()


@pytest.mark.parametrize("address", ["/", "/en/"])
def test_three_doors_lead_to_where_each_works(client: Client, address: str) -> None:
    make()
    doors = get(client, address).select("a.bb-door")
    assert [door["href"] for door in doors][1:] == ["/admin/pages/", "/admin/"]
    assert len(doors) == 3
    assert all(door.strong.get_text() and door.span.get_text() for door in doors)


def test_a_signed_in_participant_is_led_on_and_not_to_the_sign_in(rf: RequestFactory) -> None:
    make()
    page = HomePage.objects.get(locale__language_code="id")
    request = rf.get("/")
    request.participant = SimpleNamespace(full_name="Warga 7")
    door = BeautifulSoup(page.serve(request).render().content, "html.parser").select_one("a.bb-door")
    assert door["href"] == reverse("portal:dashboard")


def test_the_front_page_lists_the_courses_of_its_language(client: Client) -> None:
    make()
    root = Site.objects.get(is_default_site=True).root_page
    root.add_child(instance=CoursePage(title="Kursus desa", slug="kursus", locale=root.locale))
    assert "Kursus desa" in get(client, "/").get_text()
    assert "Kursus desa" not in get(client, "/en/").get_text()


@pytest.mark.parametrize(("address", "other"), [("/", "/en/"), ("/en/", "/")])
def test_the_language_switch_changes_the_language(client: Client, address: str, other: str) -> None:
    make()
    assert get(client, address).select_one(".bb-lang a")["href"] == other


def test_headings_of_the_front_page_are_in_order(client: Client) -> None:
    make()
    soup = get(client, "/")
    assert [tag.name for tag in soup.find_all(["h1", "h2", "h3"])][:2] in (["h1"], ["h1", "h2"])
    assert not soup.select("[style], [onclick]")
