"""The verbs of learning. Each owns its transaction and the lock that guards it."""

from lms.learning.domain.answers import save_answer
from lms.learning.domain.attempts import open_sitting, start_attempt, submit_attempt
from lms.learning.domain.completion import (
    required_conditions,
    review_cohort,
    review_completion,
    standing_of,
)
from lms.learning.domain.lessons import complete_lesson, open_lesson
from lms.learning.domain.scoring import rebuild_scores

__all__ = [
    "complete_lesson",
    "open_lesson",
    "open_sitting",
    "rebuild_scores",
    "required_conditions",
    "review_cohort",
    "review_completion",
    "save_answer",
    "standing_of",
    "start_attempt",
    "submit_attempt",
]
