"""What happened to people: lesson progress, practice, attempts, answers, marks, completion."""

from lms.learning.models.assigned import LessonAssignment
from lms.learning.models.attempts import AnswerEvent, Attempt, AttemptItem
from lms.learning.models.files import PaperSheet, ResponseFile, response_path
from lms.learning.models.practice import PracticeAnswer, ReflectionNote
from lms.learning.models.printed import PrintedForm, PrintedItem
from lms.learning.models.progress import Completion, LessonProgress
from lms.learning.models.records import AttemptRecord, Regrade, RubricMark
from lms.learning.models.surveys import AnonymousResponse, SurveyReceipt

__all__ = [
    "AnonymousResponse",
    "AnswerEvent",
    "Attempt",
    "AttemptItem",
    "AttemptRecord",
    "Completion",
    "LessonAssignment",
    "LessonProgress",
    "PaperSheet",
    "PracticeAnswer",
    "PrintedForm",
    "PrintedItem",
    "ReflectionNote",
    "Regrade",
    "ResponseFile",
    "RubricMark",
    "SurveyReceipt",
    "response_path",
]
