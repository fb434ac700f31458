"""News of trainings: what a draft begins with, what everybody sees, and what is gone at once."""

import datetime
import json
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from home.domain.news import draft_news
from home.models import NewsIndexPage, NewsPicture, OrganisationNewsPage, TrainingNewsPage
from home.news_form import MOST_PICTURE_BYTES, PUBLISH, REFRESH
from lms.cohorts.domain.consents import Agreement, choose_note, give_consent, withdraw_consent
from lms.cohorts.models import Cohort
from tests.factories import CohortFactory, EnrolmentFactory, ExperienceNoteFactory, make_staff
from tests.home.making import make_picture

pytestmark = pytest.mark.django_db


def sent(client: Client, address: str) -> bytes:
    response: Any = client.get(address)
    assert response.status_code == 200
    return b"".join(response.streaming_content)


def publish(page: TrainingNewsPage, **values: Any) -> TrainingNewsPage:
    for name, value in values.items():
        setattr(page, name, value)
    page.save_revision().publish()
    return TrainingNewsPage.objects.get(pk=page.pk)


def seen(page: Page, client: Client | None = None) -> str:
    response = (client or Client()).get(page.url)
    assert response.status_code == 200
    return str(response.content.decode())


def posted(page: TrainingNewsPage, **fields: Any) -> dict[str, Any]:
    """What the editor's form sends of a page without blocks."""
    return {
        "title": page.title,
        "slug": page.slug,
        "theme": page.theme,
        "place": page.place,
        "starts_on": page.starts_on.isoformat(),
        "ends_on": page.ends_on.isoformat(),
        "lead": page.lead,
        "body-count": "0",
        "show_notes": "on",
        "editor": "",
        "documentation": "",
        "thanks": "",
        "seo_title": "",
        "search_description": "",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        **fields,
    }


def problem_of(answer: Any) -> str:
    """What the editor is told about the text: it is drawn by a script, from data of the field."""
    field = BeautifulSoup(answer.content, "html.parser").find(attrs={"data-controller": "w-block"})
    return str(json.loads(field["data-w-block-arguments-value"])[1:])


def with_picture(picture: NewsPicture) -> dict[str, str]:
    return {
        "body-count": "1",
        "body-0-deleted": "",
        "body-0-order": "0",
        "body-0-type": "picture",
        "body-0-id": "",
        "body-0-value-picture": str(picture.pk),
        "body-0-value-caption": "Pagi hari",
    }


def test_one_button_makes_a_draft_with_what_the_training_says(organiser: Client, cohort: Cohort) -> None:
    EnrolmentFactory.create_batch(6, cohort=cohort)
    address = reverse("training_news", args=[cohort.pk])
    assert organiser.get(address).status_code == 200
    answer = organiser.post(address)
    page = TrainingNewsPage.objects.get(alias_of__isnull=True)
    assert answer["Location"] == reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert (page.title, page.starts_on, page.cohort, page.live) == (
        cohort.title,
        cohort.starts_on,
        cohort,
        False,
    )
    assert page.figures["present"] == 6
    assert organiser.get(answer["Location"]).status_code == 200
    assert Client().get(page.url).status_code == 404
    assert "draf" in organiser.get(address).content.decode().lower()


def test_a_site_without_a_page_for_news_says_so(organiser: Client, cohort: Cohort) -> None:
    NewsIndexPage.objects.all().delete()
    answer = organiser.post(reverse("training_news", args=[cohort.pk]), follow=True)
    assert answer.status_code == 200
    assert not TrainingNewsPage.objects.exists()


def test_a_published_page_is_listed_in_both_languages(draft: TrainingNewsPage, index: NewsIndexPage) -> None:
    page = publish(draft)
    assert page.title in seen(page)
    assert page.title in seen(index)
    english = TrainingNewsPage.objects.get(locale__language_code="en")
    assert page.title in seen(english)
    assert page.title in Client().get("/en/berita/").content.decode()
    assert page.title in Client().get("/").content.decode()


