"""What is done with courses: who writes and approves them, and copies for a new year."""

from courses.domain.copying import copy_course
from courses.domain.law import update_review_tasks
from courses.domain.review import REVIEW, REVIEWER, open_to_reviewers, set_up_page_review
from courses.domain.teams import members_of, open_to_team, set_team
from courses.domain.years import renew_years

__all__ = [
    "REVIEW",
    "REVIEWER",
    "copy_course",
    "members_of",
    "open_to_reviewers",
    "open_to_team",
    "renew_years",
    "set_team",
    "set_up_page_review",
    "update_review_tasks",
]
