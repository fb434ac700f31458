"""The log of records shows each member of staff the own organisations only."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from lms.people.models import RecordLogEntry
from tests.factories import OrganisationFactory, ParticipantFactory, make_staff

pytestmark = pytest.mark.django_db


def test_entries_about_people_never_reach_the_log_that_everybody_shares() -> None:
    person = ParticipantFactory()
    log(person, "people.pin_issued")
    assert list(RecordLogEntry.objects.for_instance(person).values_list("label", flat=True)) == [str(person)]
    assert not ModelLogEntry.objects.exists()


def test_each_member_of_staff_sees_entries_of_the_own_organisations() -> None:
    own, foreign = OrganisationFactory(), OrganisationFactory()
    person, stranger = ParticipantFactory(organisation=own), ParticipantFactory(organisation=foreign)
    gone = ParticipantFactory(organisation=own)
    for somebody in (person, stranger, gone):
        log(somebody, "people.pin_issued")
    gone.delete()
    user = make_staff(organisation=own)

    def seen(user: object) -> set[str]:
        return set(RecordLogEntry.objects.viewable_by_user(user).values_list("object_id", flat=True))

    assert seen(user) == set()
    user.user_permissions.add(Permission.objects.get(codename="change_participant"))
    assert seen(get_user_model().objects.get(pk=user.pk)) == {str(person.pk)}
    # Wagtail's other logs, asked first, do not change the answer.
    asked_before = get_user_model().objects.get(pk=user.pk)
    assert not ModelLogEntry.objects.viewable_by_user(asked_before).exists()
    assert seen(asked_before) == {str(person.pk)}
    boss = get_user_model().objects.create_superuser("boss", password=None)
    assert len(seen(boss)) == 3
