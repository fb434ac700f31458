"""The dry run of a regrade: who would change, what rests on it, and nothing written."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.domain import new_version
from assessments.models import Question
from lms.certificates.domain import issue_certificate
from lms.cohorts.models import Cohort
from lms.learning.desk.corrections import waiting_corrections
from lms.learning.domain.regrade_plan import plan_regrade
from lms.learning.domain.staff import void_attempt
from lms.learning.models import Attempt, AttemptRecord, Completion
from tests.factories import EnrolmentFactory, make_staff
from tests.lms.learning.corrected import attempt_of, choose, code_of, correct, figures, single_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def wrong(attempt: Attempt) -> Question:
    """The version that was shown: option 0 is its key."""
    return Question.objects.get(pk=single_of(attempt).question_id)


@pytest.fixture
def trainer() -> Any:
    return make_staff("pelatih")


def test_the_plan_says_who_would_change_and_writes_nothing(attempt: Attempt, wrong: Question) -> None:
    choose(attempt, 1)
    plan = plan_regrade(question=wrong, corrected=correct(wrong, key=1))
    [line] = plan.lines
    assert (line.attempt, line.old_points, line.new_points) == (attempt, 0, 1)
    assert (line.old_total, line.new_total, line.changes) == (0, 1, True)
    assert figures(attempt) == (0, 0, None)
    assert not AttemptRecord.objects.exists()


def test_who_does_not_change_is_in_the_plan_as_such(attempt: Attempt, wrong: Question) -> None:
    choose(attempt, 2)
    plan = plan_regrade(question=wrong, corrected=correct(wrong, key=1))
    assert [line.changes for line in plan.lines] == [False]
    assert plan.changed == ()


def test_passing_is_told_before_and_after(attempt: Attempt, wrong: Question) -> None:
    attempt.assessment.pass_mark_percent = 1
    attempt.assessment.save()
    choose(attempt, 1)
    [line] = plan_regrade(question=wrong, corrected=correct(wrong, key=1)).lines
    assert (line.passed_before, line.passed_after) == (False, True)


def test_void_attempts_are_left_out(attempt: Attempt, wrong: Question, trainer: Any) -> None:
    choose(attempt, 1)
    void_attempt(attempt=attempt, actor=trainer, reason="Orang lain")
    assert plan_regrade(question=wrong, corrected=correct(wrong, key=1)).lines == ()


def test_attempts_of_others_are_counted_not_named(attempt: Attempt, wrong: Question) -> None:
    choose(attempt, 1)
    cohorts = Cohort.objects.exclude(pk=attempt.enrolment.cohort_id)
    plan = plan_regrade(question=wrong, corrected=correct(wrong, key=1), cohorts=cohorts)
    assert (plan.lines, plan.elsewhere) == ((), 1)


def test_certificates_are_listed_with_number_and_name(attempt: Attempt, wrong: Question) -> None:
    choose(attempt, 0)
    Completion.objects.create(enrolment=attempt.enrolment)
    certificate = issue_certificate(enrolment=attempt.enrolment)
    [line] = plan_regrade(question=wrong, corrected=correct(wrong, key=1)).lines
    told = " ".join(line.rests)
    assert certificate.number in told
    assert attempt.enrolment.participant.full_name in told


def test_only_a_correction_can_regrade(attempt: Attempt, wrong: Question) -> None:
    reworded = correct(wrong, key=1)
    Question.objects.filter(pk=reworded.pk).update(corrects=None)
    reworded.refresh_from_db()
    for corrected in (reworded, wrong, Question.objects.exclude(code=wrong.code).first()):
        assert code_of(plan_regrade, question=wrong, corrected=corrected) == "not_a_correction"


def test_the_plan_takes_as_many_queries_for_three_people_as_for_one(
    wrong: Question, attempt: Attempt
) -> None:
    corrected = correct(wrong, key=1)
    choose(attempt, 1)
    counts = []
    for people in (1, 3):
        for _number in range(people - 1):
            choose(attempt_of(EnrolmentFactory(cohort=attempt.enrolment.cohort)), 1)
        counts.append(queries_of(lambda: plan_regrade(question=wrong, corrected=corrected)))
    assert counts[0] == counts[1]
    assert counts[0] <= 12


def queries_of(work: Any) -> int:
    with CaptureQueriesContext(connection) as captured:
        work()
    return len(captured)


def test_attempts_before_better_words_had_the_same_wrong_key_and_wait_too(
    attempt: Attempt, wrong: Question
) -> None:
    choose(attempt, 1)
    better = new_version(wrong.get_real_instance())
    corrected = correct(better, key=1)
    [line] = plan_regrade(question=wrong, corrected=corrected).lines
    assert (line.old_points, line.new_points) == (0, 1)
    [waits] = waiting_corrections(Cohort.objects.all())
    assert (waits.question.pk, waits.corrected.pk, waits.attempts) == (wrong.pk, corrected.pk, 1)
    assert code_of(plan_regrade, question=corrected, corrected=better) == "not_a_correction"
