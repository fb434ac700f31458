"""Two devices, two tabs, an impatient finger: each of it happens once."""

import threading
import uuid
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from lms.certificates.models import Certificate
from lms.cohorts.domain import record_attendance
from lms.followup.domain import save_action, submit_plan
from lms.ids import new_id
from lms.learning.domain import open_sitting, rebuild_scores, start_attempt, submit_attempt
from lms.learning.models import AnswerEvent, Attempt, Completion
from tests.factories import EnrolmentFactory, MeetingFactory
from tests.lms.learning.answers import answer, right
from tests.services.threads import at_once

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


def answered_attempt() -> Attempt:
    attempt = start_attempt(enrolment=EnrolmentFactory(), occasion="pre")
    open_sitting(attempt=attempt)
    for sequence, item in enumerate(attempt.items.all(), start=1):
        answer(item, sequence=sequence)
    return attempt


def submit(attempt: Attempt) -> tuple[Any, ...]:
    done = submit_attempt(attempt=Attempt.objects.get(pk=attempt.pk))
    return done.score, done.submitted_at


def test_four_simultaneous_starts_make_one_attempt() -> None:
    enrolment = EnrolmentFactory()
    started = at_once([lambda: start_attempt(enrolment=enrolment, occasion="pre").pk for _ in range(4)])
    assert (len(set(started)), Attempt.objects.count()) == (1, 1)


def test_three_simultaneous_submits_give_one_result() -> None:
    attempt = answered_attempt()
    results = at_once([lambda: submit(attempt) for _ in range(3)])
    assert (len(set(results)), results[0][0]) == (1, 13)


def test_each_opening_at_the_same_moment_has_a_number_of_its_own() -> None:
    attempt = start_attempt(enrolment=EnrolmentFactory(), occasion="pre")
    assert sorted(at_once([lambda: open_sitting(attempt=attempt) for _ in range(8)])) == list(range(1, 9))


def change_mind(attempt: Attempt) -> str:
    """Answer the single choice wrongly after all: "saved", or the code of the refusal."""
    item = attempt.items.get(kind="single")
    wrong = next(option for option in item.option_order if option != right(item)["response"])
    try:
        answer(item, {"response": wrong}, sequence=99)
    except ValidationError as refusal:
        return str(refusal.code)
    return "saved"


@pytest.mark.parametrize("round_", range(4))
def test_an_answer_acknowledged_beside_three_submits_is_in_the_score(round_: int) -> None:
    """Whatever the order, nothing is acknowledged that the score does not know."""
    attempt = answered_attempt()
    scores: list[int] = []
    changed = at_once([lambda: change_mind(attempt), *[lambda: str(scores.append(submit(attempt)[0]))] * 3])[
        0
    ]
    assert scores == [{"saved": 12, "closed": 13}[changed]] * 3
    assert rebuild_scores(attempt=attempt, write=False) == []


def test_a_retry_that_overtakes_its_first_try_is_one_event() -> None:
    attempt = start_attempt(enrolment=EnrolmentFactory(), occasion="pre")
    open_sitting(attempt=attempt)
    item, event = attempt.items.first(), uuid.uuid4()
    saved = at_once([lambda: answer(item, event_id=event).pk for _ in range(8)])
    assert set(saved) == {event}
    assert AnswerEvent.objects.count() == 1


def test_one_event_id_for_two_people_is_an_answer_of_one_and_a_refusal_for_the_other() -> None:
    event = uuid.uuid4()
    items = []
    for _person in range(2):
        attempt = start_attempt(enrolment=EnrolmentFactory(), occasion="pre")
        open_sitting(attempt=attempt)
        items.append(attempt.items.get(kind="true_false"))

    def file(item: Any) -> str:
        try:
            answer(item, event_id=event)
        except ValidationError as refusal:
            return str(refusal.code)
        return "saved"

    results = at_once([lambda item=item: file(item) for item in items])
    assert sorted(results) == ["duplicate_differs", "saved"]


def test_the_last_two_conditions_met_at_once_complete_once_with_one_certificate() -> None:
    enrolment = EnrolmentFactory(cohort__pretest_first=False, cohort__require_post_test=False)
    meeting = MeetingFactory(cohort=enrolment.cohort)
    fields = {
        "title": "Musyawarah dusun",
        "phase": "musdes",
        "deadline": enrolment.cohort.ends_on,
        "person_in_charge": "Kepala Dusun",
        "indicator": "1 Berita Acara",
        "evidence_expected": "Berita Acara",
    }
    save_action(enrolment=enrolment, action_id=new_id(), fields=fields)

    def attend() -> None:
        record_attendance(meeting=meeting, enrolment=enrolment, status="hadir", recorded_by=None)

    def hand_in() -> None:
        submit_plan(enrolment=enrolment)

    at_once([attend, hand_in, attend, hand_in])
    assert Completion.objects.count() == 1
    assert Certificate.objects.count() == 1


def test_the_gate_of_these_tests_lets_all_threads_begin_together() -> None:
    seen: list[int] = []
    at_once([lambda: seen.append(threading.get_ident()) for _ in range(8)])
    assert len(set(seen)) == 8
