"""The class at this moment: what the page of the facilitator knows, and what it never says."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from lms.cohorts.domain.attendance_stations import register_station, remove_station
from lms.cohorts.models import Cohort, Enrolment
from lms.learning.desk.live import live_class
from lms.learning.desk.live_people import Person
from lms.learning.domain import open_sitting, start_attempt
from lms.learning.domain.lessons import complete_lesson
from lms.learning.domain.staff import pause_attempt
from lms.learning.models import AnswerEvent, Attempt
from lms.people.domain.budgets import take_try, try_was_wrong
from lms.people.models import Presence
from tests.factories import CohortFactory, EnrolmentFactory, make_staff
from tests.helpers import sign_in_as
from tests.lms.learning.answers import answer, hand_in
from tests.lms.learning.training import begun_ago, make_practice

pytestmark = pytest.mark.django_db
QUESTION = "learning:question"


@pytest.fixture(autouse=True)
def _english(settings: Any) -> None:
    settings.LANGUAGE_CODE = "en"


def only(cohort: Cohort) -> Person:
    (person,) = live_class(cohort).people
    return person


def codes(person: Person) -> list[str]:
    return [trouble.code for trouble in person.troubles]


def ago(enrolment: Enrolment, **fields: int) -> None:
    """Let moments of the presence lie so many seconds back: ``seen_at=300``."""
    row = Presence.objects.filter(participant=enrolment.participant_id)
    moments = {name: timezone.now() - timedelta(seconds=seconds) for name, seconds in fields.items()}
    row.update(signed_in_at=timezone.now() - timedelta(days=9), **moments)


def answered_ago(attempt: Attempt, seconds: int) -> None:
    moment = timezone.now() - timedelta(seconds=seconds)
    AnswerEvent.objects.filter(item__attempt=attempt).update(received_at=moment)


def wrong_pins(enrolment: Enrolment, times: int) -> None:
    for _time in range(times):
        try_was_wrong(take_try(code=enrolment.participant.code, device=uuid.uuid4().hex))


@pytest.fixture
def cohort(enrolment: Enrolment) -> Cohort:
    return enrolment.cohort


# ------------------------------------------------------------------ who is where


def test_somebody_who_never_signed_in_is_not_there_and_needs_no_help(cohort: Cohort) -> None:
    person = only(cohort)
    assert (person.here, person.device, person.doing, codes(person)) == ("never", "", "", [])


def test_opening_a_page_is_seen_with_the_device(participant: Client, cohort: Cohort) -> None:
    participant.cookies["bb_device"] = "laptop-1"
    participant.get(reverse("portal:dashboard"))
    person = only(cohort)
    assert person.here == "here"
    assert person.device.startswith("Computer ")
    assert person.doing == "another page"


def test_a_device_that_the_training_has_registered_is_called_by_its_name(
    participant: Client, cohort: Cohort
) -> None:
    participant.cookies["bb_device"] = "laptop-1"
    participant.get(reverse("portal:dashboard"))
    register_station(cohort=CohortFactory(), device="laptop-1", name="Laptop sekolah", user=None)
    assert only(cohort).device.startswith("Computer "), "another training's name is not ours"
    station = register_station(cohort=cohort, device="laptop-1", name="Laptop 1", user=None)
    assert only(cohort).device == "Laptop 1"
    remove_station(station=station, user=None)
    assert only(cohort).device.startswith("Computer ")


def test_people_who_share_a_device_are_told_apart_from_those_who_do_not(cohort: Cohort) -> None:
    phone = "Mozilla/5.0 (Linux; Android 14) Mobile"
    for number, (device, agent) in enumerate([("laptop", "X"), ("laptop", "X"), ("own", phone)]):
        client = Client(headers={"user-agent": agent})
        person = EnrolmentFactory(cohort=cohort, participant__full_name=f"Orang {number}").participant
        sign_in_as(client, person)
        client.cookies["bb_device"] = device
        client.get(reverse("portal:dashboard"))
    there = [person for person in live_class(cohort).people if person.here == "here"]
    assert [(person.shared, person.device.split()[0]) for person in there] == [
        (2, "Computer"),
        (2, "Computer"),
        (1, "Phone"),
    ]


def test_the_question_on_the_screen_is_told_by_number(
    participant: Client, attempt: Attempt, cohort: Cohort
) -> None:
    participant.get(reverse(QUESTION, args=[attempt.pk, 3]))
    assert only(cohort).doing == "Pre-test, question 3 of 6"
    participant.get(reverse("learning:review", args=[attempt.pk]))
    assert only(cohort).doing == "Pre-test, looking it over: 0 of 6 answered"


def test_the_lesson_on_the_screen_is_told_by_title(participant: Client, cohort: Cohort) -> None:
    cohort.pretest_first = False
    cohort.save()
    lesson = cohort.course.get_descendants().last().specific
    participant.get(lesson.url)
    complete_lesson(enrolment=cohort.enrolments.get(), lesson=lesson)
    person = only(cohort)
    assert person.doing == f"Pelajaran: {lesson.title}"
    assert person.lessons == 1


def test_an_open_test_is_told_when_another_page_is_on_the_screen(
    participant: Client, attempt: Attempt, cohort: Cohort
) -> None:
    answer(attempt.items.first())
    participant.get(reverse("portal:dashboard"))
    assert only(cohort).doing == "Pre-test, 1 of 6 answered"


def test_signing_out_is_seen_at_once(participant: Client, cohort: Cohort) -> None:
    participant.get(reverse("portal:dashboard"))
    participant.post(reverse("people:sign_out"))
    assert only(cohort).here == "left"


@pytest.mark.parametrize(
    ("seconds", "here"),
    [(0, "here"), (190, "here"), (210, "silent"), (590, "silent"), (610, "left"), (13 * 3600, "never")],
)
def test_silence_means_more_the_longer_it_lasts(
    participant: Client, enrolment: Enrolment, seconds: int, here: str
) -> None:
    participant.get(reverse("portal:dashboard"))
    ago(enrolment, seen_at=seconds)
    assert only(enrolment.cohort).here == here


def test_a_saved_answer_is_a_sign_of_life(participant: Client, attempt: Attempt) -> None:
    participant.get(reverse(QUESTION, args=[attempt.pk, 1]))
    ago(attempt.enrolment, seen_at=400)
    assert codes(only(attempt.enrolment.cohort)) == ["silent"]
    answer(attempt.items.first())
    person = only(attempt.enrolment.cohort)
    assert person.here == "here"
    saved = AnswerEvent.objects.get().received_at
    assert person.saved == f"{timezone.localtime(saved):%H:%M}"


def test_what_staff_enter_is_no_sign_of_life(participant: Client, enrolment: Enrolment) -> None:
    participant.get(reverse("portal:dashboard"))
    started = start_attempt(
        enrolment=enrolment, occasion="pre", mode="aloud", entered_by=make_staff("pembaca")
    )
    open_sitting(attempt=started)
    answer(started.items.first())
    ago(enrolment, seen_at=400, place_since=400)
    person = only(enrolment.cohort)
    assert person.here == "silent"
    assert codes(person) == []


# ------------------------------------------------------------------ who may need help


@pytest.mark.parametrize(("wrong", "expected"), [(2, []), (3, ["wrong"]), (5, ["locked"])])
def test_wrong_pins_are_told_before_and_after_the_door_closes(
    enrolment: Enrolment, wrong: int, expected: list[str]
) -> None:
    wrong_pins(enrolment, wrong)
    person = only(enrolment.cohort)
    assert codes(person) == expected
    assert (person.wrong, person.is_locked) == (wrong, wrong == 5)


@pytest.mark.parametrize(("seconds", "expected"), [(280, []), (320, ["stuck"])])
def test_neither_answer_nor_step_for_minutes_means_stuck(
    participant: Client, attempt: Attempt, seconds: int, expected: list[str]
) -> None:
    participant.get(reverse(QUESTION, args=[attempt.pk, 2]))
    begun_ago(attempt, 400, limit=3600)
    ago(attempt.enrolment, seen_at=5, place_since=seconds)
    assert codes(only(attempt.enrolment.cohort)) == expected


def test_who_changes_one_answer_for_long_is_told_too(participant: Client, attempt: Attempt) -> None:
    participant.get(reverse(QUESTION, args=[attempt.pk, 1]))
    begun_ago(attempt, 900, limit=3600)
    answer(attempt.items.first())
    answered_ago(attempt, 20)
    ago(attempt.enrolment, seen_at=5, place_since=500)
    assert codes(only(attempt.enrolment.cohort)) == ["long"]


def test_reading_one_lesson_for_long_is_told(participant: Client, cohort: Cohort) -> None:
    cohort.pretest_first = False
    cohort.save()
    participant.get(cohort.course.get_descendants().last().specific.url)
    ago(cohort.enrolments.get(), seen_at=5, place_since=24 * 60)
    assert codes(only(cohort)) == []
    ago(cohort.enrolments.get(), seen_at=5, place_since=26 * 60)
    assert codes(only(cohort)) == ["reading"]


def test_who_leaves_an_open_test_may_need_help(participant: Client, attempt: Attempt) -> None:
    participant.get(reverse(QUESTION, args=[attempt.pk, 1]))
    participant.post(reverse("people:sign_out"))
    assert codes(only(attempt.enrolment.cohort)) == ["gone"]


def test_a_paused_test_worries_nobody(participant: Client, attempt: Attempt) -> None:
    participant.get(reverse(QUESTION, args=[attempt.pk, 1]))
    pause_attempt(attempt=attempt, actor=make_staff("pelatih"), reason="Makan siang")
    ago(attempt.enrolment, seen_at=5, place_since=4000)
    person = only(attempt.enrolment.cohort)
    assert codes(person) == []
    assert person.doing == "Pre-test: paused"


def test_a_practice_may_be_left_lying(participant: Client, enrolment: Enrolment) -> None:
    practice = make_practice(enrolment.cohort)
    started = start_attempt(enrolment=enrolment, occasion="practice", assessment=practice)
    participant.get(reverse("portal:dashboard"))
    begun_ago(started, 4000, limit=9000)
    ago(enrolment, seen_at=5, place_since=3000)
    assert codes(only(enrolment.cohort)) == []
    participant.get(reverse(QUESTION, args=[started.pk, 1]))
    ago(enrolment, seen_at=5, place_since=3000)
    assert codes(only(enrolment.cohort)) == ["stuck"]


# ------------------------------------------------------------------ the counts above


def test_the_tests_are_counted_by_person(attempt: Attempt, cohort: Cohort) -> None:
    EnrolmentFactory(cohort=cohort)
    hand_in(start_attempt(enrolment=EnrolmentFactory(cohort=cohort), occasion="pre"))
    pre, post = live_class(cohort).tests
    assert (pre.not_begun, pre.going_on, pre.handed_in) == (1, 1, 1)
    assert (post.not_begun, post.going_on, post.handed_in) == (3, 0, 0)


def test_a_second_try_counts_the_person_once(enrolment: Enrolment) -> None:
    for occasion in ("pre", "post"):
        hand_in(start_attempt(enrolment=enrolment, occasion=occasion), right_items=0)
    start_attempt(enrolment=enrolment, occasion="post")
    _pre, post = live_class(enrolment.cohort).tests
    assert (post.not_begun, post.going_on, post.handed_in) == (0, 1, 0)


# ------------------------------------------------------------------ what it costs


def test_it_takes_as_many_queries_for_forty_people_as_for_one(cohort: Cohort, attempt: Attempt) -> None:
    counts = []
    for people in (1, 3, 40):
        while cohort.enrolments.count() < people:
            other = EnrolmentFactory(cohort=cohort)
            sit_down(other)
        if people == 1:
            sit_down(attempt.enrolment)
        with CaptureQueriesContext(connection) as captured:
            live_class(cohort)
        counts.append(len(captured))
    assert len(set(counts)) == 1
    assert counts[0] <= 10


def sit_down(enrolment: Enrolment) -> None:
    """Sign in, begin the pre-test, answer a question, with a wrong PIN before."""
    wrong_pins(enrolment, 1)
    started = start_attempt(enrolment=enrolment, occasion="pre")
    open_sitting(attempt=started)
    answer(started.items.first())
    client = Client()
    sign_in_as(client, enrolment.participant)
    client.get(reverse(QUESTION, args=[started.pk, 1]))


def test_a_class_in_which_nothing_happens_has_the_same_versions(
    participant: Client, attempt: Attempt, cohort: Cohort
) -> None:
    """Nothing on a card counts seconds or minutes, so that looking again costs nothing to send."""
    with time_machine.travel(timezone.now(), tick=False) as clock:
        participant.get(reverse(QUESTION, args=[attempt.pk, 1]))
        before = live_class(cohort)
        clock.shift(timedelta(seconds=100))
        participant.post(reverse("people:heartbeat"))
        after = live_class(cohort)
        assert Presence.objects.get().seen_at == timezone.now()
        assert before == after
        participant.get(reverse(QUESTION, args=[attempt.pk, 2]))
        moved = live_class(cohort)
    assert moved.people[0].version != before.people[0].version
    assert moved.head_version == before.head_version
