"""The library: what a reader finds, what publishing asks for, who proposes and who publishes."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.models import Page

from home.domain.library import keep_proposers, shelf_of
from home.models import LibraryDocument, LibraryPage, LibraryShelfPage
from home.models.library import PER_PAGE
from home.news_form import PUBLISH
from lms.cohorts.models import Cohort
from lms.people.management.roles import TRAINER
from lms.people.models import Organisation
from tests.factories import CohortFactory, OrganisationFactory, VillageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files_on_disk(settings: Any, tmp_path: Any) -> None:
    """Wagtail sends documents from a folder only."""
    settings.MEDIA_ROOT = str(tmp_path / "media")
    on_disk = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    settings.STORAGES = {**settings.STORAGES, "default": on_disk}


@pytest.fixture
def shelf(cohort: Cohort) -> LibraryShelfPage:
    return shelf_of(cohort.organisation)


def make_document(shelf: LibraryShelfPage, title: str = "Perdes Kenari", **fields: Any) -> LibraryDocument:
    values = {
        "kind": "peraturan",
        "topic": "perencanaan",
        "year": 2025,
        "summary": "Aturan tentang musyawarah.",
        "link": "https://contoh.desa.id/perdes.pdf",
        "right": "resmi",
        "may_be_public": True,
        "slug": title.lower().replace(" ", "-"),
        **fields,
    }
    parent = LibraryShelfPage.objects.get(pk=shelf.pk)
    made: LibraryDocument = parent.add_child(instance=LibraryDocument(title=title, **values))
    return made


def make_file(shelf: LibraryShelfPage, content: bytes = b"%PDF-1.7 isi") -> Any:
    document = get_document_model()(title="Berkas", collection=shelf.collection)
    document.file.save("berkas.pdf", ContentFile(content), save=False)
    document.file_size = len(content)
    document.save()
    return document


def page_at(address: str, client: Client | None = None) -> BeautifulSoup:
    response = (client or Client()).get(address)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def status_of(client: Client, file: Any) -> int:
    response: Any = client.get(file.url)
    if response.streaming:
        assert b"".join(response.streaming_content) == b"%PDF-1.7 isi"
    return int(response.status_code)


def listed(soup: BeautifulSoup) -> list[str]:
    return [link.get_text() for link in soup.select(".bb-news-item h2")]


def posted(**fields: Any) -> dict[str, Any]:
    """What the editor's form sends."""
    return {
        "title": "RKP Desa 2027",
        "slug": "rkp-2027",
        "kind": "rencana",
        "topic": "perencanaan",
        "year": "2027",
        "language": "id",
        "village": "",
        "summary": "Rencana kerja satu tahun.",
        "source": "Perdes 4/2026",
        "document": "",
        "link": "https://contoh.desa.id/rkp.pdf",
        "right": "resmi",
        "right_note": "",
        "may_be_public": "on",
        "seo_title": "",
        "search_description": "",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        **fields,
    }


def add_address(shelf: Page) -> str:
    return reverse("wagtailadmin_pages:add", args=["home", "librarydocument", shelf.pk])


# Readers


def test_an_empty_library_says_what_will_be_there(index: Page) -> None:
    soup = page_at("/pustaka/")
    assert soup.select_one(".bb-empty")
    assert not soup.select("form.bb-filter")
    assert page_at("/en/pustaka/").select_one(".bb-empty")


def test_a_document_tells_what_it_is_and_how_heavy_before_it_is_downloaded(shelf: LibraryShelfPage) -> None:
    file = make_file(shelf, b"x" * 250_001)
    document = make_document(
        shelf, link="", document=file, source="Perdes 3/2025", village=VillageFactory(name="Melati")
    )
    soup = page_at(document.url)
    download = soup.select_one("a[download]")
    assert download["href"] == file.url
    assert "PDF, 251 kB" in download.get_text()
    text = soup.select_one("article").get_text()
    assert all(word in text for word in ("Perdes 3/2025", "Melati", "2025"))
    heavy = len(soup.select("article p"))
    light = make_document(shelf, "Ringan", link="", document=make_file(shelf))
    assert len(page_at(light.url).select("article p")) == heavy - 1, "no warning"
    assert "251 kB" in page_at("/pustaka/").get_text()


