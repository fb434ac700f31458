"""The pages on which two records of one person are found, compared and merged."""

import html
import re
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lms.people.management.roles import ORGANISER, TRAINER, set_up_roles
from lms.people.models import MergeRecord, NotSamePerson, Participant
from lms.people.queries import likely_pairs
from tests.factories import EnrolmentFactory, OrganisationFactory, ParticipantFactory, make_staff
from tests.lms.merging.people import merge, two_records

pytestmark = pytest.mark.django_db
People = tuple[Participant, Participant]


@pytest.fixture(autouse=True)
def _english(settings: Any) -> None:
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def people() -> People:
    kept, merged = two_records()
    Participant.objects.filter(pk=merged.pk).update(role="Kader posyandu")
    return Participant.objects.get(pk=kept.pk), Participant.objects.get(pk=merged.pk)


def staff(people: People, role: str = ORGANISER) -> Client:
    set_up_roles()
    user = make_staff(f"staf-{role}", organisation=people[0].organisation)
    user.groups.add(Group.objects.get(name=role))
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def organiser(people: People) -> Client:
    return staff(people)


def page_of(people: People) -> str:
    return reverse("participant:merge", args=[people[0].pk, people[1].pk])


def text_of(response: Any) -> str:
    return html.unescape(response.content.decode())


def state_in(response: Any) -> str:
    found = re.search(r'name="state" value="([^"]*)"', response.content.decode())
    assert found is not None
    return found[1]


def fields_of(response: Any, **changes: str) -> dict[str, str]:
    return {
        "state": state_in(response),
        "card": "kept",
        "full_name": "kept",
        "role": "merged",
        "reason": "Satu orang",
        **changes,
    }


def test_both_stand_side_by_side_and_are_merged_with_what_was_chosen(
    organiser: Client, people: People
) -> None:
    look = organiser.get(page_of(people))
    assert "Kader posyandu" in text_of(look)
    done = organiser.post(page_of(people), fields_of(look), follow=True)
    assert "The two records are one now." in text_of(done)
    assert "Satu orang" in text_of(done)
    kept = Participant.objects.get(pk=people[0].pk)
    assert (kept.full_name, kept.role) == ("Yosef Mali Bele", "Kader posyandu")


def test_what_is_empty_in_one_record_is_chosen_from_the_other(organiser: Client, people: People) -> None:
    page = text_of(organiser.get(page_of(people)))
    assert re.search(r'name="role" value="merged" checked', page)
    assert re.search(r'name="full_name" value="kept" checked', page)


@pytest.mark.parametrize(
    "change", [{"reason": ""}, {"card": "none"}, {"role": ""}, {"state": "old"}, {"full_name": "x"}]
)
def test_bad_input_merges_nothing_and_keeps_what_was_typed(
    organiser: Client, people: People, change: dict[str, str]
) -> None:
    look = organiser.get(page_of(people))
    page = organiser.post(page_of(people), fields_of(look, **change))
    assert page.status_code == 200
    assert change.get("reason", "Satu orang") in text_of(page)
    assert not MergeRecord.objects.exists()


def test_after_a_change_the_next_press_of_the_button_merges(organiser: Client, people: People) -> None:
    """The page that refused shows what changed, and carries its fingerprint."""
    look = organiser.get(page_of(people))
    EnrolmentFactory(participant=people[1], cohort__organisation=people[0].organisation)
    again = organiser.post(page_of(people), fields_of(look))
    assert "Something has changed since you opened this page" in text_of(again)
    organiser.post(page_of(people), fields_of(again))
    assert MergeRecord.objects.count() == 1


def test_sending_twice_says_that_it_is_done(organiser: Client, people: People) -> None:
    look = organiser.get(page_of(people))
    organiser.post(page_of(people), fields_of(look))
    again = organiser.post(page_of(people), fields_of(look), follow=True)
    assert "was merged into another record meanwhile" in text_of(again)
    assert again.redirect_chain[-1][0] == reverse("participant:edit", args=[people[0].pk])


