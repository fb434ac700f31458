"""Two organisers, or an organiser and a participant, at the same moment: one record comes out."""

import uuid
from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError

from lms.cohorts.domain import change_state, enrol, issue_cards, record_attendance
from lms.cohorts.models import Attendance, AttendanceEvent, Cohort, Enrolment
from lms.cohorts.queries import pin_state
from lms.followup.domain import save_action, submit_plan, write_pledge
from lms.followup.models import Plan, Pledge
from lms.learning.domain import open_sitting, start_attempt, submit_attempt
from lms.learning.domain.moving import move_attempt, plan_move
from lms.learning.models import Attempt
from lms.people.domain import compare_people, merge_people
from lms.people.domain.presence import note_presence
from lms.people.models import MergeRecord, Participant, Presence
from tests.factories import CohortFactory, EnrolmentFactory, MeetingFactory, make_staff
from tests.lms.merging.people import both_in, two_records
from tests.services.threads import at_once

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
People = tuple[Participant, Participant]


@pytest.fixture
def people() -> People:
    return two_records()


@pytest.fixture
def cohort(people: People) -> Cohort:
    cohort: Cohort = CohortFactory(organisation=people[0].organisation)
    return cohort


def merging(kept: Participant, merged: Participant, who: str) -> Callable[[], str]:
    """A merge by somebody who has looked at the page: "done", or the code of the refusal."""
    actor = make_staff(who)
    state = compare_people(kept=kept, merged=merged).state

    def run() -> str:
        try:
            merge_people(
                kept=kept,
                merged=merged,
                take=(),
                take_card=False,
                reason="Dua kartu",
                actor=actor,
                state=state,
            )
        except ValidationError as refusal:
            return str(refusal.code)
        return "done"

    return run


def told(verb: Callable[[], object]) -> Callable[[], str]:
    def run() -> str:
        try:
            verb()
        except ValidationError as refusal:
            return str(refusal.code)
        return "done"

    return run


@pytest.mark.parametrize("round_", range(3))
def test_merging_both_ways_at_once_is_done_once_and_the_other_is_told(
    people: People, cohort: Cohort, round_: int
) -> None:
    both_in(cohort, people)
    one, other = people
    results = at_once([merging(one, other, "satu"), merging(other, one, "dua")])
    assert sorted(results) == ["done", "merged"]
    assert MergeRecord.objects.count() == 1
    assert Participant.objects.present().count() == 1


def test_eight_clicks_on_one_button_merge_once(people: People, cohort: Cohort) -> None:
    both_in(cohort, people)
    results = at_once([merging(*people, f"panitia-{number}") for number in range(8)])
    assert sorted(results) == ["done", *["merged"] * 7]


@pytest.mark.parametrize("round_", range(3))
def test_handing_in_beside_a_merge_loses_nothing(people: People, cohort: Cohort, round_: int) -> None:
    stays, empties = both_in(cohort, people)
    attempt = start_attempt(enrolment=empties, occasion="pre")
    open_sitting(attempt=attempt)
    results = at_once(
        [merging(*people, "satu"), told(lambda: submit_attempt(attempt=Attempt.objects.get(pk=attempt.pk)))]
    )
    now = Attempt.objects.get(pk=attempt.pk)
    assert results[1] == "done"
    assert now.submitted_at is not None
    assert now.enrolment_id == (stays.pk if results[0] == "done" else empties.pk)


@pytest.mark.parametrize("round_", range(3))
def test_handing_in_a_plan_beside_a_merge_locks_nobody_out(
    people: People, cohort: Cohort, round_: int
) -> None:
    enrolments = both_in(cohort, people)
    for enrolment in enrolments:
        fields = {"title": "Musyawarah", "phase": "pra_musdes", "deadline": cohort.ends_on}
        save_action(enrolment=enrolment, action_id=uuid.uuid4(), fields=fields)
    results = at_once([merging(*people, "satu"), told(lambda: submit_plan(enrolment=enrolments[0]))])
    assert results[1] == "done"
    assert results[0] in ("done", "stale")
    assert Plan.objects.get(enrolment=enrolments[0]).submitted_at is not None


@pytest.mark.parametrize("round_", range(3))
def test_nobody_enrols_a_record_that_becomes_empty(people: People, cohort: Cohort, round_: int) -> None:
    kept, merged = people
    results = at_once([merging(kept, merged, "satu"), told(lambda: enrol(cohort=cohort, participant=merged))])
    assert "done" in results
    empty = Participant.objects.filter(merged_into__isnull=False)
    assert not Enrolment.objects.filter(participant__in=empty).exists()


