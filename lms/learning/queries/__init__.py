"""Reads of attempts, answers and progress that repeat. The lines of a course are in ``datasets.py``."""

from lms.learning.queries.attempts import (
    assessment_was_taken,
    attempt_for_participant,
    cohort_has_attempts,
    current_answers,
    form_for,
    form_letter,
    form_size,
    item_for_participant,
    last_sequence,
    media_was_shown,
    overdue_attempts,
    question_was_shown,
    times_shown,
)
from lms.learning.queries.practice import practice_was_answered
from lms.learning.queries.progress import cohort_has_progress, pages_with_progress
from lms.learning.queries.showing import is_over, levels_of, shown_level
from lms.learning.queries.surveys import answered_surveys, has_answered_survey, summed_surveys
from lms.learning.queries.terms import Terms, all_terms_of, terms_of, terms_of_survey
from lms.learning.queries.tries import Tries, tries_of

__all__ = [
    "Terms",
    "Tries",
    "all_terms_of",
    "answered_surveys",
    "assessment_was_taken",
    "attempt_for_participant",
    "cohort_has_attempts",
    "cohort_has_progress",
    "current_answers",
    "form_for",
    "form_letter",
    "form_size",
    "has_answered_survey",
    "is_over",
    "item_for_participant",
    "last_sequence",
    "levels_of",
    "media_was_shown",
    "overdue_attempts",
    "pages_with_progress",
    "practice_was_answered",
    "question_was_shown",
    "shown_level",
    "summed_surveys",
    "terms_of",
    "terms_of_survey",
    "times_shown",
    "tries_of",
]
