"""Each organisation has its library of pictures and documents, and its authors work nowhere else."""

import importlib
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.test import Client
from wagtail.models import Collection, GroupCollectionPermission

from lms.people.domain import keep_authors, open_common_library, open_library
from lms.people.management.roles import ORGANISER, TRAINER, set_up_roles
from lms.people.media_policies import document_policy, image_policy
from lms.people.models import MediaLibrary, Organisation, StaffMembership
from tests.factories import OrganisationFactory, make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation() -> Organisation:
    set_up_roles()
    return OrganisationFactory(name="Dinas PMD Belu", short_code="DS-BLU")


def in_role(name: str, role: str, *organisations: Organisation) -> Any:
    user = make_staff(name)
    for organisation in organisations:
        StaffMembership.objects.create(user=user, organisation=organisation)
    user.groups.add(Group.objects.get(name=role))
    return user


def works_in(user: Any) -> set[str]:
    """The collections in which a person may add and change; anew, as at the next click."""
    person = get_user_model().objects.get(pk=user.pk)
    found = set()
    for policy in (image_policy, document_policy):
        for action in ("add", "change"):
            allowed = policy.collections_user_has_permission_for(person, action)
            found |= set(allowed.values_list("name", flat=True))
    return found


def chooses_from(user: Any) -> set[str]:
    person = get_user_model().objects.get(pk=user.pk)
    return set(
        image_policy.collections_user_has_permission_for(person, "choose").values_list("name", flat=True)
    )


def test_an_organisation_gets_its_collection_when_it_is_made(organisation: Organisation) -> None:
    assert organisation.library.collection.name == "Dinas PMD Belu"
    assert organisation.library.collection.get_parent() == Collection.get_first_root_node()
    assert organisation.library.group.name == "Media DS-BLU"


def test_the_collection_follows_the_name(organisation: Organisation) -> None:
    organisation.name = "Dinas PMD Kabupaten Belu"
    organisation.save()
    assert MediaLibrary.objects.get(organisation=organisation).collection.name == "Dinas PMD Kabupaten Belu"


def test_making_it_again_changes_nothing(organisation: Organisation) -> None:
    before = MediaLibrary.objects.count(), Collection.objects.count(), Group.objects.count()
    open_library(organisation=organisation)
    open_common_library()
    set_up_roles(restore=True)
    assert (MediaLibrary.objects.count(), Collection.objects.count(), Group.objects.count()) == before


def test_trainers_work_in_their_own_and_choose_from_the_common_one(organisation: Organisation) -> None:
    OrganisationFactory(name="Dinas Lain")
    trainer = in_role("pelatih", TRAINER, organisation)
    assert works_in(trainer) == {"Dinas PMD Belu"}
    assert chooses_from(trainer) == {"Dinas PMD Belu", "Bersama"}


def test_who_works_for_two_organisations_works_in_both(organisation: Organisation) -> None:
    other = OrganisationFactory(name="Dinas Lain")
    assert works_in(in_role("pelatih", TRAINER, organisation, other)) == {"Dinas PMD Belu", "Dinas Lain"}


def test_organisers_write_no_pages_and_have_no_library(organisation: Organisation) -> None:
    organiser = in_role("penyelenggara", ORGANISER, organisation)
    assert works_in(organiser) == chooses_from(organiser) == set()


def test_a_trainer_without_an_organisation_only_chooses(organisation: Organisation) -> None:
    trainer = in_role("pelatih", TRAINER)
    assert works_in(trainer) == set()
    assert chooses_from(trainer) == {"Bersama"}


def test_an_administrator_makes_another_group_one_of_authors(organisation: Organisation) -> None:
    group = Group.objects.create(name="Pendamping senior")
    user = in_role("senior", "Pendamping senior", organisation)
    assert works_in(user) == set()
    common = MediaLibrary.objects.get(organisation=None).collection
    right = GroupCollectionPermission.objects.create(
        group=group, collection=common, permission=Permission.objects.get(codename="choose_image")
    )
    assert works_in(user) == {"Dinas PMD Belu"}
    right.delete()
    assert works_in(user) == set()


