"""Reads about cohorts that several places need."""

from lms.cohorts.queries.checklist import missing_before_next
from lms.cohorts.queries.roster import (
    attended_hours,
    candidates,
    form_order_counts,
    found_in,
    hamlets_of,
    meetings_with_counts,
    people_in,
    pin_state,
    roster,
    with_hours,
)
from lms.cohorts.queries.trainings import Scheduled, pages_with_trainings, schedule, trainings_with

__all__ = [
    "Scheduled",
    "attended_hours",
    "candidates",
    "form_order_counts",
    "found_in",
    "hamlets_of",
    "meetings_with_counts",
    "missing_before_next",
    "pages_with_trainings",
    "people_in",
    "pin_state",
    "roster",
    "schedule",
    "trainings_with",
    "with_hours",
]