def test_a_link_to_another_site_says_so(shelf: LibraryShelfPage) -> None:
    soup = page_at(make_document(shelf).url)
    link = soup.select_one('a[href="https://contoh.desa.id/perdes.pdf"]')
    assert "noopener" in link["rel"]
    assert not soup.select("a[download]")


def test_documents_are_found_by_topic_year_and_kind(shelf: LibraryShelfPage) -> None:
    village = VillageFactory()
    make_document(shelf, "Perdes lama", year=2019)
    make_document(shelf, "RKP", kind="rencana", year=2026, village=village)
    make_document(shelf, "APBDes", topic="anggaran", year=2026)
    assert listed(page_at("/pustaka/")) == ["APBDes", "RKP", "Perdes lama"]
    assert listed(page_at("/pustaka/?tahun=2026&topik=anggaran")) == ["APBDes"]
    assert listed(page_at("/pustaka/?jenis=rencana")) == ["RKP"]
    assert listed(page_at(f"/pustaka/?desa={village.pk}")) == ["RKP"]
    assert listed(page_at("/pustaka/?tahun=2001")) == []
    years = [option["value"] for option in page_at("/pustaka/").select("#filter-year option")]
    assert years == ["", "2026", "2019"]
    chosen = page_at("/pustaka/?tahun=2026").select_one("#filter-year option[selected]")
    assert chosen["value"] == "2026"


@pytest.mark.parametrize(
    "query",
    ["tahun=x", "tahun=-1", "tahun=٣", "topik=%00", "jenis=;", "desa=99999999999999999999", "halaman=-5"],
)
def test_a_choice_that_makes_no_sense_is_no_choice(shelf: LibraryShelfPage, query: str) -> None:
    make_document(shelf)
    assert listed(page_at(f"/pustaka/?{query}")) == ["Perdes Kenari"]


def test_pages_of_the_list_keep_the_choice(shelf: LibraryShelfPage) -> None:
    for number in range(PER_PAGE + 1):
        make_document(shelf, f"Perdes {number}")
    first = page_at("/pustaka/?jenis=peraturan")
    following = first.select_one("a[rel=next]")["href"]
    assert len(listed(first)) == PER_PAGE
    assert "jenis=peraturan" in following
    assert len(listed(page_at(f"/pustaka/{following}"))) == 1


def test_one_document_costs_as_many_queries_as_three(shelf: LibraryShelfPage) -> None:
    for number in range(3):
        make_document(shelf, f"Perdes {number}", link="", document=make_file(shelf), village=VillageFactory())
        page_at("/pustaka/")
        with CaptureQueriesContext(connection) as asked:
            page_at("/pustaka/")
        if number == 0:
            one = len(asked)
    assert len(asked) == one


def test_the_search_finds_a_document(shelf: LibraryShelfPage) -> None:
    document = make_document(shelf)
    soup = page_at("/cari/?q=kenari")
    assert soup.select_one(".bb-found a")["href"] == document.url
    assert [mark.get_text() for mark in soup.select(".bb-found mark")] == ["Kenari"]


# Permission


@pytest.mark.parametrize("way", ["draft", "no right"])
def test_what_may_not_be_public_is_nowhere(shelf: LibraryShelfPage, way: str) -> None:
    file = make_file(shelf)
    hidden = {"live": False} if way == "draft" else {"may_be_public": False}
    document = make_document(shelf, link="", document=file, **hidden)
    assert Client().get(document.url).status_code == 404
    assert listed(page_at("/pustaka/")) == []
    assert not page_at("/cari/?q=kenari").select(".bb-found")
    assert status_of(Client(), file) == 404
    LibraryDocument.objects.filter(pk=document.pk).update(live=True, may_be_public=True)
    assert status_of(Client(), file) == 200