def test_new_cards_beside_a_merge_lock_nobody_out(people: People, cohort: Cohort) -> None:
    both_in(cohort, people)
    user, state = make_staff("kartu"), pin_state(cohort)

    def print_cards() -> object:
        return issue_cards(cohort=cohort, participants=list(people), issued_by=user, state=state)

    results = at_once([merging(*people, "satu"), told(print_cards)])
    assert sorted(results) in (["done", "stale"], ["done", "done"])


def test_moving_one_attempt_to_two_people_at_once_is_done_once(cohort: Cohort) -> None:
    wrong, first, second = EnrolmentFactory.create_batch(3, cohort=cohort)
    attempt = start_attempt(enrolment=wrong, occasion="pre")
    actor = make_staff("pelatih")

    def moving(target: Enrolment) -> Callable[[], str]:
        seen = Attempt.objects.select_related("enrolment__cohort").get(pk=attempt.pk)
        state = plan_move(attempt=seen, target=target, counts=True).state
        words = {"counts": True, "reason": "Salah kursi", "actor": actor, "state": state}
        return told(lambda: move_attempt(attempt=seen, target=target, **words))

    assert sorted(at_once([moving(first), moving(second)])) == ["done", "stale"]


@pytest.mark.parametrize("round_", range(3))
def test_attendance_beside_a_merge_is_written_for_who_stays_or_told(
    people: People, cohort: Cohort, round_: int
) -> None:
    stays, empties = both_in(cohort, people)
    meeting, user = MeetingFactory(cohort=cohort), make_staff("pelatih")
    record_attendance(meeting=meeting, enrolment=empties, status="izin", recorded_by=user)

    def record() -> str:
        record_attendance(
            meeting=meeting, enrolment=stays, status="hadir", recorded_by=user, reason="Ternyata hadir"
        )
        return "done"

    results = at_once([merging(*people, "satu"), record])
    assert results in (["done", "done"], ["stale", "done"])
    if results[0] == "done":
        row = Attendance.objects.get()
        assert (row.enrolment, row.status) == (stays, "hadir")
        assert set(AttendanceEvent.objects.values_list("attendance", flat=True)) == {row.pk}


@pytest.mark.parametrize("round_", range(3))
def test_a_pledge_written_beside_a_merge_is_lost_by_nobody(
    people: People, cohort: Cohort, round_: int
) -> None:
    stays, empties = both_in(cohort, people)
    write_pledge(enrolment=empties, promises=["Hadir"])
    results = at_once(
        [
            merging(*people, "satu"),
            told(lambda: write_pledge(enrolment=stays, promises=["Bertanya"])),
        ]
    )
    assert results in (["done", "done"], ["stale", "done"])
    promised = {line for pledge in Pledge.objects.all() for line in pledge.promises}
    # Written after both had become one, it is the one draft, written anew.
    assert "Bertanya" in promised
    assert Pledge.objects.filter(enrolment=stays, signed_on=None).count() == 1


@pytest.mark.parametrize("who", [0, 1])
@pytest.mark.parametrize("round_", range(3))
def test_a_page_opened_beside_a_merge_hinders_it_not(
    people: People, cohort: Cohort, who: int, round_: int
) -> None:
    """Who signs in for the first time meets the moved sign of life of the other record."""
    both_in(cohort, people)
    note_presence(participant=people[1 - who], mark="lama", device="", agent="", place="tes")
    comes = Participant.objects.get(pk=people[who].pk)
    results = at_once(
        [
            merging(*people, "satu"),
            told(lambda: note_presence(participant=comes, mark="baru", device="", agent="", place="tes")),
        ]
    )
    assert results[0] == "done"
    assert Presence.objects.filter(participant=people[0]).count() == 1
    assert not Presence.objects.filter(participant=people[1]).exists()


@pytest.mark.parametrize("round_", range(3))
def test_a_training_that_is_archived_beside_a_merge_is_put_together_before_or_not_at_all(
    people: People, cohort: Cohort, round_: int
) -> None:
    both_in(cohort, people)
    Cohort.objects.filter(pk=cohort.pk).update(state="tutup")
    user = make_staff("panitia")
    closed = Cohort.objects.get(pk=cohort.pk)
    results = at_once(
        [merging(*people, "satu"), told(lambda: change_state(cohort=closed, to="arsip", user=user))]
    )
    assert results[1] == "done"
    assert results[0] in ("done", "stale")
    assert Enrolment.objects.filter(cohort=cohort).count() == (1 if results[0] == "done" else 2)
