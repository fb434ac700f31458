"""Who learned a rule."""

import datetime
import random
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.domain import new_version
from assessments.models import LegalBasis
from lms.cohorts.domain import record_attendance
from lms.cohorts.models import Enrolment
from lms.learning.domain import credit_lessons, start_attempt
from lms.learning.models import Attempt, AttemptItem, LessonProgress, PracticeAnswer
from lms.learning.queries.learners import Learned, who_learned
from tests.factories import CohortFactory, EnrolmentFactory, MeetingFactory, make_staff
from tests.lms.learning.lessons import block_of, make_practice_question
from tests.lms.learning.rules import finish, lesson_of, make_basis, publish

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
START = datetime.datetime(2025, 1, 1, tzinfo=datetime.UTC)


@pytest.fixture
def enrolment() -> Enrolment:
    return EnrolmentFactory(cohort__pretest_first=False)


@pytest.fixture
def basis() -> LegalBasis:
    return make_basis()


def only(bases: list[LegalBasis]) -> Learned:
    (one,) = who_learned(bases)
    return one


def test_who_finished_a_lesson_while_it_cited_the_rule(enrolment: Enrolment, basis: LegalBasis) -> None:
    lesson = publish(lesson_of(enrolment), basis, at=START)
    finish(enrolment, lesson, at=START + DAY)
    late = EnrolmentFactory(cohort=enrolment.cohort)
    publish(lesson, at=START + 2 * DAY)
    finish(late, lesson, at=START + 3 * DAY)
    found = only([basis])
    assert (found.enrolment, found.participant, found.cohort) == (
        enrolment.pk,
        enrolment.participant_id,
        enrolment.cohort_id,
    )
    assert found.lessons == {lesson.pk: START + DAY}
    assert found.bases == {basis.pk}


def test_who_only_opened_the_lesson_has_not_learned_it(enrolment: Enrolment, basis: LegalBasis) -> None:
    lesson = publish(lesson_of(enrolment), basis, at=START)
    finish(enrolment, lesson)
    LessonProgress.objects.update(completed_at=None)
    assert who_learned([basis]) == []


def test_several_provisions_are_told_apart(enrolment: Enrolment, basis: LegalBasis) -> None:
    other = make_basis("116")
    finish(enrolment, publish(lesson_of(enrolment, 0), basis, at=START))
    finish(enrolment, publish(lesson_of(enrolment, 1), other, at=START))
    assert only([basis]).bases == {basis.pk}
    assert only([basis, other]).bases == {basis.pk, other.pk}
    assert len(only([basis, other]).lessons) == 2


def item_of(enrolment: Enrolment, basis: LegalBasis, **fields: Any) -> AttemptItem:
    attempt = start_attempt(enrolment=enrolment, occasion="pre")
    item = attempt.items.order_by("position").first()
    item.question.legal_bases.add(basis)
    item.question.save()
    AttemptItem.objects.filter(pk=item.pk).update(**{"earned": item.points, **fields})
    return item


def test_who_answered_a_question_of_a_test_right(enrolment: Enrolment, basis: LegalBasis) -> None:
    item = item_of(enrolment, basis)
    assert only([basis]).questions == {item.question_id}


@pytest.mark.parametrize("fields", [{"earned": 0}, {"earned": None}, {"earned": 0, "points": 0}])
def test_a_wrong_or_unmarked_answer_or_one_without_points_is_no_learning(
    enrolment: Enrolment, basis: LegalBasis, fields: dict[str, Any]
) -> None:
    item_of(enrolment, basis, **fields)
    assert who_learned([basis]) == []


def test_a_void_attempt_says_nothing(enrolment: Enrolment, basis: LegalBasis) -> None:
    item_of(enrolment, basis)
    Attempt.objects.update(voided_at=START)
    assert who_learned([basis]) == []


def test_the_version_that_was_asked_counts(enrolment: Enrolment, basis: LegalBasis) -> None:
    """The next version cites the new rule; who answered the old one learned the old rule."""
    item = item_of(enrolment, basis)
    fresh = new_version(question=item.question)
    fresh.legal_bases = []
    fresh.save()
    assert only([basis]).questions == {item.question_id}


def test_practice_that_was_right_counts_and_practice_that_was_not_does_not(
    enrolment: Enrolment, basis: LegalBasis
) -> None:
    question = make_practice_question()
    question.legal_bases = [basis]
    question.save()
    lesson = lesson_of(enrolment)
    wrong = EnrolmentFactory(cohort=enrolment.cohort)
    for person, earned in ((enrolment, 1), (wrong, 0)):
        PracticeAnswer.objects.create(
            enrolment=person,
            lesson=lesson,
            block_id=block_of(0),
            question=question,
            response="x",
            earned=earned,
            possible=1,
        )
    assert only([basis]).enrolment == enrolment.pk


def test_three_thousand_people_cost_as_many_queries_as_one(enrolment: Enrolment, basis: LegalBasis) -> None:
    lesson = publish(lesson_of(enrolment), basis, at=START)
    finish(enrolment, lesson, at=START + DAY)
    item_of(enrolment, basis)
    who_learned([basis])
    with CaptureQueriesContext(connection) as one:
        who_learned([basis])
    cohort = CohortFactory(course=enrolment.cohort.course)
    for place in range(3):
        person = EnrolmentFactory(cohort=cohort)
        finish(person, lesson, at=START + random.Random(place).randrange(1, 9) * DAY)
        finish(person, publish(lesson_of(person, 1), basis, at=START))
    with CaptureQueriesContext(connection) as several:
        assert len(who_learned([basis])) == 4
    assert len(several) == len(one) <= 12


def test_a_lesson_studied_together_was_learned_as_well(enrolment: Enrolment, basis: LegalBasis) -> None:
    lesson = publish(lesson_of(enrolment), basis, at=START)
    staff = make_staff()
    meeting = MeetingFactory(cohort=enrolment.cohort)
    record_attendance(meeting=meeting, enrolment=enrolment, status="hadir", recorded_by=staff)
    credit_lessons(meeting=meeting, lessons=[lesson], credited_by=staff)
    assert only([basis]).lessons.keys() == {lesson.pk}
