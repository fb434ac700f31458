"""What staff do with an attempt: each verb leaves a record with its reason, and counts as it says."""

import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from lms.cohorts.models import Enrolment
from lms.learning.domain import rebuild_scores, start_attempt, submit_attempt
from lms.learning.domain.rooms import extend_room, hand_in_room, pause_room, resume_room
from lms.learning.domain.staff import (
    extend_attempt,
    hand_in_attempt,
    pause_attempt,
    reopen_attempt,
    resume_attempt,
    void_attempt,
)
from lms.learning.models import AnswerEvent, Attempt, AttemptRecord, Completion
from tests.factories import EnrolmentFactory, make_staff
from tests.lms.learning.answers import answer, hand_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def trainer() -> Any:
    return make_staff("pelatih")


@pytest.fixture
def words(trainer: Any) -> dict[str, Any]:
    """Who does it, and why."""
    return {"actor": trainer, "reason": "Listrik padam"}


def clock(attempt: Attempt, *, limit: int | None = 1800, began: int = 0, **fields: Any) -> Attempt:
    """Put an attempt under a limit (seconds), begun that many seconds ago."""
    started = timezone.now() - datetime.timedelta(seconds=began)
    Attempt.objects.filter(pk=attempt.pk).update(time_limit_seconds=limit, started_at=started, **fields)
    attempt.refresh_from_db()
    return attempt


def ago(seconds: int) -> datetime.datetime:
    return timezone.now() - datetime.timedelta(seconds=seconds)


def code_of(verb: Any, **words: Any) -> str:
    with pytest.raises(ValidationError) as refused:
        verb(**words)
    return str(refused.value.code)


def history(attempt: Attempt) -> list[tuple[str, str]]:
    return list(AttemptRecord.objects.filter(attempt=attempt).values_list("action", "reason"))


# ------------------------------------------------------------------ reopening


def test_a_reopened_attempt_is_open_with_its_answers_and_without_points(attempt: Attempt, words: Any) -> None:
    score = hand_in(attempt, right_items=3).score
    before = list(AnswerEvent.objects.order_by("pk").values())
    reopened = reopen_attempt(attempt=attempt, **words)
    reopened.refresh_from_db()
    assert (reopened.submitted_at, reopened.score, reopened.closed_by) == (None, None, "")
    assert set(reopened.items.values_list("earned", "dont_know")) == {(None, False)}
    assert list(AnswerEvent.objects.order_by("pk").values()) == before
    assert history(attempt) == [("reopened", "Listrik padam")]
    assert submit_attempt(attempt=reopened).score == score
    assert rebuild_scores(attempt=reopened, write=False) == []


def test_the_record_of_reopening_keeps_the_points_that_were_there(attempt: Attempt, words: Any) -> None:
    score = hand_in(attempt).score
    reopen_attempt(attempt=attempt, **words)
    detail = AttemptRecord.objects.get().detail
    assert (detail["old"], detail["closed_by"]) == (score, "self")


def test_answers_can_be_changed_after_reopening(attempt: Attempt, words: Any) -> None:
    hand_in(attempt, right_items=0)
    reopened = reopen_attempt(attempt=attempt, **words)
    answer(attempt.items.get(kind="single"), sequence=50)
    assert submit_attempt(attempt=reopened).score == 1


def test_an_open_attempt_cannot_be_reopened(attempt: Attempt, words: Any) -> None:
    assert code_of(reopen_attempt, attempt=attempt, **words) == "open"


def test_a_pre_test_stays_closed_once_the_post_test_was_begun(attempt: Attempt, words: Any) -> None:
    hand_in(attempt)
    post = start_attempt(enrolment=attempt.enrolment, occasion="post")
    assert code_of(reopen_attempt, attempt=attempt, **words) == "later_begun"
    void_attempt(attempt=post, **words)
    assert reopen_attempt(attempt=attempt, **words).submitted_at is None


def test_only_the_newest_try_can_be_reopened(attempt: Attempt, words: Any) -> None:
    hand_in(attempt)
    first = hand_in(start_attempt(enrolment=attempt.enrolment, occasion="post"), right_items=1)
    second = hand_in(start_attempt(enrolment=attempt.enrolment, occasion="post"), right_items=2)
    assert code_of(reopen_attempt, attempt=first, **words) == "later_begun"
    assert reopen_attempt(attempt=second, **words).submitted_at is None


