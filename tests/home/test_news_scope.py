"""News of another organisation: its drafts are nowhere, by any stock page of Wagtail's admin."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from home.domain.news import keep_writers
from home.models import OrganisationNewsPage, TrainingNewsPage
from lms.cohorts.models import Cohort
from lms.people.management.roles import ORGANISER
from lms.people.models import StaffMembership
from lms.ui.policy import all_routes
from tests.factories import CohortFactory
from tests.home.test_news import posted

pytestmark = pytest.mark.django_db
SECRET = "Kenari 8841"
PAGES = [
    route.route
    for route in all_routes()
    if re.match(r"admin/(pages|choose-page|bulk|reports|workflows|api|translation|page-types)", route.route)
]


def told(client: Client, address: str, method: str = "get", data: Any = None) -> str:
    response = getattr(client, method)(address, data or {})
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return str(body.decode(errors="replace"))


def addresses_about(page: TrainingNewsPage) -> list[str]:
    """Every address of Wagtail's admin that can name the page, filled in."""
    found = ["/admin/", f"/admin/pages/?q={SECRET}", f"/admin/pages/search/?q={SECRET}"]
    found += [f"/admin/choose-page/search/?q={SECRET}", f"/admin/api/main/pages/?search={SECRET}"]
    known = {
        "page_to_copy_id": page.pk,
        "page_to_move_id": page.pk,
        "page_id": page.pk,
        "parent_page_id": page.pk,
        "revision_id": page.latest_revision_id,
        "revision_id_a": page.latest_revision_id,
        "revision_id_b": "latest",
        "destination_id": page.get_parent().pk,
        "content_type_app_name": "home",
        "content_type_model_name": "trainingnewspage",
        "pk": page.pk,
        "slug": "news",
        "app_label": "wagtailcore",
        "model_name": "page",
        "action": "publish",
    }
    for route in PAGES:
        names = re.findall(r"<(?:\w+:)?(\w+)>", route)
        if "^" not in route and "\\" not in route and set(names) <= set(known):
            address = "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda name: str(known[name[1]]), route)
            found += [address, f"{address}?id={page.pk}", f"{address}?q={SECRET}"]
    for parent in (page.get_parent(), page.get_parent().get_parent()):
        found += [f"/admin/pages/{parent.pk}/", f"/admin/choose-page/{parent.pk}/"]
        found += [f"/admin/api/main/pages/?child_of={parent.pk}"]
    return found


def test_a_foreign_draft_is_nowhere(
    foreign_organiser: Client, organiser: Client, draft: TrainingNewsPage
) -> None:
    addresses = addresses_about(draft)
    assert len(addresses) > 100
    # The words that were asked for stand in the field of the search.
    leaks = [
        address
        for address in addresses
        if told(foreign_organiser, address).replace(f'value="{SECRET}"', "").count("Pelatihan Kenari")
    ]
    assert leaks == []
    seen = [address for address in addresses if "Pelatihan Kenari" in told(organiser, address)]
    assert len(seen) > 20, "the own organiser finds it, so that this test can fail"


def test_a_foreign_page_can_be_neither_changed_nor_moved_nor_published(
    foreign_organiser: Client, draft: TrainingNewsPage
) -> None:
    before = TrainingNewsPage.objects.filter(pk=draft.pk).values().get()
    for route in ("edit", "delete", "unpublish", "copy"):
        foreign_organiser.post(reverse(f"wagtailadmin_pages:{route}", args=[draft.pk]), {"title": "Dibajak"})
    for action in ("publish", "delete", "unpublish", "move"):
        address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
        foreign_organiser.post(f"{address}?id={draft.pk}")
    assert TrainingNewsPage.objects.filter(pk=draft.pk).values().get() == before
    assert TrainingNewsPage.objects.filter(alias_of__isnull=True).count() == 1


