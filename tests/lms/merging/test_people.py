"""Two records of one person become one: the people themselves."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from lms.cohorts.domain import enrol
from lms.people.domain import (
    compare_people,
    issue_pin,
    merge_people,
    say_not_same,
    sign_in,
)
from lms.people.models import ConsentRecord, MergeRecord, NotSamePerson, Participant, Presence
from lms.people.queries import likely_same
from tests.factories import CohortFactory, OrganisationFactory, ParticipantFactory, make_staff
from tests.helpers import sign_in_as
from tests.lms.merging.people import merge, two_records

pytestmark = pytest.mark.django_db


def fresh(person: Participant) -> Participant:
    return Participant.objects.get(pk=person.pk)


def test_the_other_record_stays_as_an_empty_one_that_points_at_the_kept_one() -> None:
    kept, merged = two_records()
    record = merge(kept, merged, reason="  Dua kartu  ")
    empty = fresh(merged)
    assert (empty.merged_into, empty.is_active) == (kept, False)
    assert (record.kept, record.merged, record.reason) == (kept, merged, "Dua kartu")
    assert fresh(kept).is_active


def test_values_are_swapped_so_that_none_is_lost() -> None:
    kept, merged = two_records()
    Participant.objects.filter(pk=merged.pk).update(dusun="Piebulak", role="Kader")
    record = merge(kept, merged, take=["dusun", "full_name"])
    assert (fresh(kept).full_name, fresh(kept).dusun) == ("Joseph M. Bele", "Piebulak")
    assert (fresh(merged).full_name, fresh(merged).dusun) == ("Yosef Mali Bele", "Melati")
    assert (fresh(kept).role, fresh(merged).role) == ("", "Kader")
    assert record.fields_taken == ["full_name", "dusun"]


def test_the_history_holds_no_personal_data() -> None:
    kept, merged = two_records()
    record = merge(kept, merged, take=["full_name"])
    text = f"{record.moved} {record.fields_taken}"
    assert "Yosef" not in text
    assert "Joseph" not in text


def test_consents_move_with_their_dates() -> None:
    kept, merged = two_records()
    consent = ConsentRecord.objects.create(
        participant=merged, text_version="2026-1", language="id", channel="kertas"
    )
    merge(kept, merged)
    moved = ConsentRecord.objects.get(pk=consent.pk)
    assert (moved.participant, moved.given_at) == (kept, consent.given_at)


def test_the_kept_card_opens_and_the_other_says_to_use_it() -> None:
    kept, merged = two_records()
    pin, old_pin = issue_pin(participant=kept), issue_pin(participant=merged)
    merge(kept, merged)
    assert sign_in(code=kept.code, pin=pin, device="a") == kept
    with pytest.raises(ValidationError) as refusal:
        sign_in(code=merged.code, pin=old_pin, device="a")
    assert refusal.value.code == "merged"
    with pytest.raises(ValidationError) as wrong:
        sign_in(code=merged.code, pin=pin, device="a")
    assert wrong.value.code == "wrong"


def test_the_card_of_the_other_record_can_be_the_one_that_stays() -> None:
    kept, merged = two_records()
    pin, old_pin = issue_pin(participant=merged), issue_pin(participant=kept)
    code, old_code = merged.code, kept.code
    merge(kept, merged, take_card=True)
    assert sign_in(code=code, pin=pin, device="a") == kept
    assert (fresh(kept).code, fresh(merged).code) == (code, old_code)
    with pytest.raises(ValidationError) as refusal:
        sign_in(code=old_code, pin=old_pin, device="a")
    assert refusal.value.code == "merged"


def test_an_old_card_of_somebody_who_may_not_sign_in_says_nothing() -> None:
    kept, merged = two_records()
    old_pin = issue_pin(participant=merged)
    merge(kept, merged)
    Participant.objects.filter(pk=kept.pk).update(is_active=False)
    with pytest.raises(ValidationError) as refusal:
        sign_in(code=merged.code, pin=old_pin, device="a")
    assert refusal.value.code == "wrong"


def test_sessions_of_the_empty_record_end_and_those_of_the_kept_card_stay(client: Client) -> None:
    kept, merged = two_records()
    other = Client()
    sign_in_as(client, kept)
    sign_in_as(other, merged)
    merge(kept, merged)
    assert client.get("/denyut/").status_code == 204
    assert other.get("/denyut/").status_code == 401


def test_taking_the_other_card_ends_the_sessions_of_both(client: Client) -> None:
    kept, merged = two_records()
    other = Client()
    sign_in_as(client, kept)
    sign_in_as(other, merged)
    merge(kept, merged, take_card=True)
    assert client.get("/denyut/").status_code == 401
    assert other.get("/denyut/").status_code == 401


def test_the_empty_record_is_not_asked_about_again() -> None:
    kept, merged = two_records()
    merge(kept, merged)
    found = likely_same(
        organisation=kept.organisation,
        village=kept.village,
        full_name="Joseph M. Bele",
        dusun="Melati",
        sex="L",
    )
    assert [person for person, _how in found] == [kept]


def test_merging_again_keeps_every_empty_record_one_step_away() -> None:
    first, second = two_records()
    third = ParticipantFactory(organisation=first.organisation, village=first.village)
    merge(second, first)
    record = merge(third, second)
    assert fresh(first).merged_into == fresh(second).merged_into == third
    assert record.moved["merged_before"] == [str(first.pk)]


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        ({"organisation": True}, "organisation"),
        ({"is_simulated": True}, "simulated"),
        ({"itself": True}, "itself"),
    ],
)
def test_what_can_never_be_one_person_is_refused(spoil: dict[str, bool], code: str) -> None:
    kept, merged = two_records()
    if "organisation" in spoil:
        Participant.objects.filter(pk=merged.pk).update(organisation=OrganisationFactory())
    if "is_simulated" in spoil:
        Participant.objects.filter(pk=merged.pk).update(is_simulated=True)
    with pytest.raises(ValidationError) as refusal:
        merge(kept, kept if "itself" in spoil else merged)
    assert refusal.value.code == code
    assert not MergeRecord.objects.exists()


def test_what_was_merged_is_not_merged_again_and_the_refusal_names_the_kept_record() -> None:
    kept, merged = two_records()
    merge(kept, merged)
    with pytest.raises(ValidationError) as refusal:
        merge(merged, kept)
    assert refusal.value.code == "merged"
    assert kept.code in refusal.value.messages[0]


def test_a_change_after_looking_is_refused() -> None:
    kept, merged = two_records()
    state = compare_people(kept=kept, merged=merged).state
    Participant.objects.filter(pk=merged.pk).update(dusun="Kewar")
    with pytest.raises(ValidationError) as refusal:
        merge(kept, merged, state=state)
    assert refusal.value.code == "stale"
    assert fresh(merged).merged_into is None


@pytest.mark.parametrize(("words", "code"), [({"reason": "  "}, "reason"), ({"take": ["code"]}, "field")])
def test_a_reason_is_needed_and_only_known_fields_are_taken(words: dict[str, object], code: str) -> None:
    kept, merged = two_records()
    with pytest.raises(ValidationError) as refusal:
        merge(kept, merged, **words)
    assert refusal.value.code == code


def test_a_merge_that_fails_on_the_way_leaves_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    kept, merged = two_records()
    ConsentRecord.objects.create(participant=merged, text_version="1", language="id", channel="kertas")

    def fail(*args: object, **words: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("lms.people.domain.merging._exchange", fail)
    with pytest.raises(RuntimeError):
        merge(kept, merged)
    assert ConsentRecord.objects.filter(participant=merged).count() == 1


def test_two_different_people_are_remembered_as_such_once() -> None:
    one, other = two_records()
    user = make_staff()
    say_not_same(people=(one, other), user=user)
    say_not_same(people=(other, one), user=user)
    assert NotSamePerson.objects.count() == 1


def test_what_was_said_about_pairs_goes_over_to_the_kept_record() -> None:
    kept, merged = two_records()
    third = ParticipantFactory(organisation=kept.organisation)
    fourth = ParticipantFactory(organisation=kept.organisation)
    user = make_staff()
    for pair in [(merged, third), (kept, third), (merged, fourth), (kept, merged)]:
        say_not_same(people=pair, user=user)
    record = merge(kept, merged)
    pairs = {frozenset(pair) for pair in NotSamePerson.objects.values_list("one", "other")}
    assert pairs == {frozenset({kept.pk, third.pk}), frozenset({kept.pk, fourth.pk})}
    assert {entry["with"] for entry in record.moved["not_same"]} == {str(third.pk), str(kept.pk)}


def test_a_single_name_merges_like_any_other() -> None:
    kept, merged = two_records()
    Participant.objects.filter(pk__in=[kept.pk, merged.pk]).update(full_name="Maria")
    merge(kept, merged)
    assert fresh(merged).merged_into == kept


def test_enrolling_somebody_who_was_merged_meanwhile_is_refused() -> None:
    kept, merged = two_records()
    cohort = CohortFactory(organisation=kept.organisation)
    merge(kept, merged)
    with pytest.raises(ValidationError) as refusal:
        enrol(cohort=cohort, participant=merged)
    assert refusal.value.code == "merged"
    assert not cohort.enrolments.exists()


def test_the_verb_itself_is_given_people_of_one_organisation() -> None:
    kept, merged = two_records()
    with pytest.raises(ValidationError):
        merge_people(
            kept=kept, merged=merged, take=(), take_card=False, reason="Ya", actor=make_staff(), state=""
        )


@pytest.mark.parametrize("take_card", [False, True])
@pytest.mark.parametrize(
    ("minutes", "newest"), [((5, 9), "kept"), ((9, 5), "merged"), ((None, 5), "merged"), ((5, None), "kept")]
)
def test_the_newer_sign_of_life_stays_and_sign_ins_that_are_over_are_ended(
    minutes: tuple[int | None, int | None], newest: str, take_card: bool
) -> None:
    people, now = two_records(), timezone.now()
    for person, name, ago in zip(people, ("kept", "merged"), minutes, strict=True):
        if ago is not None:
            at = now - timedelta(minutes=ago)
            Presence.objects.create(
                participant=person, mark=name, signed_in_at=at, seen_at=at, place=name, place_since=at
            )
    merge(*people, take_card=take_card)
    stays = Presence.objects.get()
    assert (stays.participant, stays.mark, stays.place) == (people[0], newest, newest)
    assert (stays.ended_at is None) == (newest == "kept" and not take_card)
