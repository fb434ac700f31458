"""A test with one question that scores itself and one that a person marks."""

from typing import Any

from assessments.models import Assessment, AssessmentForm, FormItem
from lms.cohorts.models import Enrolment
from lms.learning.domain import open_sitting, start_attempt, submit_attempt
from lms.learning.models import Attempt, AttemptItem
from tests.factories import AssessmentFactory, make_open_text, make_single
from tests.lms.learning.answers import answer


def make_marked_assessment(**of_open_question: Any) -> Assessment:
    """Forms A and B alike: a single choice (1 point) and an open question (levels 0 to 3, 3 points)."""
    assessment = AssessmentFactory()
    for letter in "AB":
        form = AssessmentForm.objects.create(assessment=assessment, letter=letter)
        questions = (
            make_single(f"{assessment.code}-S{letter}"),
            make_open_text(f"{assessment.code}-O{letter}", **of_open_question),
        )
        for position, question in enumerate(questions, start=1):
            FormItem.objects.create(form=form, question=question, position=position)
    return assessment


def written(enrolment: Enrolment, text: str = "Musyawarah kami ramai.", occasion: str = "pre") -> Attempt:
    """Hand in with the right choice and a text; "" leaves the open question empty."""
    attempt = start_attempt(enrolment=enrolment, occasion=occasion)
    open_sitting(attempt=attempt)
    answer(attempt.items.get(kind="single"))
    answer(open_item(attempt), {"response": text}, sequence=2)
    return submit_attempt(attempt=attempt)


def open_item(attempt: Attempt) -> AttemptItem:
    return attempt.items.get(kind="open_text")