def test_access_needs_are_shown_and_chosen_by_who_may_see_them(people: People) -> None:
    Participant.objects.filter(pk=people[1].pk).update(access_needs="huruf besar")
    client = staff(people)
    look = client.get(page_of(people))
    assert "huruf besar" in text_of(look)
    group = Group.objects.get(name=ORGANISER)
    group.permissions.remove(*group.permissions.filter(codename="see_access_needs_participant"))
    look = client.get(page_of(people))
    assert "huruf besar" not in text_of(look)
    client.post(page_of(people), fields_of(look))
    assert Participant.objects.get(pk=people[0].pk).access_needs == "huruf besar"


@pytest.mark.parametrize("name", ["edit", "history", "delete"])
def test_old_addresses_lead_to_the_record_that_was_kept(organiser: Client, people: People, name: str) -> None:
    merge(*people)
    response = organiser.get(reverse(f"participant:{name}", args=[people[1].pk]))
    assert response["Location"] == reverse(f"participant:{name}", args=[people[0].pk])


def test_old_addresses_of_another_organisation_are_not_found(people: People) -> None:
    merge(*people)
    other = staff((ParticipantFactory(), people[0]))
    assert other.get(reverse("participant:edit", args=[people[1].pk])).status_code == 404
    record = MergeRecord.objects.get()
    assert other.get(reverse("participant:merge_record", args=[record.pk])).status_code == 404


def test_the_history_of_the_kept_person_tells_of_the_merge_and_of_what_was_done_to_the_other(
    organiser: Client, people: People
) -> None:
    merge(*people, reason="Dua kartu")
    page = text_of(organiser.get(reverse("participant:history", args=[people[0].pk])))
    assert "Another record was merged into this one: Dua kartu" in page
    assert "This record was merged into another one: Dua kartu" in page
    assert reverse("participant:merge_record", args=[MergeRecord.objects.get().pk]) in page


def test_a_reason_is_text_in_the_history(organiser: Client, people: People) -> None:
    merge(*people, reason="<b>tebal</b>")
    page = organiser.get(reverse("participant:history", args=[people[0].pk])).content.decode()
    assert "<b>tebal</b>" not in page
    assert "&lt;b&gt;tebal" in page


def test_an_empty_record_is_in_no_list_and_no_chooser(organiser: Client, people: People) -> None:
    merge(*people)
    for address in (
        reverse("participant:index"),
        reverse("participant:choose_twin", args=[people[0].pk]),
        reverse("participant:choose_twin", args=[people[0].pk]) + f"?q={people[1].code}",
        reverse("participant:twins"),
    ):
        page = text_of(organiser.get(address))
        assert "Joseph M. Bele" not in page, address


def test_two_ticked_lines_lead_to_the_comparison(organiser: Client, people: People) -> None:
    assert "bulk-action-checkbox" in text_of(organiser.get(reverse("participant:index")))
    bulk = reverse("wagtail_bulk_action", args=["people", "participant", "gabung"])
    response = organiser.get(bulk, {"id": [str(person.pk) for person in people]})
    addresses = {page_of(people), page_of((people[1], people[0]))}
    assert response["Location"] in addresses


def test_one_or_three_or_foreign_ticks_lead_back_with_a_message(organiser: Client, people: People) -> None:
    bulk = reverse("wagtail_bulk_action", args=["people", "participant", "gabung"])
    third = ParticipantFactory(organisation=people[0].organisation)
    foreign = ParticipantFactory(full_name="Orang Jauh")
    keys = [str(person.pk) for person in people]
    for ids in (keys[:1], [*keys, str(third.pk)], [keys[0], str(foreign.pk)], ["all"], ["x", "y"], []):
        response = organiser.get(bulk, {"id": ids}, follow=True)
        assert "Tick exactly two participants" in text_of(response)
        assert "Orang Jauh" not in text_of(response)


def test_trainers_neither_tick_nor_merge(people: People) -> None:
    trainer = staff(people, TRAINER)
    bulk = reverse("wagtail_bulk_action", args=["people", "participant", "gabung"])
    assert trainer.get(bulk, {"id": [str(one.pk) for one in people]})["Location"] == "/admin/"
    assert trainer.get(page_of(people))["Location"] == "/admin/"


