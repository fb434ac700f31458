"""Staff and participants at the same moment: each of it happens once, and figures agree with the answers."""

import uuid
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from assessments.models import Question
from lms.cohorts.models import Cohort
from lms.learning.domain import open_sitting, rebuild_scores, start_attempt, submit_attempt
from lms.learning.domain.marking import mark_item
from lms.learning.domain.regrading import regrade
from lms.learning.domain.rooms import hand_in_room, pause_room
from lms.learning.domain.staff import hand_in_attempt, reopen_attempt, void_attempt
from lms.learning.models import AnswerEvent, Attempt, AttemptRecord, Completion, Regrade, RubricMark
from tests.factories import CohortFactory, EnrolmentFactory, make_staff
from tests.lms.learning.answers import answer
from tests.lms.learning.corrected import choose, correct, single_of
from tests.lms.learning.marked import make_marked_assessment, open_item, written
from tests.services.threads import at_once

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


def begun(cohort: Cohort | None = None, occasion: str = "pre") -> Attempt:
    where = {"cohort": cohort} if cohort else {}
    attempt = start_attempt(enrolment=EnrolmentFactory(**where), occasion=occasion)
    open_sitting(attempt=attempt)
    return attempt


def answered(attempt: Attempt) -> Attempt:
    for sequence, item in enumerate(attempt.items.all(), start=1):
        answer(item, sequence=sequence)
    return attempt


def refused(verb: Any, **words: Any) -> str:
    """ "done", or the code of the refusal."""
    try:
        verb(**words)
    except ValidationError as refusal:
        return str(refusal.code)
    return "done"


def fresh(attempt: Attempt) -> Attempt:
    return Attempt.objects.get(pk=attempt.pk)


def test_thirty_two_submits_of_one_attempt_are_one_submission_and_one_score() -> None:
    attempt = answered(begun())

    def submit() -> tuple[Any, ...]:
        done = submit_attempt(attempt=fresh(attempt))
        return done.score, done.submitted_at

    results = at_once([submit] * 32)
    assert len(set(results)) == 1
    assert results[0] == (13, fresh(attempt).submitted_at)
    assert rebuild_scores(attempt=attempt, write=False) == []


@pytest.mark.parametrize("round_", range(3))
def test_an_answer_beside_reopening_is_refused_or_counts_after_it(round_: int) -> None:
    """Whatever the order: what was acknowledged is in the score of the next submission."""
    attempt = answered(begun())
    submit_attempt(attempt=attempt)
    trainer = make_staff("pelatih")
    item = single_of(attempt)
    wrong = next(
        option for option in item.option_order if option != AnswerEvent.objects.get(item=item).response
    )

    def save() -> str:
        try:
            answer(item, {"response": wrong}, sequence=99, event_id=uuid.uuid4())
        except ValidationError as refusal:
            return str(refusal.code)
        return "saved"

    told, reopened = at_once(
        [save, lambda: refused(reopen_attempt, attempt=fresh(attempt), actor=trainer, reason="Lupa")]
    )
    assert reopened == "done"
    assert fresh(attempt).submitted_at is None
    assert submit_attempt(attempt=fresh(attempt)).score == {"saved": 12, "closed": 13}[told]


@pytest.mark.parametrize("round_", range(3))
def test_reopening_beside_beginning_a_later_test_leaves_one_of_them(round_: int) -> None:
    attempt = answered(begun())
    submit_attempt(attempt=attempt)
    trainer = make_staff("pelatih")
    told = at_once(
        [
            lambda: refused(reopen_attempt, attempt=fresh(attempt), actor=trainer, reason="Lupa"),
            lambda: refused(start_attempt, enrolment=attempt.enrolment, occasion="post"),
        ]
    )
    assert sorted(told)[0] == "done"
    assert told.count("done") == 1
    assert Attempt.objects.filter(submitted_at__isnull=True).count() == 1


def test_two_trainers_who_reopen_or_void_at_once_do_it_once() -> None:
    attempt = answered(begun())
    submit_attempt(attempt=attempt)
    trainer = make_staff("pelatih")
    words = {"actor": trainer, "reason": "Lupa"}
    assert sorted(at_once([lambda: refused(reopen_attempt, attempt=fresh(attempt), **words)] * 4)) == [
        "done",
        "open",
        "open",
        "open",
    ]
    assert sorted(at_once([lambda: refused(void_attempt, attempt=fresh(attempt), **words)] * 4)) == [
        "done",
        "void",
        "void",
        "void",
    ]
    assert list(AttemptRecord.objects.values_list("action", flat=True)) == ["reopened", "voided"]


