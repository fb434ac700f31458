"""Balai Rakyat: one page a village, in the hands of one organisation, showing only what is filled in."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from home.domain.halls import draft_hall
from home.domain.library import shelf_of
from home.domain.news import draft_news
from home.models import BalaiRakyatIndexPage, BalaiRakyatPage, HallOfficer
from home.news_form import PUBLISH
from lms.cohorts.models import Cohort
from lms.people.models import Organisation
from tests.factories import CohortFactory, OrganisationFactory, VillageFactory
from tests.home.making import make_picture
from tests.home.test_library import make_document

pytestmark = pytest.mark.django_db


@pytest.fixture
def hall(cohort: Cohort, organiser: Client) -> BalaiRakyatPage:
    return draft_hall(
        village=cohort.village,
        organisation=cohort.organisation,
        user=organiser.user,  # type: ignore[attr-defined]
    )


def publish(hall: BalaiRakyatPage, **values: Any) -> BalaiRakyatPage:
    for name, value in values.items():
        setattr(hall, name, value)
    hall.save_revision().publish()
    return BalaiRakyatPage.objects.get(pk=hall.pk)


def seen(page: Any, address: str = "") -> BeautifulSoup:
    response = Client().get(address or page.url)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def posted(hall: BalaiRakyatPage, **fields: Any) -> dict[str, Any]:
    names = ("decree", "address", "hours", "contact", "facilities", "services", "activities", "picture")
    return {
        "title": hall.title,
        "slug": hall.slug,
        **dict.fromkeys((*names, "decree_date", "seo_title", "search_description"), ""),
        "officers-TOTAL_FORMS": "0",
        "officers-INITIAL_FORMS": "0",
        "officers-MIN_NUM_FORMS": "0",
        "officers-MAX_NUM_FORMS": "1000",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        **fields,
    }


def test_one_button_begins_the_page_of_a_village(organiser: Client, cohort: Cohort) -> None:
    desk = reverse("library_desk")
    assert cohort.village.name in organiser.get(desk).content.decode()
    answer = organiser.post(desk, {"organisation": cohort.organisation_id, "village": cohort.village_id})
    hall = BalaiRakyatPage.objects.get(alias_of__isnull=True)
    assert (hall.village, hall.organisation, hall.live) == (cohort.village, cohort.organisation, False)
    edit = reverse("wagtailadmin_pages:edit", args=[hall.pk])
    assert answer["Location"] == edit
    assert organiser.get(edit).status_code == 200
    assert Client().get(hall.url).status_code == 404
    assert edit in organiser.get(desk).content.decode()


def test_what_is_empty_is_not_shown(hall: BalaiRakyatPage) -> None:
    article = seen(publish(hall)).select_one("article")
    assert not article.select("h2, dl, ul, figure")


def test_what_is_filled_in_is_shown_line_by_line(hall: BalaiRakyatPage, cohort: Cohort) -> None:
    HallOfficer.objects.create(hall=hall, office="Ketua", name="Maria Kenari", term="2024–2029", agreed=True)
    HallOfficer.objects.create(hall=hall, office="Pustakawan", name="Yosef Beringin", agreed=False)
    page = publish(
        BalaiRakyatPage.objects.get(pk=hall.pk),
        decree="Perdes 3/2018",
        address="Dusun Melati",
        hours="Senin 08.00\n\nSelasa 08.00",
        contact="kantor@contoh.desa.id",
        services="Membaca\nRapat",
        activities="Sabtu 16.00, kelompok membaca",
        facilities="Ruang baca",
        picture=make_picture(cohort),
    )
    soup = seen(page)
    text = soup.select_one("article").get_text(" ")
    for word in ("Perdes 3/2018", "Dusun Melati", "kantor@contoh.desa.id", "Sabtu 16.00", "Ruang baca"):
        assert word in text
    assert "Maria Kenari" in text
    assert "Pustakawan" in text
    assert "Yosef Beringin" not in text, "did not agree"
    assert soup.select_one("figure img")["alt"] == page.picture.alt
    assert soup.select_one("figure figcaption").get_text().endswith(page.picture.credit)
    page.picture.everybody_agreed = False
    page.picture.save()
    assert not seen(page).select("figure")


def test_it_shows_news_and_documents_of_its_village_only(
    hall: BalaiRakyatPage, cohort: Cohort, organiser: Client
) -> None:
    shelf = shelf_of(cohort.organisation)
    make_document(shelf, "RKP sendiri", village=cohort.village)
    make_document(shelf, "RKP tetangga", village=VillageFactory(name="Tetangga"))
    make_document(shelf, "Draf sendiri", village=cohort.village, live=False)
    away = CohortFactory(organisation=cohort.organisation, title="Di tempat lain")
    for training in (cohort, away):
        news = draft_news(cohort=training, user=organiser.user)  # type: ignore[attr-defined]
        news.save_revision().publish()
    text = seen(publish(hall)).select_one("article").get_text()
    assert "RKP sendiri" in text
    assert cohort.title in text
    assert not [word for word in ("tetangga", "Draf", "Di tempat lain") if word in text]


def test_the_english_page_is_there_too(hall: BalaiRakyatPage) -> None:
    page = publish(hall, address="Dusun Melati")
    english = BalaiRakyatPage.objects.get(translation_key=page.translation_key, locale__language_code="en")
    assert "Dusun Melati" in seen(english).get_text()
    assert page.title in seen(None, "/en/balai-rakyat/").get_text()


def test_the_list_of_halls(hall: BalaiRakyatPage, cohort: Cohort, organiser: Client) -> None:
    assert seen(None, "/balai-rakyat/").select_one(".bb-empty")
    publish(hall)
    with CaptureQueriesContext(connection) as one:
        assert hall.title in seen(None, "/balai-rakyat/").get_text()
    for _number in range(2):
        other = CohortFactory(organisation=cohort.organisation)
        user = organiser.user  # type: ignore[attr-defined]
        publish(draft_hall(village=other.village, organisation=cohort.organisation, user=user))
    with CaptureQueriesContext(connection) as three:
        assert len(seen(None, "/balai-rakyat/").select(".bb-row")) == 3
    assert len(three) == len(one)


# One page, one organisation


def test_a_village_has_one_page(hall: BalaiRakyatPage, cohort: Cohort, organiser: Client) -> None:
    other = CohortFactory(village=cohort.village, organisation=OrganisationFactory(name="Dinas Tiga"))
    with pytest.raises(ValidationError) as refusal:
        draft_hall(village=cohort.village, organisation=other.organisation, user=None)
    assert refusal.value.code == "taken"
    with transaction.atomic(), pytest.raises(IntegrityError):
        hall.copy(update_attrs={"slug": "kembar", "title": "Kembar"}, keep_live=False)
    answer = organiser.post(
        reverse("wagtailadmin_pages:copy", args=[hall.pk]),
        {
            "new_title": "Kembar",
            "new_slug": "kembar",
            "new_parent_page": hall.get_parent().pk,
            "publish_copies": "",
        },
        follow=True,
    )
    assert answer.status_code == 200
    assert BalaiRakyatPage.objects.filter(alias_of__isnull=True).count() == 1


def test_an_organisation_begins_pages_only_where_it_holds_trainings(
    cohort: Cohort, organiser: Client
) -> None:
    village = VillageFactory(name="Jauh")
    organiser.post(reverse("library_desk"), {"organisation": cohort.organisation_id, "village": village.pk})
    assert not BalaiRakyatPage.objects.exists()
    theirs = CohortFactory(organisation=OrganisationFactory(name="Dinas Lain"))
    answer = organiser.post(
        reverse("library_desk"), {"organisation": theirs.organisation_id, "village": theirs.village_id}
    )
    assert answer.status_code == 404
    assert not BalaiRakyatPage.objects.exists()


def test_a_trainer_reads_the_desk_and_begins_no_hall(trainer: Client, cohort: Cohort) -> None:
    assert trainer.get(reverse("library_desk")).status_code == 200
    fields = {"organisation": cohort.organisation_id, "village": cohort.village_id}
    answer = trainer.post(reverse("library_desk"), fields)
    assert answer.status_code in (302, 403)
    assert not BalaiRakyatPage.objects.exists()


def test_only_the_own_organisation_changes_a_hall(
    hall: BalaiRakyatPage, organiser: Client, foreign_organiser: Client, trainer: Client
) -> None:
    edit = reverse("wagtailadmin_pages:edit", args=[hall.pk])
    organiser.post(edit, posted(hall, address="Dusun Melati", **{PUBLISH: "1"}))
    found = BalaiRakyatPage.objects.get(pk=hall.pk)
    assert (found.live, found.address) == (True, "Dusun Melati")
    for client in (foreign_organiser, trainer):
        client.post(edit, posted(hall, address="Dibajak", **{PUBLISH: "1"}))
        client.post(reverse("wagtailadmin_pages:unpublish", args=[hall.pk]))
        client.post(reverse("wagtailadmin_pages:delete", args=[hall.pk]))
    found = BalaiRakyatPage.objects.get(pk=hall.pk)
    assert (found.live, found.address) == (True, "Dusun Melati")


def test_a_foreign_draft_is_not_named(hall: BalaiRakyatPage, foreign_organiser: Client) -> None:
    hall.title = "Balai Kenari"
    hall.save_revision()
    for route in ("edit", "history", "view_draft", "delete", "copy"):
        address = reverse(f"wagtailadmin_pages:{route}", args=[hall.pk])
        assert foreign_organiser.get(address).status_code in (302, 404), route
    for address in ("/admin/pages/search/?q=Kenari", "/admin/pustaka/"):
        assert "Balai Kenari" not in foreign_organiser.get(address).content.decode()


def test_a_hall_is_neither_moved_nor_added_by_hand(hall: BalaiRakyatPage, organiser: Client) -> None:
    index = BalaiRakyatIndexPage.objects.get(locale__language_code="id")
    assert not hall.can_move_to(index)
    answer = organiser.get(reverse("wagtailadmin_pages:add", args=["home", "balairakyatpage", index.pk]))
    assert answer.status_code in (302, 403, 404)


def test_a_picture_is_of_an_own_training_and_all_agreed(
    hall: BalaiRakyatPage, organiser: Client, cohort: Cohort, foreign_organiser: Client
) -> None:
    edit = reverse("wagtailadmin_pages:edit", args=[hall.pk])
    theirs = CohortFactory(organisation=Organisation.objects.get(name="Dinas Dua"))
    foreign, hidden, good = (
        make_picture(theirs, alt="Asing"),
        make_picture(cohort, agreed=False, alt="Belum"),
        make_picture(cohort, alt="Baik"),
    )
    for picture in (foreign, hidden):
        organiser.post(edit, posted(hall, picture=picture.pk, **{PUBLISH: "1"}))
        assert not BalaiRakyatPage.objects.get(pk=hall.pk).live
    organiser.post(edit, posted(hall, picture=good.pk, **{PUBLISH: "1"}))
    assert BalaiRakyatPage.objects.get(pk=hall.pk).picture == good


def test_the_desk_costs_the_same_for_one_village_and_three(organiser: Client, cohort: Cohort) -> None:
    desk = reverse("library_desk")
    organiser.get(desk)
    with CaptureQueriesContext(connection) as one:
        organiser.get(desk)
    CohortFactory.create_batch(2, organisation=cohort.organisation)
    with CaptureQueriesContext(connection) as three:
        assert organiser.get(desk).content.decode().count("Balai Rakyat ") >= 3
    assert len(three) == len(one)
