"""What may stand in a picture: no question that somebody will be asked."""

from assessments.models import FormItem, Question
from tests.screens import PAIR


def open_tests_with_a_question_to_show() -> None:
    """Let both forms of the throw-away site begin with a pair that the shipped test does not use."""
    for letter in "AB":
        shown = Question.objects.get(code=f"{PAIR}{letter}", is_current=True)
        first = FormItem.objects.filter(form__letter=letter, position=1)
        if FormItem.objects.filter(question=shown).exists() or first.update(question=shown) != 1:
            raise RuntimeError(f"{PAIR}{letter} is in a test by now: choose another pair to show.")