def test_staff_see_a_file_before_it_is_published(
    shelf: LibraryShelfPage, organiser: Client, foreign_organiser: Client
) -> None:
    file = make_file(shelf)
    assert status_of(organiser, file) == 200
    assert status_of(foreign_organiser, file) == 404


def test_a_file_outside_the_library_is_served_as_ever(shelf: LibraryShelfPage) -> None:
    elsewhere = make_file(shelf)
    elsewhere.collection_id = 1
    elsewhere.save()
    assert status_of(Client(), elsewhere) == 200


def test_publishing_asks_for_permission_and_for_the_document(
    organiser: Client, shelf: LibraryShelfPage
) -> None:
    address = add_address(shelf)
    for missing in ({"may_be_public": ""}, {"right": ""}, {"link": ""}):
        answer = organiser.post(address, posted(**{PUBLISH: "1"}, **missing))
        assert answer.status_code == 200, missing
        assert not LibraryDocument.objects.exists()
    organiser.post(address, posted(**{PUBLISH: "1"}))
    assert LibraryDocument.objects.get(alias_of__isnull=True).live
    # A draft may lack all of it.
    organiser.post(address, posted(slug="draf", link="", right="", may_be_public=""))
    assert not LibraryDocument.objects.get(slug="draf", alias_of__isnull=True).live
    assert listed(page_at("/en/pustaka/")) == ["RKP Desa 2027"]


def test_a_file_or_a_link_and_the_file_lies_in_the_own_collection(
    organiser: Client, shelf: LibraryShelfPage
) -> None:
    file = make_file(shelf)
    organiser.post(add_address(shelf), posted(document=file.pk))
    assert not LibraryDocument.objects.exists(), "both"
    file.collection_id = 1
    file.save()
    organiser.post(add_address(shelf), posted(document=file.pk, link=""))
    assert not LibraryDocument.objects.exists(), "elsewhere"
    file.collection = shelf.collection
    file.save()
    organiser.post(add_address(shelf), posted(document=file.pk, link=""))
    assert LibraryDocument.objects.exists()


@pytest.mark.parametrize("link", ["javascript:alert(1)", "ftp://contoh.id/x", "bukan alamat"])
def test_a_link_leads_to_the_web(organiser: Client, shelf: LibraryShelfPage, link: str) -> None:
    organiser.post(add_address(shelf), posted(link=link))
    assert not LibraryDocument.objects.exists()


def test_only_villages_of_own_trainings_are_offered(
    organiser: Client, shelf: LibraryShelfPage, cohort: Cohort
) -> None:
    other = CohortFactory(organisation=OrganisationFactory(name="Dinas Lain"))
    organiser.post(add_address(shelf), posted(village=other.village_id))
    assert not LibraryDocument.objects.exists()
    organiser.post(add_address(shelf), posted(village=cohort.village_id))
    assert LibraryDocument.objects.filter(village=cohort.village).exists()


# Who


def test_a_trainer_proposes_and_an_organiser_publishes(
    trainer: Client, organiser: Client, cohort: Cohort
) -> None:
    answer = trainer.post(reverse("library_desk"), {"organisation": cohort.organisation_id})
    shelf = LibraryShelfPage.objects.get(alias_of__isnull=True)
    assert answer["Location"] == add_address(shelf)
    assert trainer.get(answer["Location"]).status_code == 200
    trainer.post(add_address(shelf), posted(**{PUBLISH: "1"}))
    assert not LibraryDocument.objects.filter(live=True).exists()
    trainer.post(add_address(shelf), posted(slug="usulan", **{"action-submit": "1"}))
    document = LibraryDocument.objects.get(slug="usulan", alias_of__isnull=True)
    state = document.current_workflow_task_state
    assert state is not None
    approve = reverse("wagtailadmin_pages:workflow_action", args=[document.pk, "approve", state.pk])
    trainer.post(approve)
    assert not LibraryDocument.objects.get(pk=document.pk).live
    organiser.post(approve)
    assert LibraryDocument.objects.get(pk=document.pk).live
    assert "RKP Desa 2027" in page_at("/pustaka/").get_text()