def test_the_time_that_was_left_is_left_again(attempt: Attempt, words: Any) -> None:
    hand_in(clock(attempt, limit=1800, began=600))
    Attempt.objects.filter(pk=attempt.pk).update(started_at=ago(7800), submitted_at=ago(7200))
    left = reopen_attempt(attempt=attempt, **words).seconds_left()
    assert left == pytest.approx(1200, abs=3)


def test_minutes_are_added_to_the_time_that_was_left(attempt: Attempt, words: Any) -> None:
    hand_in(clock(attempt, limit=1800, began=600))
    assert reopen_attempt(attempt=attempt, minutes=10, **words).seconds_left() == pytest.approx(1800, abs=3)


def test_an_attempt_whose_time_was_over_needs_minutes(attempt: Attempt, words: Any) -> None:
    hand_in(clock(attempt, limit=600, began=590))
    Attempt.objects.filter(pk=attempt.pk).update(started_at=ago(5000), submitted_at=ago(4300))
    assert code_of(reopen_attempt, attempt=attempt, **words) == "no_time"
    attempt.refresh_from_db()
    assert attempt.submitted_at is not None
    left = reopen_attempt(attempt=attempt, minutes=5, **words).seconds_left()
    assert left == pytest.approx(300, abs=3)


def test_a_completion_is_not_taken_back_and_the_record_says_what_rests_on_it(
    attempt: Attempt, words: Any
) -> None:
    hand_in(attempt)
    Completion.objects.create(enrolment=attempt.enrolment)
    reopen_attempt(attempt=attempt, **words)
    assert Completion.objects.count() == 1
    assert len(AttemptRecord.objects.get().detail["unchanged"]) == 1


# ------------------------------------------------------------------ time


def test_minutes_are_given_to_one_attempt(attempt: Attempt, words: Any) -> None:
    other = clock(start_attempt(enrolment=EnrolmentFactory(), occasion="pre"))
    extend_attempt(attempt=clock(attempt), minutes=15, **words)
    attempt.refresh_from_db()
    other.refresh_from_db()
    assert (attempt.extra_seconds, other.extra_seconds) == (900, 0)
    assert AttemptRecord.objects.get().detail == {"minutes": 15}


@pytest.mark.parametrize(("minutes", "code"), [(0, "minutes"), (-5, "minutes"), (601, "minutes")])
def test_senseless_minutes_are_refused(attempt: Attempt, words: Any, minutes: int, code: str) -> None:
    assert code_of(extend_attempt, attempt=clock(attempt), minutes=minutes, **words) == code


def test_without_a_limit_there_is_nothing_to_lengthen(attempt: Attempt, words: Any) -> None:
    assert code_of(extend_attempt, attempt=attempt, minutes=5, **words) == "no_limit"


def test_a_pause_is_added_to_the_time(attempt: Attempt, words: Any) -> None:
    pause_attempt(attempt=clock(attempt, began=600), **words)
    Attempt.objects.filter(pk=attempt.pk).update(paused_at=ago(300), started_at=ago(900))
    attempt.refresh_from_db()
    left = attempt.seconds_left()
    assert left == pytest.approx(1200, abs=3)
    resumed = resume_attempt(attempt=attempt, **words)
    assert resumed.paused_at is None
    assert resumed.paused_seconds == pytest.approx(300, abs=3)
    assert resumed.seconds_left() == pytest.approx(1200, abs=3)
    assert [action for action, _reason in history(attempt)] == ["paused", "resumed"]


def test_pausing_and_going_on_twice_is_once(attempt: Attempt, words: Any) -> None:
    for verb in (pause_attempt, pause_attempt, resume_attempt, resume_attempt):
        verb(attempt=attempt, **words)
    assert [action for action, _reason in history(attempt)] == ["paused", "resumed"]


# ------------------------------------------------------------------ void, handed in


def test_a_void_attempt_stays_and_counts_nowhere_and_another_may_begin(attempt: Attempt, words: Any) -> None:
    hand_in(attempt)
    void_attempt(attempt=attempt, **words)
    again = start_attempt(enrolment=attempt.enrolment, occasion="pre")
    assert again.pk != attempt.pk
    assert again.number == 2
    assert set(Attempt.objects.counted()) == {again}
    assert history(attempt) == [("voided", "Listrik padam")]


