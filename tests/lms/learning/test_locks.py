"""What learning forbids to change elsewhere: rules of a cohort under way, questions that were shown."""

import pytest

from assessments.registry import question_in_use
from courses.models import LessonPage
from lms.cohorts.domain import closed_fields
from lms.cohorts.models import Enrolment
from lms.learning.domain import complete_lesson
from lms.learning.models import Attempt
from tests.factories import make_single

pytestmark = pytest.mark.django_db


def test_before_anybody_begins_everything_may_change(enrolment: Enrolment) -> None:
    changed = {"assessment", "forms_plan", "title"}
    assert closed_fields(enrolment.cohort, changed) == {}


def test_after_the_first_attempt_they_are_closed(attempt: Attempt) -> None:
    closed = closed_fields(attempt.enrolment.cohort, {"assessment", "forms_plan", "title", "course"})
    assert set(closed) == {"assessment", "forms_plan"}


def test_an_opened_lesson_fixes_the_course(enrolment: Enrolment) -> None:
    lesson = LessonPage.objects.descendant_of(enrolment.cohort.course).first()
    complete_lesson(enrolment=enrolment, lesson=lesson)
    assert set(closed_fields(enrolment.cohort, {"course", "title"})) == {"course"}


def test_a_question_is_in_use_once_it_was_shown(attempt: Attempt) -> None:
    assert question_in_use(attempt.items.get(position=1).question_id)
    assert not question_in_use(make_single("LAIN").pk)
