"""A practice question in a lesson. How it is answered is the business of ``lms.learning``."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from assessments.questions.base import PRACTICE_BANK, Question
from assessments.registry import kinds
from courses.blocks.codes import CodeBlock, CodeChooser
from courses.blocks.features import DO, Previewed


def practice_questions() -> QuerySet[Question]:
    """Questions that can be practised: in use, with points, and a machine knows whether an answer is right.

    Only of the bank for practice: a lesson shows keys, so what a test may ask never stands there.
    """
    fitting = [kind for kind in kinds().values() if kind.scored and not kind.marked_by_hand]
    in_use = Question.objects.filter(bank=PRACTICE_BANK, is_current=True, live=True, retired_at__isnull=True)
    return in_use.instance_of(*fitting)


class QuestionChooser(CodeChooser):
    choose_one_text = _("Choose a question")
    choose_another_text = _("Choose another question")
    link_to_chosen_text = _("Look at this question")
    icon = "help"
    model = "assessments.Question"
    code_field = "code"
    chooser_modal_url_name = "practice_question_chooser:choose"


class PracticeBlock(Previewed, CodeBlock):
    """The value is the code of a question, whatever its version."""

    def get_widget(self) -> QuestionChooser:
        return QuestionChooser()

    def choices(self) -> QuerySet[Any]:
        return practice_questions()

    class Meta:
        icon = "help"
        label = _("Practice question")
        group = DO
        description = _("One question of the bank for practice, with feedback. It is not graded.")
        template = "courses/blocks/practice.html"
        preview_value = "P-M1.1"
        gone = _("This question is no longer in use. Choose another one.")
