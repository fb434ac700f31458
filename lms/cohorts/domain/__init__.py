"""What may be done in a training: enrol people, tick attendance, hand out cards, change rules and state."""

from lms.cohorts.domain.attendance import record_attendance, record_meeting
from lms.cohorts.domain.cards import Card, issue_cards
from lms.cohorts.domain.cloning import clone_training
from lms.cohorts.domain.enrolling import enrol, enrol_all, hold_enrolments, redraw_orders, withdraw
from lms.cohorts.domain.moving import change_state, let_attend
from lms.cohorts.domain.rules import closed_fields

__all__ = [
    "Card",
    "change_state",
    "clone_training",
    "closed_fields",
    "enrol",
    "enrol_all",
    "hold_enrolments",
    "issue_cards",
    "let_attend",
    "record_attendance",
    "record_meeting",
    "redraw_orders",
    "withdraw",
]