def test_whoever_is_taken_out_of_the_group_from_the_other_side_is_out(organisation: Organisation) -> None:
    trainer = in_role("pelatih", TRAINER, organisation)
    Group.objects.get(name=TRAINER).user_set.remove(trainer)
    assert works_in(trainer) == set()


def test_the_group_of_a_library_cannot_be_had_by_ticking_it(organisation: Organisation) -> None:
    """Wagtail's form of accounts offers all groups; the group follows the organisation all the same."""
    other = OrganisationFactory(name="Dinas Lain")
    trainer = in_role("pelatih", TRAINER, organisation)
    trainer.groups.set([Group.objects.get(name=TRAINER), other.library.group])
    assert works_in(trainer) == {"Dinas PMD Belu"}


def test_signing_in_mends_what_was_changed_elsewhere(organisation: Organisation, client: Client) -> None:
    trainer = in_role("pelatih", TRAINER, organisation)
    StaffMembership.objects.filter(user=trainer)._raw_delete("default")
    assert works_in(trainer) == {"Dinas PMD Belu"}
    client.force_login(trainer)
    assert works_in(trainer) == set()


def test_keeping_authors_twice_asks_and_changes_nothing(
    organisation: Organisation, django_assert_max_num_queries: Any
) -> None:
    trainer = in_role("pelatih", TRAINER, organisation)
    with django_assert_max_num_queries(7):
        keep_authors(user=trainer)


def test_with_its_organisation_the_group_goes_and_the_media_stay(organisation: Organisation) -> None:
    trainer = in_role("pelatih", TRAINER, organisation)
    group = organisation.library.group.pk
    organisation.delete()
    assert not Group.objects.filter(pk=group).exists()
    assert Collection.objects.filter(name="Dinas PMD Belu").exists()
    assert works_in(trainer) == set()


def test_a_group_or_a_collection_that_was_deleted_is_made_anew(organisation: Organisation) -> None:
    trainer = in_role("pelatih", TRAINER, organisation)
    organisation.library.group.delete()
    assert works_in(trainer) == set()
    set_up_roles()
    assert works_in(trainer) == {"Dinas PMD Belu"}
    Collection.objects.get(name="Dinas PMD Belu").delete()
    set_up_roles()
    assert works_in(trainer) == {"Dinas PMD Belu"}


def test_two_organisations_may_share_a_short_code() -> None:
    first, second = (OrganisationFactory(name=name, short_code="SAMA") for name in ("Satu", "Dua"))
    assert first.library.group != second.library.group


def test_a_database_that_was_emptied_takes_organisations_all_the_same() -> None:
    Collection.objects.all().delete()
    made = OrganisationFactory(name="Dinas")
    assert not MediaLibrary.objects.filter(organisation=made).exists()
    assert not open_common_library()


def test_the_upgrade_closes_the_root_for_trainers_and_leaves_what_others_were_given() -> None:
    group, other = Group.objects.create(name=TRAINER), Group.objects.create(name="Redaksi")
    root = Collection.get_first_root_node()
    for codename in ("add_image", "change_document", "choose_image"):
        permission = Permission.objects.get(codename=codename)
        for each in (group, other):
            GroupCollectionPermission.objects.create(group=each, collection=root, permission=permission)
    migration = importlib.import_module("lms.people.migrations.0007_media_libraries")
    migration.close_the_root(apps, None)
    assert not GroupCollectionPermission.objects.filter(group=group).exists()
    assert GroupCollectionPermission.objects.filter(group=other).count() == 3


def test_a_site_set_up_earlier_gets_its_libraries_with_the_next_start() -> None:
    set_up_roles()
    organisation = OrganisationFactory(name="Dinas")
    trainer = in_role("pelatih", TRAINER, organisation)
    MediaLibrary.objects.all().delete()
    Group.objects.filter(name__startswith="Media ").delete()
    Collection.objects.filter(depth=2).delete()
    set_up_roles()
    assert works_in(trainer) == {"Dinas"}
    assert chooses_from(trainer) == {"Dinas", "Bersama"}
