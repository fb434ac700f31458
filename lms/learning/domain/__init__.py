"""The verbs of learning. Each owns its transaction and the lock that guards it."""

from lms.learning.domain.answers import flag_item, read_response, save_answer, save_own_answer
from lms.learning.domain.assigned import (
    assign_lesson,
    begin_assigned,
    complete_assigned,
    complete_with_course,
    take_back_assignment,
)
from lms.learning.domain.attempts import (
    close_if_overdue,
    hand_in_overdue,
    open_sitting,
    start_attempt,
    submit_attempt,
)
from lms.learning.domain.completion import (
    required_conditions,
    review_cohort,
    review_completion,
    standing_of,
)
from lms.learning.domain.files import attach_file, attach_sheet
from lms.learning.domain.lessons import (
    come_back,
    complete_lesson,
    credit_lessons,
    open_lesson,
    take_back_lesson,
)
from lms.learning.domain.practice import answer_practice, keep_note
from lms.learning.domain.scoring import finish_marking_if_complete, rebuild_scores
from lms.learning.domain.surveys import SurveyAnswersError, submit_anonymous, survey_sheet

__all__ = [
    "SurveyAnswersError",
    "answer_practice",
    "assign_lesson",
    "attach_file",
    "attach_sheet",
    "begin_assigned",
    "close_if_overdue",
    "come_back",
    "complete_assigned",
    "complete_lesson",
    "complete_with_course",
    "credit_lessons",
    "finish_marking_if_complete",
    "flag_item",
    "hand_in_overdue",
    "keep_note",
    "open_lesson",
    "open_sitting",
    "read_response",
    "rebuild_scores",
    "required_conditions",
    "review_cohort",
    "review_completion",
    "save_answer",
    "save_own_answer",
    "standing_of",
    "start_attempt",
    "submit_anonymous",
    "submit_attempt",
    "survey_sheet",
    "take_back_assignment",
    "take_back_lesson",
]
