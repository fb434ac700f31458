"""Giving people a lesson because a rule has changed, and what becomes of it."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from assessments.models import LegalBasis, Question
from courses.models import LessonPage
from lms.cohorts.enums import CohortState
from lms.cohorts.models import Cohort, Enrolment
from lms.learning.domain import (
    assign_lesson,
    begin_assigned,
    complete_assigned,
    complete_with_course,
    required_conditions,
    take_back_assignment,
)
from lms.learning.models import Completion, LessonAssignment, LessonProgress, PracticeAnswer
from lms.learning.queries.assigned import update_lessons, waiting_lessons
from tests.factories import EnrolmentFactory, make_staff
from tests.lms.learning.lessons import block_of
from tests.lms.learning.rules import finish, lesson_of, make_basis, make_update_lesson, publish, revoke

pytestmark = pytest.mark.django_db


@pytest.fixture
def enrolment() -> Enrolment:
    return EnrolmentFactory(cohort__pretest_first=False)


@pytest.fixture
def basis() -> LegalBasis:
    return make_basis()


@pytest.fixture
def lesson(basis: LegalBasis) -> LessonPage:
    return make_update_lesson(basis)


def assign(lesson: LessonPage, basis: LegalBasis, *people: Enrolment) -> tuple[int, int]:
    given = assign_lesson(
        enrolments=[person.pk for person in people], lesson=lesson, basis=basis, assigned_by=None
    )
    return given.given, len(given.had)


def practise_it(assignment: LessonAssignment) -> None:
    raw = assignment.lesson.body.raw_data
    code = next(block["value"] for block in raw if block["type"] == "practice")
    PracticeAnswer.objects.create(
        enrolment=assignment.enrolment,
        lesson=assignment.lesson,
        block_id=block_of(0),
        question=Question.objects.get(code=code),
        response="x",
        earned=0,
        possible=1,
    )


def test_it_is_given_once_and_says_who_had_it(
    enrolment: Enrolment, lesson: LessonPage, basis: LegalBasis
) -> None:
    other = EnrolmentFactory(cohort=enrolment.cohort)
    assert assign(lesson, basis, enrolment) == (1, 0)
    assert assign(lesson, basis, enrolment, other) == (1, 1)
    assert LessonAssignment.objects.count() == 2


def test_a_person_in_two_trainings_gets_it_once(
    enrolment: Enrolment, lesson: LessonPage, basis: LegalBasis
) -> None:
    again = EnrolmentFactory(participant=enrolment.participant)
    assert assign(lesson, basis, enrolment, again) == (1, 0)
    assert assign(lesson, basis, enrolment) == (0, 1)


def test_a_lesson_that_is_not_published_is_not_given(
    enrolment: Enrolment, lesson: LessonPage, basis: LegalBasis
) -> None:
    lesson.unpublish()
    with pytest.raises(ValidationError) as refusal:
        assign(lesson, basis, enrolment)
    assert refusal.value.code == "closed"


def test_it_can_be_taken_back_until_it_is_opened(
    enrolment: Enrolment, lesson: LessonPage, basis: LegalBasis
) -> None:
    assign(lesson, basis, enrolment)
    take_back_assignment(assignment=LessonAssignment.objects.get(), user=make_staff())
    assert not LessonAssignment.objects.exists()
    assign(lesson, basis, enrolment)
    assignment = LessonAssignment.objects.get()
    begin_assigned(assignment=assignment)
    with pytest.raises(ValidationError) as refusal:
        take_back_assignment(assignment=assignment, user=make_staff("lain"))
    assert refusal.value.code == "begun"
    assert LessonAssignment.objects.exists()


def test_it_is_done_when_its_question_was_answered(
    enrolment: Enrolment, lesson: LessonPage, basis: LegalBasis
) -> None:
    assign(lesson, basis, enrolment)
    assignment = LessonAssignment.objects.select_related("lesson", "enrolment").get()
    with pytest.raises(ValidationError) as refusal:
        complete_assigned(assignment=assignment, read=lesson)
    assert refusal.value.code == "practice"
    practise_it(assignment)
    complete_assigned(assignment=assignment, read=lesson)
    first = LessonAssignment.objects.get().done_at
    complete_assigned(assignment=assignment, read=lesson)
    assert first is not None
    assert LessonAssignment.objects.get().done_at == first


@pytest.mark.parametrize("state", list(CohortState)[2:])
def test_it_changes_neither_progress_nor_completion(
    enrolment: Enrolment, lesson: LessonPage, basis: LegalBasis, state: str
) -> None:
    finish(enrolment, lesson_of(enrolment))
    Completion.objects.create(enrolment=enrolment)
    Cohort.objects.update(state=state)
    before = (
        list(LessonProgress.objects.values()),
        list(Completion.objects.values()),
        required_conditions(enrolment),
    )
    assign(lesson, basis, enrolment)
    assignment = LessonAssignment.objects.select_related("lesson", "enrolment").get()
    practise_it(assignment)
    complete_assigned(assignment=assignment, read=lesson)
    after = (
        list(LessonProgress.objects.values()),
        list(Completion.objects.values()),
        required_conditions(enrolment),
    )
    assert before == after


def test_the_own_page_says_what_was_learned_and_what_holds_now(
    enrolment: Enrolment, lesson: LessonPage, basis: LegalBasis
) -> None:
    revoke(basis, by=make_basis("146", number=16, year=2026))
    assert waiting_lessons(enrolment.participant_id) == []
    assign(lesson, basis, enrolment)
    (waiting,) = waiting_lessons(enrolment.participant_id)
    assert (waiting.old, waiting.new) == ("PP 43/2014 Ps 114", "PP 16/2026 Ps 146")
    assert waiting.page.pk == lesson.pk
    LessonAssignment.objects.update(opened_at=timezone.now(), done_at=timezone.now())
    assert waiting_lessons(enrolment.participant_id) == []


def test_a_lesson_that_was_taken_down_waits_for_nobody(
    enrolment: Enrolment, lesson: LessonPage, basis: LegalBasis
) -> None:
    assign(lesson, basis, enrolment)
    lesson.unpublish()
    assert waiting_lessons(enrolment.participant_id) == []


def test_lessons_are_offered_by_the_rule_that_they_bring_up_to_date(
    lesson: LessonPage, basis: LegalBasis
) -> None:
    assert [page.pk for page in update_lessons([basis.pk])] == [lesson.pk]
    assert update_lessons([make_basis("1").pk]) == []


def test_a_lesson_of_the_own_course_is_done_with_both(enrolment: Enrolment, basis: LegalBasis) -> None:
    own = publish(lesson_of(enrolment), basis)
    assign(own, basis, enrolment)
    complete_with_course(enrolment=enrolment, lesson=own)
    assert LessonAssignment.objects.get().done_at is not None