def test_an_open_attempt_can_be_void(attempt: Attempt, words: Any) -> None:
    void_attempt(attempt=attempt, **words)
    assert start_attempt(enrolment=attempt.enrolment, occasion="pre").number == 2


@pytest.mark.parametrize(
    "verb",
    [reopen_attempt, pause_attempt, resume_attempt, hand_in_attempt, void_attempt],
    ids=lambda verb: verb.__name__,
)
def test_nothing_can_be_done_with_a_void_attempt(attempt: Attempt, words: Any, verb: Any) -> None:
    void_attempt(attempt=attempt, **words)
    assert code_of(verb, attempt=attempt, **words) == "void"
    assert len(history(attempt)) == 1


def test_a_trainer_hands_in_what_was_answered(attempt: Attempt, words: Any) -> None:
    answer(attempt.items.get(kind="single"))
    done = hand_in_attempt(attempt=attempt, **words)
    done.refresh_from_db()
    assert (done.score, done.closed_by) == (1, "staff")
    assert AttemptRecord.objects.get().detail == {"new": 1}


def test_handing_in_ends_a_pause(attempt: Attempt, words: Any) -> None:
    pause_attempt(attempt=attempt, **words)
    hand_in_attempt(attempt=attempt, **words)
    attempt.refresh_from_db()
    assert attempt.paused_at is None


@pytest.mark.parametrize(
    "verb", [pause_attempt, resume_attempt, hand_in_attempt], ids=lambda verb: verb.__name__
)
def test_what_needs_an_open_attempt_refuses_a_closed_one(attempt: Attempt, words: Any, verb: Any) -> None:
    hand_in(attempt)
    assert code_of(verb, attempt=attempt, **words) == "closed"


@pytest.mark.parametrize(
    "verb",
    [reopen_attempt, pause_attempt, resume_attempt, hand_in_attempt, void_attempt],
    ids=lambda verb: verb.__name__,
)
def test_nothing_happens_without_a_reason(attempt: Attempt, trainer: Any, verb: Any) -> None:
    assert code_of(verb, attempt=attempt, actor=trainer, reason="  ") == "reason"
    assert history(attempt) == []


# ------------------------------------------------------------------ a room full of people


def room_of(enrolment: Enrolment, words: Any) -> dict[str, Any]:
    return {
        "cohort": enrolment.cohort,
        "occasion": "pre",
        "assessment_id": enrolment.cohort.assessment_id,
        **words,
    }


def test_a_room_is_paused_and_goes_on_together(attempt: Attempt, words: Any) -> None:
    beside = start_attempt(enrolment=EnrolmentFactory(cohort=attempt.enrolment.cohort), occasion="pre")
    elsewhere = start_attempt(enrolment=EnrolmentFactory(), occasion="pre")
    done = hand_in(start_attempt(enrolment=EnrolmentFactory(cohort=attempt.enrolment.cohort), occasion="pre"))
    room = room_of(attempt.enrolment, words)
    assert pause_room(**room) == 2
    assert set(Attempt.objects.filter(paused_at__isnull=False)) == {attempt, beside}
    assert resume_room(**room) == 2
    assert not Attempt.objects.filter(paused_at__isnull=False).exists()
    assert not AttemptRecord.objects.filter(attempt__in=[elsewhere, done]).exists()


def test_a_room_gets_minutes_where_there_is_a_limit(attempt: Attempt, words: Any) -> None:
    start_attempt(enrolment=EnrolmentFactory(cohort=attempt.enrolment.cohort), occasion="pre")
    clock(attempt)
    assert extend_room(minutes=5, **room_of(attempt.enrolment, words)) == 1
    attempt.refresh_from_db()
    assert attempt.extra_seconds == 300


def test_a_room_is_handed_in_together(attempt: Attempt, words: Any) -> None:
    start_attempt(enrolment=EnrolmentFactory(cohort=attempt.enrolment.cohort), occasion="pre")
    assert hand_in_room(**room_of(attempt.enrolment, words)) == 2
    assert set(Attempt.objects.values_list("closed_by", flat=True)) == {"staff"}


def test_a_room_without_anybody_changes_nothing(enrolment: Enrolment, words: Any) -> None:
    assert pause_room(**room_of(enrolment, words)) == 0