def test_a_trainer_changes_no_document_of_others(trainer: Client, shelf: LibraryShelfPage) -> None:
    document = make_document(shelf)
    trainer.post(reverse("wagtailadmin_pages:edit", args=[document.pk]), posted(title="Dibajak"))
    trainer.post(reverse("wagtailadmin_pages:delete", args=[document.pk]))
    found = LibraryDocument.objects.get(pk=document.pk)
    assert (found.title, found.has_unpublished_changes) == ("Perdes Kenari", False)


def test_another_organisation_neither_sees_drafts_nor_changes_anything(
    foreign_organiser: Client, shelf: LibraryShelfPage
) -> None:
    draft = make_document(shelf, "Rahasia Kenari", live=False)
    for route in ("edit", "delete", "unpublish", "copy", "move", "history", "view_draft"):
        address = reverse(f"wagtailadmin_pages:{route}", args=[draft.pk])
        assert "Rahasia" not in foreign_organiser.get(address, follow=True).content.decode(), route
        foreign_organiser.post(address, posted(title="Dibajak"))
    for address in (f"/admin/pages/{shelf.pk}/", "/admin/pages/search/?q=Rahasia", "/admin/pustaka/"):
        page = foreign_organiser.get(address, follow=True).content.decode()
        assert "Rahasia Kenari" not in page
    assert LibraryDocument.objects.get(pk=draft.pk).title == "Rahasia Kenari"
    answer = foreign_organiser.get(add_address(shelf))
    assert answer.status_code in (302, 404)
    foreign_organiser.post(add_address(shelf), posted(title="Titipan", slug="titipan"))
    assert not LibraryDocument.objects.filter(title="Titipan").exists()


def test_a_document_stays_on_its_shelf(
    organiser: Client, shelf: LibraryShelfPage, foreign_organiser: Client
) -> None:
    document = make_document(shelf)
    theirs = shelf_of(Organisation.objects.get(name="Dinas Dua"))
    assert not document.can_move_to(theirs)
    organiser.post(reverse("wagtailadmin_pages:move_confirm", args=[document.pk, theirs.pk]))
    assert LibraryDocument.objects.get(pk=document.pk).get_parent().pk == shelf.pk


def test_a_shelf_is_made_once_with_groups_collection_and_approval(cohort: Cohort) -> None:
    shelf = shelf_of(cohort.organisation)
    assert shelf_of(cohort.organisation).pk == shelf.pk
    assert shelf.get_workflow() is not None
    assert not shelf.proposers.permissions.exists(), "only below the shelf"
    twin = OrganisationFactory(name="Dinas Kembar", short_code=cohort.organisation.short_code)
    assert shelf_of(twin).collection.name != shelf.collection.name


def test_a_site_without_a_library_says_so(organiser: Client, cohort: Cohort) -> None:
    LibraryPage.objects.all().delete()
    answer = organiser.post(reverse("library_desk"), {"organisation": cohort.organisation_id}, follow=True)
    assert answer.status_code == 200
    assert not LibraryShelfPage.objects.exists()


def test_who_leaves_the_role_proposes_no_more(trainer: Client, shelf: LibraryShelfPage) -> None:
    user = trainer.user  # type: ignore[attr-defined]
    assert user.groups.filter(pk=shelf.proposers_id).exists()
    user.groups.remove(Group.objects.get(name=TRAINER))
    assert not user.groups.filter(pk=shelf.proposers_id).exists()
    keep_proposers(user=user)
    assert not user.groups.filter(pk=shelf.proposers_id).exists()


@pytest.mark.parametrize("fields", [{}, {"organisation": "x"}, {"organisation": "9" * 30}])
def test_a_broken_form_of_the_desk_is_not_found(organiser: Client, fields: dict[str, str]) -> None:
    assert organiser.post(reverse("library_desk"), fields).status_code == 404
