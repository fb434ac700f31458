"""Reads of plans and pledges that repeat."""

from lms.followup.queries.plans import (
    actions_of,
    actions_of_cohort,
    actions_on_paper,
    answers_to_findings,
    has_submitted_plan,
    plan_counts,
    plan_of,
    who_submitted_a_plan,
)
from lms.followup.queries.pledges import (
    PledgeRow,
    PrintedPledge,
    newest_pledge,
    newest_pledges,
    pledge_counts,
    pledge_rows,
    pledge_sheets,
    suggestions_for,
    versions_of,
    who_signed,
)

__all__ = [
    "PledgeRow",
    "PrintedPledge",
    "actions_of",
    "actions_of_cohort",
    "actions_on_paper",
    "answers_to_findings",
    "has_submitted_plan",
    "newest_pledge",
    "newest_pledges",
    "plan_counts",
    "plan_of",
    "pledge_counts",
    "pledge_rows",
    "pledge_sheets",
    "suggestions_for",
    "versions_of",
    "who_signed",
    "who_submitted_a_plan",
]