def test_a_picture_is_seen_only_while_everybody_agrees(draft: TrainingNewsPage, cohort: Cohort) -> None:
    picture = make_picture(cohort)
    page = publish(
        draft,
        body=[
            ("picture", {"picture": picture, "caption": "Pagi"}),
            ("gallery", {"pictures": [{"picture": picture, "caption": ""}]}),
        ],
    )
    soup = BeautifulSoup(seen(page), "html.parser")
    images = soup.select("article img")
    assert [image["src"] for image in images] == [picture.large_url, picture.small_url]
    assert all(image["alt"] == picture.alt and image["loading"] == "lazy" for image in images)
    assert all(image["width"] and image["height"] for image in images)
    assert soup.find("meta", property="og:image")["content"].endswith(picture.large_url)
    assert len(sent(Client(), picture.large_url)) == picture.large_bytes
    kept: Any = Client().get(picture.large_url)
    assert b"".join(kept.streaming_content)
    assert kept["Cache-Control"] == "public, no-cache"
    again = Client().get(picture.large_url, headers={"if-none-match": kept["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    NewsPicture.objects.update(everybody_agreed=False)
    soup = BeautifulSoup(seen(page), "html.parser")
    assert not soup.select("article img")
    assert soup.find("meta", property="og:image") is None
    assert Client().get(picture.large_url).status_code == 404


def test_a_quote_is_seen_only_with_permission(draft: TrainingNewsPage) -> None:
    quote = {"text": "Kami didengar 5512.", "speaker": "Ketua BPD", "permitted": False}
    assert "5512" not in seen(publish(draft, body=[("quote", quote)]))
    assert "5512" in seen(publish(draft, body=[("quote", {**quote, "permitted": True})]))


def test_a_chosen_note_is_gone_the_moment_the_consent_is(draft: TrainingNewsPage, cohort: Cohort) -> None:
    note = ExperienceNoteFactory(cohort=cohort, author=EnrolmentFactory(cohort=cohort), text="Kisah 2231")
    user = make_staff("saksi")
    give_consent(note=note, agreement=Agreement("id", "Kader Liu"), user=user)
    page = publish(draft)
    assert "2231" not in seen(page)
    choose_note(note=note, chosen=True, user=user)
    assert "2231" in seen(page)
    assert "Kader Liu" in seen(page)
    withdraw_consent(note=note, user=None)
    assert "2231" not in seen(page)
    assert "2231" not in seen(TrainingNewsPage.objects.get(locale__language_code="en"))


def test_publishing_is_refused_with_pictures_that_not_everybody_agreed_to(
    organiser: Client, draft: TrainingNewsPage, cohort: Cohort
) -> None:
    picture = make_picture(cohort, agreed=False)
    address = reverse("wagtailadmin_pages:edit", args=[draft.pk])
    answer = organiser.post(address, posted(draft, **with_picture(picture), **{PUBLISH: "1"}))
    assert answer.status_code == 200
    assert picture.alt in problem_of(answer)
    assert not TrainingNewsPage.objects.get(pk=draft.pk).live
    assert organiser.post(address, posted(draft, **with_picture(picture))).status_code == 302
    NewsPicture.objects.update(everybody_agreed=True, agreed_at=timezone.now())
    answer = organiser.post(address, posted(draft, **with_picture(picture), **{PUBLISH: "1"}))
    assert answer.status_code == 302
    page = TrainingNewsPage.objects.get(pk=draft.pk)
    assert page.live
    assert page.body[0].value["picture"] == picture


def test_pictures_that_weigh_too_much_are_told_with_their_weight(
    organiser: Client, draft: TrainingNewsPage, cohort: Cohort
) -> None:
    picture = make_picture(cohort)
    NewsPicture.objects.update(large_bytes=MOST_PICTURE_BYTES + 1)
    address = reverse("wagtailadmin_pages:edit", args=[draft.pk])
    answer = organiser.post(address, posted(draft, **with_picture(picture), **{PUBLISH: "1"}))
    assert "71" in problem_of(answer)
    assert not TrainingNewsPage.objects.get(pk=draft.pk).live


def test_numbers_stay_until_somebody_refreshes_them(
    organiser: Client, draft: TrainingNewsPage, cohort: Cohort
) -> None:
    EnrolmentFactory.create_batch(7, cohort=cohort)
    address = reverse("wagtailadmin_pages:edit", args=[draft.pk])
    organiser.post(address, posted(draft, **{PUBLISH: "1"}))
    assert TrainingNewsPage.objects.get(pk=draft.pk).figures["present"] is None
    organiser.post(address, posted(draft, **{REFRESH: "1"}))
    page = TrainingNewsPage.objects.get(pk=draft.pk)
    assert page.figures["present"] is None, "a draft changes nothing that is published"
    assert page.get_latest_revision_as_object().figures["present"] == 7
    organiser.post(address, posted(draft, **{PUBLISH: "1"}))
    assert TrainingNewsPage.objects.get(pk=draft.pk).figures["present"] == 7


def test_results_are_told_only_if_the_organiser_ticks_it(organiser: Client, draft: TrainingNewsPage) -> None:
    address = reverse("wagtailadmin_pages:edit", args=[draft.pk])
    organiser.post(address, posted(draft, **{PUBLISH: "1"}))
    page = TrainingNewsPage.objects.get(pk=draft.pk)
    assert "matched" not in page.figures
    organiser.post(address, posted(draft, show_results="on", **{PUBLISH: "1"}))
    page = TrainingNewsPage.objects.get(pk=draft.pk)
    assert page.figures["with_results"] is True
    assert 'id="learned"' in seen(page)


def test_a_simulated_training_says_so_on_the_page(draft: TrainingNewsPage) -> None:
    page = publish(draft)
    assert "bb-simulated" not in seen(page)
    Cohort.objects.update(is_simulated=True)
    assert "bb-simulated" in seen(page)


def test_a_page_carries_words_for_who_links_to_it_and_nothing_of_others(draft: TrainingNewsPage) -> None:
    page = publish(draft, lead="Warga belajar bersama.")
    soup = BeautifulSoup(seen(page), "html.parser")
    assert soup.find("meta", attrs={"name": "description"})["content"] == "Warga belajar bersama."
    assert soup.find("meta", property="og:title")["content"] == page.title
    assert all(script["src"].startswith("/static/") for script in soup.find_all("script"))
    assert soup.find("form") is None
    assert [tag.name for tag in soup.select("main h1")] == ["h1"]


@pytest.mark.parametrize("number", [1, 3])
def test_the_pages_ask_the_same_number_of_queries(
    index: NewsIndexPage, cohort: Cohort, organiser: Client, number: int, query_count: Any
) -> None:
    user = organiser.user  # type: ignore[attr-defined]
    pages = []
    for each in range(number):
        training = CohortFactory(organisation=cohort.organisation)
        page = draft_news(cohort=training, user=user)
        pictures = [make_picture(training, alt=f"Gambar {each} {place}") for place in range(number)]
        gallery = [{"picture": picture, "caption": ""} for picture in pictures]
        for _place in range(number):
            note = ExperienceNoteFactory(cohort=training, author=EnrolmentFactory(cohort=training))
            give_consent(note=note, agreement=Agreement("id"), user=user)
            choose_note(note=note, chosen=True, user=user)
        pages.append(publish(page, body=[("gallery", {"pictures": gallery})]))
    client = Client()
    for address, most in (("/berita/", 12), ("/", 11), (pages[0].url, 18)):
        client.get(address)
        with query_count(most):
            assert client.get(address).status_code == 200


def test_older_news_is_on_the_next_page(index: NewsIndexPage, cohort: Cohort) -> None:
    user = make_staff("penulis")
    first = draft_news(cohort=cohort, user=user)
    for day in range(1, 12):
        page = TrainingNewsPage(
            cohort=cohort,
            title=f"Kabar {day}",
            slug=f"kabar-{day}",
            starts_on=datetime.date(2026, 6, day),
            ends_on=datetime.date(2026, 6, day),
        )
        OrganisationNewsPage.objects.get(pk=first.get_parent().pk).add_child(instance=page)
    soup = BeautifulSoup(Client().get("/berita/").content, "html.parser")
    titles = [link.get_text() for link in soup.select(".bb-news h2")]
    assert titles == [f"Kabar {day}" for day in range(11, 1, -1)]
    older = Client().get(f"/berita/{soup.find('a', rel='next')['href']}").content.decode()
    assert "Kabar 1<" in older
    assert Client().get("/berita/?halaman=bukan").status_code == 200
