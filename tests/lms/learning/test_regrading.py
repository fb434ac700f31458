"""A corrected key changes points and nothing else: figures, history, never a response or a certificate."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessments.models import Question
from lms.certificates.models import Certificate
from lms.cohorts.models import Cohort
from lms.learning.domain import open_sitting, rebuild_scores, start_attempt, submit_attempt
from lms.learning.domain.regrade_plan import plan_regrade
from lms.learning.domain.regrading import regrade
from lms.learning.domain.staff import reopen_attempt
from lms.learning.models import AnswerEvent, Attempt, AttemptItem, AttemptRecord, Completion, Regrade
from tests.factories import CohortFactory, EnrolmentFactory, make_staff
from tests.lms.learning.answers import hand_in
from tests.lms.learning.corrected import attempt_of, choose, code_of, correct, figures, single_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def wrong(attempt: Attempt) -> Question:
    """The version that was shown: option 0 is its key."""
    return Question.objects.get(pk=single_of(attempt).question_id)


@pytest.fixture
def trainer() -> Any:
    return make_staff("pelatih")


def test_points_total_and_history_follow_the_corrected_key(
    attempt: Attempt, wrong: Question, trainer: Any
) -> None:
    choose(attempt, 1)
    corrected = correct(wrong, key=1)
    done = regrade(question=wrong, corrected=corrected, reason="Kunci salah", actor=trainer)
    assert figures(attempt) == (1, 1, corrected.pk)
    record = AttemptRecord.objects.get(attempt=attempt)
    assert (record.action, record.reason, record.actor) == ("regraded", "Kunci salah", trainer)
    position = single_of(attempt).position
    assert record.detail == {
        "regrade": str(done.pk),
        "old": 0,
        "new": 1,
        "items": [{"item": position, "old": 0, "new": 1}],
    }
    assert (done.looked_at, done.changed) == (1, 1)


def test_the_recorded_responses_and_the_shown_version_stay_as_they_are(
    attempt: Attempt, wrong: Question, trainer: Any
) -> None:
    choose(attempt, 1)
    events = list(AnswerEvent.objects.order_by("pk").values())
    shown = list(AttemptItem.objects.order_by("pk").values("pk", "question", "option_order", "points"))
    regrade(question=wrong, corrected=correct(wrong, key=1), reason="Kunci salah", actor=trainer)
    assert list(AnswerEvent.objects.order_by("pk").values()) == events
    again = AttemptItem.objects.order_by("pk").values("pk", "question", "option_order", "points")
    assert list(again) == shown


def test_rebuilding_afterwards_finds_no_difference(attempt: Attempt, wrong: Question, trainer: Any) -> None:
    hand_in(attempt)
    regrade(question=wrong, corrected=correct(wrong, key=2), reason="Kunci salah", actor=trainer)
    assert figures(attempt)[0] == 12
    assert rebuild_scores(attempt=attempt, write=False) == []


def test_done_twice_it_is_once(attempt: Attempt, wrong: Question, trainer: Any) -> None:
    choose(attempt, 1)
    words = {
        "question": wrong,
        "corrected": correct(wrong, key=1),
        "reason": "Kunci salah",
        "actor": trainer,
    }
    first, again = regrade(**words), regrade(**words)
    assert first == again
    assert (Regrade.objects.count(), AttemptRecord.objects.count()) == (1, 1)


def test_a_second_correction_regrades_again(attempt: Attempt, wrong: Question, trainer: Any) -> None:
    choose(attempt, 1)
    second = correct(wrong, key=1)
    regrade(question=wrong, corrected=second, reason="Kunci salah", actor=trainer)
    third = correct(second, key=3)
    regrade(question=second, corrected=third, reason="Salah lagi", actor=trainer)
    assert figures(attempt) == (0, 0, third.pk)
    assert rebuild_scores(attempt=attempt, write=False) == []
    # The way back is closed: only a newer version regrades.
    plan = plan_regrade(question=wrong, corrected=second)
    assert plan.lines == ()


def test_a_correction_of_a_correction_reaches_the_first_version_in_one_step(
    attempt: Attempt, wrong: Question, trainer: Any
) -> None:
    choose(attempt, 3)
    third = correct(correct(wrong, key=1), key=3)
    regrade(question=wrong, corrected=third, reason="Kunci salah", actor=trainer)
    assert figures(attempt) == (1, 1, third.pk)


def test_points_of_the_item_stay_those_that_were_frozen(
    attempt: Attempt, wrong: Question, trainer: Any
) -> None:
    choose(attempt, 1)
    corrected = correct(wrong, key=1)
    Question.objects.filter(pk=corrected.pk).update(points=5)
    corrected.refresh_from_db()
    regrade(question=wrong, corrected=corrected, reason="Kunci salah", actor=trainer)
    assert figures(attempt)[:2] == (1, 1)


def test_an_attempt_that_is_going_on_will_be_scored_with_the_corrected_key(
    attempt: Attempt, wrong: Question, trainer: Any
) -> None:
    corrected = correct(wrong, key=1)
    plan = plan_regrade(question=wrong, corrected=corrected)
    assert (len(plan.lines), len(plan.going_on)) == (0, 1)
    regrade(question=wrong, corrected=corrected, reason="Kunci salah", actor=trainer)
    choose(attempt, 1)
    assert figures(attempt) == (1, 1, corrected.pk)


def test_a_reopened_attempt_keeps_the_corrected_key(attempt: Attempt, wrong: Question, trainer: Any) -> None:
    choose(attempt, 1)
    corrected = correct(wrong, key=1)
    regrade(question=wrong, corrected=corrected, reason="Kunci salah", actor=trainer)
    reopened = reopen_attempt(attempt=attempt, actor=trainer, reason="Lupa satu soal")
    submit_attempt(attempt=reopened)
    assert figures(attempt) == (1, 1, corrected.pk)


def test_who_passes_now_completes_and_who_fails_now_stays_completed(
    attempt: Attempt, wrong: Question, trainer: Any
) -> None:
    cohort = attempt.enrolment.cohort
    Cohort.objects.filter(pk=cohort.pk).update(
        pretest_first=False, min_attendance_percent=None, require_plan=False
    )
    cohort.refresh_from_db()
    type(cohort.assessment).objects.filter(pk=cohort.assessment_id).update(pass_mark_percent=5)
    passing, failing = (EnrolmentFactory(cohort=cohort, form_order="BA") for _ in range(2))
    for enrolment, place in ((passing, 0), (failing, 1)):
        started = start_attempt(enrolment=enrolment, occasion="post")
        open_sitting(attempt=started)
        choose(started, place)
    assert set(Completion.objects.values_list("enrolment_id", flat=True)) == {passing.pk}
    [certificate] = Certificate.objects.all()
    regrade(question=wrong, corrected=correct(wrong, key=1), reason="Kunci salah", actor=trainer)
    assert set(Completion.objects.values_list("enrolment_id", flat=True)) == {passing.pk, failing.pk}
    certificate.refresh_from_db()
    assert certificate.status == "valid"
    record = AttemptRecord.objects.get(attempt__enrolment=passing)
    assert certificate.number in " ".join(record.detail["unchanged"])


def test_a_plan_that_has_changed_since_is_not_applied(
    attempt: Attempt, wrong: Question, trainer: Any
) -> None:
    corrected = correct(wrong, key=1)
    state = plan_regrade(question=wrong, corrected=corrected).state
    choose(attempt, 1)
    words = {"question": wrong, "corrected": corrected, "reason": "Kunci salah", "actor": trainer}
    assert code_of(regrade, state=state, **words) == "stale"
    assert figures(attempt) == (0, 0, None)


def test_a_reason_is_needed_and_something_to_regrade(attempt: Attempt, wrong: Question, trainer: Any) -> None:
    corrected = correct(wrong, key=1)
    words = {"question": wrong, "corrected": corrected, "actor": trainer}
    assert code_of(regrade, reason=" ", **words) == "reason"
    nobody = Cohort.objects.none()
    assert code_of(regrade, reason="Kunci salah", cohorts=nobody, **words) == "nothing"


def test_only_attempts_in_sight_are_regraded(attempt: Attempt, wrong: Question, trainer: Any) -> None:
    choose(attempt, 1)
    shared = CohortFactory(assessment=attempt.assessment)
    beside = choose(attempt_of(EnrolmentFactory(cohort=shared)), 1)
    corrected = correct(wrong, key=1)
    words = {"question": wrong, "corrected": corrected, "reason": "Kunci salah", "actor": trainer}
    regrade(cohorts=Cohort.objects.filter(pk=shared.pk), **words)
    assert (figures(attempt)[0], figures(beside)[0]) == (0, 1)
    regrade(**words)
    assert figures(attempt)[0] == 1
    assert Regrade.objects.count() == 2


@given(place=st.integers(0, 3), key=st.integers(0, 3))
@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_was_chosen_the_points_are_those_of_the_option_that_the_corrected_key_names(
    place: int, key: int, trainer: Any
) -> None:
    """By lineage: options of the new version have other identities and may stand elsewhere."""
    attempt = attempt_of(EnrolmentFactory())
    shown = Question.objects.get(pk=single_of(attempt).question_id)
    choose(attempt, place)
    regrade(question=shown, corrected=correct(shown, key=key), reason="Kunci salah", actor=trainer)
    assert figures(attempt)[1] == int(place == key)
    assert rebuild_scores(attempt=attempt, write=False) == []