def test_an_organiser_writes_news_of_own_trainings_only(
    foreign_organiser: Client, cohort: Cohort, draft: TrainingNewsPage
) -> None:
    own = OrganisationNewsPage.objects.get(organisation__name="Dinas Dua", locale__language_code="id")
    address = reverse("wagtailadmin_pages:add", args=["home", "trainingnewspage", own.pk])
    assert foreign_organiser.get(address).status_code == 200
    assert SECRET not in told(foreign_organiser, address)
    fields = {
        "title": "Pinjaman",
        "slug": "pinjaman",
        "cohort": cohort.pk,
        "starts_on": "2026-06-01",
        "ends_on": "2026-06-01",
        "body-count": "0",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
    }
    foreign_organiser.post(address, fields)
    assert not TrainingNewsPage.objects.filter(title="Pinjaman").exists()
    mine = CohortFactory(organisation=own.organisation)
    foreign_organiser.post(address, {**fields, "cohort": mine.pk})
    assert TrainingNewsPage.objects.filter(title="Pinjaman", alias_of__isnull=True).get().cohort == mine


def test_a_page_stays_with_its_training(organiser: Client, draft: TrainingNewsPage, cohort: Cohort) -> None:
    other = CohortFactory(organisation=cohort.organisation)
    address = reverse("wagtailadmin_pages:edit", args=[draft.pk])
    organiser.post(address, posted(draft, cohort=other.pk, title="Judul baru"))
    latest = TrainingNewsPage.objects.get(pk=draft.pk).get_latest_revision_as_object()
    assert (latest.title, latest.cohort) == ("Judul baru", cohort)


def test_who_leaves_the_organisation_or_the_role_writes_no_more(
    organiser: Client, draft: TrainingNewsPage
) -> None:
    user = organiser.user  # type: ignore[attr-defined]
    edit = reverse("wagtailadmin_pages:edit", args=[draft.pk])
    assert organiser.get(edit).status_code == 200
    membership = user.memberships.get()
    membership.delete()
    assert organiser.get(edit).status_code == 404
    StaffMembership.objects.create(user=user, organisation=membership.organisation)
    assert organiser.get(edit).status_code == 200
    user.groups.remove(Group.objects.get(name=ORGANISER))
    assert organiser.get(edit).status_code == 404
    keep_writers(user=user)
    assert not user.groups.filter(news_branches__isnull=False).exists()


def test_trainers_write_no_news(trainer: Client, draft: TrainingNewsPage, cohort: Cohort) -> None:
    assert trainer.get(reverse("wagtailadmin_pages:edit", args=[draft.pk])).status_code == 404
    assert trainer.get(reverse("training_news", args=[cohort.pk])).status_code == 302
    assert "Pelatihan Kenari" not in told(trainer, f"/admin/choose-page/{draft.get_parent().pk}/")


def test_news_does_not_move_to_another_organisation(
    draft: TrainingNewsPage, foreign_organiser: Client, administrator: Client
) -> None:
    theirs = OrganisationNewsPage.objects.get(organisation__name="Dinas Dua", locale__language_code="id")
    parent = draft.get_parent().pk
    administrator.post(reverse("wagtailadmin_pages:move_confirm", args=[draft.pk, theirs.pk]))
    assert TrainingNewsPage.objects.get(pk=draft.pk).get_parent().pk == parent


def test_several_pieces_of_news_do_not_move_to_another_organisation_either(
    draft: TrainingNewsPage, foreign_organiser: Client, administrator: Client
) -> None:
    theirs = OrganisationNewsPage.objects.get(organisation__name="Dinas Dua", locale__language_code="id")
    parent = draft.get_parent().pk
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "move"])
    administrator.post(f"{address}?id={draft.pk}", {"chooser": theirs.pk, "type": "home.TrainingNewsPage"})
    assert TrainingNewsPage.objects.get(pk=draft.pk).get_parent().pk == parent


def test_news_is_not_copied_to_another_organisation(
    draft: TrainingNewsPage, foreign_organiser: Client, administrator: Client
) -> None:
    theirs = OrganisationNewsPage.objects.get(organisation__name="Dinas Dua", locale__language_code="id")
    address = reverse("wagtailadmin_pages:copy", args=[draft.pk])
    copied = {"new_title": "Salinan", "new_slug": "salinan", "new_parent_page": theirs.pk}
    administrator.post(address, copied)
    assert not TrainingNewsPage.objects.filter(slug="salinan").exists()
    administrator.post(address, {**copied, "new_parent_page": draft.get_parent().pk})
    assert TrainingNewsPage.objects.filter(slug="salinan").exists()


@pytest.fixture
def administrator(django_user_model: Any) -> Client:
    client = Client()
    user = django_user_model.objects.create_superuser("admin", password=None)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client
