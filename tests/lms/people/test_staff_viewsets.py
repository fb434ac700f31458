"""Participants, villages and organisations in Wagtail's admin."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import NoReverseMatch, reverse

from lms.people.domain import register_participant
from lms.people.management.roles import ORGANISER, set_up_roles
from lms.people.models import Organisation, Participant, StaffMembership, Village
from tests.factories import OrganisationFactory, ParticipantFactory, VillageFactory, make_staff

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def organisation() -> Organisation:
    return OrganisationFactory()


@pytest.fixture
def organiser(organisation: Organisation) -> Client:
    set_up_roles()
    user = make_staff(organisation=organisation)
    user.groups.add(Group.objects.get(name=ORGANISER))
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


@pytest.fixture
def administrator() -> Client:
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("admin", password=None), backend=BACKEND)
    return client


@pytest.fixture
def person(organisation: Organisation) -> Participant:
    return ParticipantFactory(organisation=organisation, full_name="Yuliana", dusun="Liu")


def correct(client: Client, person: Participant, **changes: Any) -> Any:
    fields = {
        "full_name": person.full_name,
        "sex": person.sex,
        "element": person.element,
        "dusun": person.dusun,
        "village": person.village_id,
        "is_active": "on",
    }
    return client.post(reverse("participant:edit", args=[person.pk]), {**fields, **changes})


def test_a_person_is_corrected_with_clean_lines(organiser: Client, person: Participant) -> None:
    correct(organiser, person, full_name="  Yuliana\u200b   Bete ", role="Ketua  RT")
    person.refresh_from_db()
    assert (person.full_name, person.role) == ("Yuliana Bete", "Ketua RT")


def test_a_name_that_is_nothing_is_refused(organiser: Client, person: Participant) -> None:
    response = correct(organiser, person, full_name="\u200b")
    assert "full_name" in response.context["form"].errors


def test_neither_organisation_nor_code_nor_pin_are_taken_from_the_form(
    organiser: Client, person: Participant
) -> None:
    before = (person.organisation_id, person.code, person.pin_hash, person.pin_serial)
    correct(
        organiser,
        person,
        organisation=OrganisationFactory().pk,
        code="AAAAA",
        pin_hash="x",
        pin_serial=9,
        is_simulated="on",
    )
    person.refresh_from_db()
    assert (person.organisation_id, person.code, person.pin_hash, person.pin_serial) == before
    assert person.is_simulated is False


def test_a_person_who_is_switched_off_keeps_all_records(organiser: Client, person: Participant) -> None:
    correct(organiser, person, is_active="")
    person.refresh_from_db()
    assert person.is_active is False


def test_people_are_not_added_without_a_training(organiser: Client, person: Participant) -> None:
    with pytest.raises(NoReverseMatch):
        reverse("participant:add")
    assert organiser.get("/admin/peserta/new/").status_code == 404


def test_people_are_found_by_name_and_code(organiser: Client, person: Participant) -> None:
    ParticipantFactory(organisation=person.organisation, full_name="Petrus")
    for search in ("yuli", person.code.lower()):
        found = organiser.get(reverse("participant:index"), {"q": search}).context["object_list"]
        assert list(found) == [person]


def test_a_person_with_a_consent_stays_and_the_page_says_what_to_do(organiser: Client) -> None:
    organisation = Organisation.objects.get()
    person, _ = register_participant(
        organisation=organisation,
        village=VillageFactory(),
        full_name="Domi",
        sex="L",
        element="warga",
        consent_channel="kertas",
        recorded_by=None,
    )
    address = reverse("participant:delete", args=[person.pk])
    assert organiser.get(address).context["view"].refusal
    sent = organiser.post(address, follow=True)
    assert sent.redirect_chain == [(reverse("participant:edit", args=[person.pk]), 302)]
    assert Participant.objects.filter(pk=person.pk).exists()


def test_a_person_without_any_record_can_be_deleted(organiser: Client, person: Participant) -> None:
    organiser.post(reverse("participant:delete", args=[person.pk]))
    assert not Participant.objects.exists()


def test_a_village_is_made_and_one_in_use_stays(organiser: Client, person: Participant) -> None:
    organiser.post(reverse("village:add"), {"name": "Fulur", "time_zone": "Asia/Makassar"})
    assert Village.objects.filter(name="Fulur").exists()
    sent = organiser.post(reverse("village:delete", args=[person.village_id]), follow=True)
    assert sent.status_code == 200
    assert Village.objects.filter(pk=person.village_id).exists()


def test_an_administrator_chooses_who_works_for_an_organisation(administrator: Client) -> None:
    first, second, gone = (make_staff(name) for name in ("satu", "dua", "lama"))
    gone.is_active = False
    gone.save()
    fields: dict[str, Any] = {"name": "Dinas PMD", "short_code": "PMD", "members": [first.pk]}
    administrator.post(reverse("organisation:add"), fields)
    organisation = Organisation.objects.get()
    StaffMembership.objects.create(user=gone, organisation=organisation)
    address = reverse("organisation:edit", args=[organisation.pk])
    assert list(administrator.get(address).context["form"]["members"].value()) == [first.pk, gone.pk]

    administrator.post(address, {**fields, "members": [second.pk]})

    members = set(organisation.memberships.values_list("user__username", flat=True))
    assert members == {"dua", "lama"}


def test_an_organisation_in_use_stays(administrator: Client, person: Participant) -> None:
    sent = administrator.post(reverse("organisation:delete", args=[person.organisation_id]), follow=True)
    assert sent.status_code == 200
    assert Organisation.objects.filter(pk=person.organisation_id).exists()


@pytest.mark.parametrize("way", ["alone", "in bulk"])
def test_an_account_that_records_name_stays_and_the_page_says_what_to_do(
    administrator: Client, organisation: Organisation, way: str
) -> None:
    busy, idle = make_staff("rajin"), make_staff("baru")
    register_participant(
        organisation=organisation,
        village=VillageFactory(),
        full_name="Domi",
        sex="L",
        element="warga",
        consent_channel="kertas",
        recorded_by=busy,
    )
    for user in (busy, idle):
        bulk = reverse("wagtail_bulk_action", args=["people", "user", "delete"])
        alone = reverse("wagtailusers_users:delete", args=[user.pk])
        sent = administrator.post(alone if way == "alone" else f"{bulk}?id={user.pk}&next=/admin/")
        assert sent.status_code == 302
    assert sent.url != reverse("wagtailusers_users:edit", args=[idle.pk])
    assert list(get_user_model().objects.filter(pk__in=[busy.pk, idle.pk])) == [busy]