def test_who_sees_only_some_trainings_does_not_merge_even_with_the_permission(people: People) -> None:
    """Merging changes every training that either record is in."""
    enrolment = EnrolmentFactory(participant=people[0], cohort__organisation=people[0].organisation)
    EnrolmentFactory(participant=people[1], cohort=enrolment.cohort)
    set_up_roles()
    group = Group.objects.get(name=ORGANISER)
    group.permissions.remove(*group.permissions.filter(codename="see_all_trainings"))
    user = make_staff(
        "sebagian", organisation=people[0].organisation, sees_all=False, assigned=enrolment.cohort
    )
    user.groups.add(group)
    assert user.has_perm("people.merge_participant")
    client = Client()
    client.force_login(user)
    bulk = reverse("wagtail_bulk_action", args=["people", "participant", "gabung"])
    assert client.get(bulk, {"id": [str(one.pk) for one in people]})["Location"] == "/admin/"
    for address in (page_of(people), reverse("participant:twins")):
        assert client.get(address)["Location"] == "/admin/"
        assert client.post(address, {"reason": "Satu orang"})["Location"] == "/admin/"
    page = text_of(client.get(reverse("participant:index")))
    assert people[0].full_name in page
    assert reverse("participant:twins") not in page
    assert not MergeRecord.objects.exists()


def test_likely_pairs_are_shown_with_the_reason_and_go_when_decided(
    organiser: Client, people: People
) -> None:
    page = text_of(organiser.get(reverse("participant:twins")))
    assert "Initials fit" in page
    assert "1 pair to look at." in page
    fields = {"one": str(people[0].pk), "other": str(people[1].pk)}
    organiser.post(reverse("participant:twins"), fields)
    assert "nobody is alike who has not been decided about" in text_of(
        organiser.get(reverse("participant:twins"))
    )
    organiser.post(reverse("participant:twins"), {**fields, "again": "1"})
    assert not NotSamePerson.objects.exists()


def test_the_pairs_page_takes_no_nonsense(organiser: Client, people: People) -> None:
    twins = reverse("participant:twins")
    foreign = ParticipantFactory()
    own = str(people[0].pk)
    assert organiser.post(twins, {"one": "x", "other": own}).status_code == 302
    assert organiser.post(twins, {"one": own, "other": own}).status_code == 302
    assert organiser.post(twins, {"one": own, "other": str(foreign.pk)}).status_code == 404
    assert organiser.get(twins, {"organisasi": str(foreign.organisation_id)}).status_code == 200
    assert not NotSamePerson.objects.exists()


def test_pairs_of_another_organisation_are_not_shown(organiser: Client, people: People) -> None:
    for name in ("Anna Foho", "Ana Foho"):
        ParticipantFactory(full_name=name, organisation=OrganisationFactory.create(name=name))
    other = ParticipantFactory(full_name="Petrus Asing")
    ParticipantFactory(full_name="Petrus Asing", organisation=other.organisation, village=other.village)
    page = text_of(organiser.get(reverse("participant:twins"), {"organisasi": other.organisation_id}))
    assert "Petrus Asing" not in page


def test_namesakes_of_one_hamlet_are_asked_about_and_a_part_of_a_single_name_is_not() -> None:
    """Half the village would be asked about *Maria* beside *Maria Bete*."""
    maria = ParticipantFactory(full_name="Maria")
    where = {"organisation": maria.organisation, "village": maria.village}
    ParticipantFactory(full_name="Maria Bete", **where)
    namesake = ParticipantFactory(full_name="Maria", **where)
    pairs, total = likely_pairs(organisation=maria.organisation, most=50)
    assert total == 1
    assert set(pairs[0].people) == {maria, namesake}


@pytest.mark.parametrize("name", ["twins", "index"])
def test_lists_cost_the_same_for_one_pair_and_for_three(organiser: Client, people: People, name: str) -> None:
    address = reverse(f"participant:{name}")
    organiser.get(address)
    counts = []
    for _round in range(2):
        with CaptureQueriesContext(connection) as queries:
            organiser.get(address)
        counts.append(len(queries))
        for number in range(2):
            for _twice in range(2):
                person = ParticipantFactory(
                    full_name=f"Kembar Ke{number * 'x'}", organisation=people[0].organisation
                )
                EnrolmentFactory(participant=person, cohort__organisation=people[0].organisation)
    assert counts[0] == counts[1]
