"""The rule of a cohort: each condition, once, and news to who listens."""

from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from lms.cohorts.domain import record_attendance
from lms.cohorts.models import Cohort, Enrolment
from lms.cohorts.signals import cohort_changed
from lms.learning import registry
from lms.learning.domain import required_conditions, review_completion, start_attempt, submit_attempt
from lms.learning.models import Completion
from lms.learning.registry import CompletionCondition, ConditionResult, register_condition
from lms.learning.signals import course_completed
from tests.factories import CohortFactory, EnrolmentFactory, MeetingFactory
from tests.lms.learning.answers import hand_in

pytestmark = pytest.mark.django_db

NOTHING = {
    "cohort__min_attendance_percent": None,
    "cohort__require_post_test": False,
    "cohort__require_plan": False,
}


@pytest.fixture
def news() -> Iterator[list[Enrolment]]:
    heard: list[Enrolment] = []

    def listen(sender: Any, enrolment: Enrolment, **kwargs: Any) -> None:
        heard.append(enrolment)

    course_completed.connect(listen)
    yield heard
    course_completed.disconnect(listen)


def standing(enrolment: Enrolment) -> dict[str, bool]:
    return {condition.code: result.met for condition, result in required_conditions(enrolment)}


def test_a_cohort_that_asks_for_nothing_completes_nobody() -> None:
    enrolment = EnrolmentFactory(**NOTHING)
    assert review_completion(enrolment=enrolment) is False
    assert not Completion.objects.exists()


def test_attendance_alone_completes_when_the_last_hour_is_ticked(news: list[Enrolment]) -> None:
    enrolment = EnrolmentFactory(**{**NOTHING, "cohort__min_attendance_percent": 80})
    hours = [4, 1]
    meetings = [MeetingFactory(cohort=enrolment.cohort, lesson_hours=n) for n in hours]
    record_attendance(meeting=meetings[1], enrolment=enrolment, status="alpa", recorded_by=None)
    assert not Completion.objects.exists()
    record_attendance(meeting=meetings[0], enrolment=enrolment, status="terlambat", recorded_by=None)
    assert Completion.objects.filter(enrolment=enrolment).exists()
    assert news == [enrolment]


def test_attendance_just_below_the_share_is_not_met() -> None:
    enrolment = EnrolmentFactory(**{**NOTHING, "cohort__min_attendance_percent": 81})
    meeting = MeetingFactory(cohort=enrolment.cohort, lesson_hours=4)
    MeetingFactory(cohort=enrolment.cohort, lesson_hours=1)
    record_attendance(meeting=meeting, enrolment=enrolment, status="hadir", recorded_by=None)
    assert standing(enrolment) == {"attendance": False}


def test_without_a_planned_meeting_attendance_is_not_met_and_says_so() -> None:
    enrolment = EnrolmentFactory(**{**NOTHING, "cohort__min_attendance_percent": 0})
    [(_condition, result)] = required_conditions(enrolment)
    assert (result.met, bool(result.detail)) == (False, True)


# 13 points: 60 % is 7.8, so 8 points pass and 7 do not.
@pytest.mark.parametrize(("right_items", "score", "met"), [(4, 6, False), (5, 9, True)])
def test_the_pass_mark_is_compared_in_whole_points(right_items: int, score: int, met: bool) -> None:
    enrolment = EnrolmentFactory(**{**NOTHING, "cohort__require_post_test": True})
    submit_attempt(attempt=start_attempt(enrolment=enrolment, occasion="pre"))
    post = hand_in(start_attempt(enrolment=enrolment, occasion="post"), right_items=right_items)
    assert (post.score, standing(enrolment)) == (score, {"post_test": met})
    assert Completion.objects.exists() is met


def test_the_best_try_counts(news: list[Enrolment]) -> None:
    enrolment = EnrolmentFactory(**{**NOTHING, "cohort__require_post_test": True})
    submit_attempt(attempt=start_attempt(enrolment=enrolment, occasion="pre"))
    hand_in(start_attempt(enrolment=enrolment, occasion="post"), right_items=0)
    assert not Completion.objects.exists()
    hand_in(start_attempt(enrolment=enrolment, occasion="post"))
    assert news == [enrolment]