@pytest.mark.parametrize("round_", range(4))
def test_regrading_beside_submitting_scores_with_the_corrected_key(round_: int) -> None:
    attempt = begun()
    item = single_of(attempt)
    shown = Question.objects.get(pk=item.question_id)
    option = shown.choices.all()[1]
    answer(item, {"response": str(option.pk)})
    # Somebody who has handed in, so that there is something to regrade either way.
    choose(begun(attempt.enrolment.cohort), 1)
    corrected = correct(shown, key=1)
    words = {
        "question": shown,
        "corrected": corrected,
        "reason": "Kunci salah",
        "actor": make_staff("penilai"),
    }
    at_once([lambda: submit_attempt(attempt=fresh(attempt)).pk, lambda: regrade(**words).pk])
    scored = single_of(attempt)
    assert (fresh(attempt).score, scored.earned, scored.scored_with_id) == (1, 1, corrected.pk)
    for one in Attempt.objects.all():
        assert rebuild_scores(attempt=one, write=False) == []


def test_four_simultaneous_regrades_are_one() -> None:
    attempt = begun()
    shown = Question.objects.get(pk=single_of(attempt).question_id)
    choose(attempt, 1)
    words = {
        "question": shown,
        "corrected": correct(shown, key=1),
        "reason": "Kunci salah",
        "actor": make_staff("penilai"),
    }
    assert len(set(at_once([lambda: regrade(**words).pk] * 4))) == 1
    assert (Regrade.objects.count(), AttemptRecord.objects.count(), fresh(attempt).score) == (1, 1, 1)


@pytest.mark.parametrize("round_", range(3))
def test_regrading_beside_people_who_begin_meets_no_deadlock(round_: int) -> None:
    attempt = begun(CohortFactory(pretest_first=False))
    shown = Question.objects.get(pk=single_of(attempt).question_id)
    choose(attempt, 1)
    cohort = attempt.enrolment.cohort
    words = {
        "question": shown,
        "corrected": correct(shown, key=1),
        "reason": "Kunci salah",
        "actor": make_staff("penilai"),
    }
    starters = [attempt.enrolment, *(EnrolmentFactory(cohort=cohort) for _ in range(5))]
    at_once(
        [
            lambda: regrade(**words).pk,
            *[
                lambda enrolment=enrolment: start_attempt(enrolment=enrolment, occasion="post").pk
                for enrolment in starters
            ],
        ]
    )
    assert fresh(attempt).score == 1


def test_two_markers_at_once_leave_one_mark_and_one_refusal() -> None:
    cohort = CohortFactory(assessment=make_marked_assessment())
    attempt = written(EnrolmentFactory(cohort=cohort))
    item = open_item(attempt)
    markers = [make_staff(f"pelatih-{number}") for number in range(4)]
    told = at_once(
        [lambda marker=marker: refused(mark_item, item=item, level=3, actor=marker) for marker in markers]
    )
    assert sorted(told) == ["done", "stale", "stale", "stale"]
    assert (RubricMark.objects.count(), fresh(attempt).score) == (1, 4)


def test_a_room_handed_in_beside_its_people_is_handed_in_once_and_completes_each_once() -> None:
    cohort = CohortFactory(
        pretest_first=False, min_attendance_percent=None, require_plan=False, post_test_tries=1
    )
    attempts = [answered(begun(cohort, "post")) for _ in range(6)]
    trainer = make_staff("pelatih")
    room = {"cohort": cohort, "occasion": "post", "assessment_id": cohort.assessment_id, "actor": trainer}
    at_once(
        [
            lambda: hand_in_room(**room, reason="Selesai"),
            lambda: pause_room(**room, reason="Listrik padam"),
            *[
                lambda attempt=attempt: int(bool(submit_attempt(attempt=fresh(attempt))))
                for attempt in attempts
            ],
            lambda: int(
                refused(hand_in_attempt, attempt=fresh(attempts[0]), actor=trainer, reason="Pulang") == "done"
            ),
        ]
    )
    assert set(Attempt.objects.values_list("score", flat=True)) == {13}
    assert Completion.objects.count() == 6
