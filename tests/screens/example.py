"""What may stand in a picture: no question that somebody will be asked."""

from django.db import transaction

from assessments.domain import new_version
from assessments.models import FormItem, Question, SingleChoiceQuestion
from lms.learning.models import AttemptItem
from tests.screens import PAIR


def open_tests_with_a_question_to_show() -> None:
    """Let both forms of the throw-away site begin with a pair that the shipped test does not use."""
    for letter in "AB":
        shown = Question.objects.get(code=f"{PAIR}{letter}", is_current=True)
        forms_of_test = FormItem.objects.filter(form__assessment__code="tes-pendek")
        first = forms_of_test.filter(form__letter=letter, position=1)
        if forms_of_test.filter(question=shown).exists() or first.update(question=shown) != 1:
            raise RuntimeError(f"{PAIR}{letter} is in a test by now: choose another pair to show.")


@transaction.atomic
def make_work_for_staff() -> None:
    """A key that "was wrong", so that there is a dry run to look at: of a question that Loonuna was asked."""
    asked = AttemptItem.objects.filter(attempt__enrolment__cohort__code="LNN-2018", kind="single")
    question = SingleChoiceQuestion.objects.get(pk=asked.order_by("question__code").first().question_id)
    choices = list(question.choices.all())
    right = next(place for place, choice in enumerate(choices) if choice.is_correct)
    for place, choice in enumerate(choices):
        choice.is_correct = place == (right + 1) % len(choices)
    question.choices = choices
    version = new_version(question)
    version.corrects_id = question.pk
    version.save()