def test_a_pre_test_never_passes_for_a_post_test() -> None:
    enrolment = EnrolmentFactory(**{**NOTHING, "cohort__require_post_test": True})
    hand_in(start_attempt(enrolment=enrolment, occasion="pre"))
    assert standing(enrolment) == {"post_test": False}


def test_completion_is_written_and_announced_once_and_never_taken_back(news: list[Enrolment]) -> None:
    enrolment = EnrolmentFactory(**{**NOTHING, "cohort__min_attendance_percent": 50})
    meeting = MeetingFactory(cohort=enrolment.cohort)
    for status in ("hadir", "alpa", "hadir"):
        record_attendance(
            meeting=meeting, enrolment=enrolment, status=status, recorded_by=None, reason="Salah"
        )
    assert review_completion(enrolment=enrolment) is True
    assert (len(news), Completion.objects.count()) == (1, 1)


def test_a_listener_that_fails_leaves_no_completion_behind() -> None:
    enrolment = EnrolmentFactory(**{**NOTHING, "cohort__min_attendance_percent": 50})
    meeting = MeetingFactory(cohort=enrolment.cohort)

    def fail(sender: Any, **kwargs: Any) -> None:
        raise RuntimeError("the printer is out of ink")

    course_completed.connect(fail)
    try:
        with pytest.raises(RuntimeError):
            record_attendance(meeting=meeting, enrolment=enrolment, status="hadir", recorded_by=None)
    finally:
        course_completed.disconnect(fail)
    assert not Completion.objects.exists()


def test_two_conditions_may_not_share_a_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_conditions", {})

    def condition(met: bool) -> CompletionCondition:
        return CompletionCondition("x", "X", lambda cohort: True, lambda enrolment: ConditionResult(met, ""))

    first = condition(True)
    register_condition(first)
    register_condition(first)
    with pytest.raises(ImproperlyConfigured):
        register_condition(condition(False))
    assert registry.conditions() == [first]


def test_a_review_looks_no_further_than_the_first_condition_that_is_not_met(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It is made whenever anybody hands in a test; what a page tells about the others is asked elsewhere."""
    monkeypatch.setattr(registry, "_conditions", {})
    asked: list[str] = []
    met = {"first": True, "second": False, "third": True}

    def condition(code: str, order: int) -> CompletionCondition:
        def evaluate(enrolments: Sequence[Enrolment]) -> dict[Any, ConditionResult]:
            asked.append(code)
            return {enrolment.pk: ConditionResult(met[code], "") for enrolment in enrolments}

        return CompletionCondition(code, code, lambda cohort: True, evaluate, order)

    for order, code in enumerate(met):
        register_condition(condition(code, order))
    enrolment = EnrolmentFactory()
    assert review_completion(enrolment=enrolment) is False
    assert asked == ["first", "second"]
    met["second"] = True
    assert review_completion(enrolment=enrolment) is True
    assert asked[2:] == ["first", "second", "third"]


def test_conditions_are_listed_in_their_own_order() -> None:
    assert [condition.code for condition in registry.conditions()][:2] == ["attendance", "post_test"]


def test_a_rule_that_asks_for_less_completes_who_was_waiting_for_it(news: list[Enrolment]) -> None:
    cohort = CohortFactory(pretest_first=False, min_attendance_percent=None, require_plan=True)
    ready, idle = EnrolmentFactory.create_batch(2, cohort=cohort)
    hand_in(start_attempt(enrolment=ready, occasion="post"))
    start_attempt(enrolment=idle, occasion="post")
    assert news == []
    cohort.require_plan = False
    cohort.save()
    cohort_changed.send(sender=Cohort, cohort=cohort)
    assert news == [ready]
    assert list(Completion.objects.values_list("enrolment", flat=True)) == [ready.pk]


def test_a_rule_that_asks_for_more_takes_nothing_back(news: list[Enrolment]) -> None:
    enrolment = EnrolmentFactory(**{**NOTHING, "cohort__min_attendance_percent": 80})
    meeting = MeetingFactory(cohort=enrolment.cohort)
    record_attendance(meeting=meeting, enrolment=enrolment, status="hadir", recorded_by=None)
    enrolment.cohort.require_plan = True
    enrolment.cohort.save()
    cohort_changed.send(sender=Cohort, cohort=enrolment.cohort)
    assert news == [enrolment]
    assert Completion.objects.count() == 1
