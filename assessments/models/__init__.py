"""Learning outcomes, the register of legal bases, assessments and their parallel forms.

Question kinds live in ``questions/``.
"""

from assessments import questions
from assessments.models.instruments import Assessment, AssessmentForm, FormItem, FormSection, ReviewRule
from assessments.models.law import LegalBasis
from assessments.models.media import QuestionMedia, media_path
from assessments.models.outcomes import Outcome
from assessments.models.regulations import Regulation
from assessments.questions.base import Question
from assessments.questions.likert import LikertQuestion
from assessments.questions.likert_matrix import LikertMatrixQuestion, LikertStatement
from assessments.questions.matching import MatchingQuestion, MatchPair
from assessments.questions.multiple_choice import MultipleChoiceQuestion
from assessments.questions.numeric import NumericQuestion
from assessments.questions.open_text import OpenTextQuestion
from assessments.questions.ordering import OrderingQuestion, OrderingStep
from assessments.questions.picture import PictureQuestion
from assessments.questions.short_answer import ShortAnswerQuestion
from assessments.questions.single_choice import Choice, SingleChoiceQuestion
from assessments.questions.task import TaskQuestion
from assessments.questions.true_false import TrueFalseQuestion
from assessments.registry import discover

__all__ = [
    "Assessment",
    "AssessmentForm",
    "Choice",
    "FormItem",
    "FormSection",
    "LegalBasis",
    "LikertMatrixQuestion",
    "LikertQuestion",
    "LikertStatement",
    "MatchPair",
    "MatchingQuestion",
    "MultipleChoiceQuestion",
    "NumericQuestion",
    "OpenTextQuestion",
    "OrderingQuestion",
    "OrderingStep",
    "Outcome",
    "PictureQuestion",
    "Question",
    "QuestionMedia",
    "Regulation",
    "ReviewRule",
    "ShortAnswerQuestion",
    "SingleChoiceQuestion",
    "TaskQuestion",
    "TrueFalseQuestion",
    "media_path",
]

# The names above are for whoever works with a kind by name; a new kind needs no line here.
discover(questions)
