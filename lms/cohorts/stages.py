"""What each state of a training allows: one table, and the guard that verbs ask.

A new verb names a ``Deed`` (or adds one with a line in the table) and asks ``require_stage`` inside its
transaction, with the training as it is in the database at that moment.
"""

import enum
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from lms.cohorts.enums import CohortState, LinkGroup

_PLANNED, _OPEN, _RUNNING, _CLOSED, _ARCHIVED = CohortState


class Deed(enum.Enum):
    """What may be done in a training, as its people would name it."""

    # By staff
    CHANGE = "change what the training is: form, meetings, rules"
    ENROL = "take people in or out"
    CARDS = "hand out cards and print papers"
    ATTEND = "record who is at a meeting"
    CORRECT_ATTENDANCE = "put attendance right afterwards, with a reason"
    ENTER_PAPER = "enter tests that were written on paper"
    MARK = "mark answers and settle attempts"
    KEEP_BOARD = "type, order and close findings"
    CERTIFY = "issue and revoke certificates"
    JOIN = "make one of two enrolments of one person"
    # By participants
    VISIT = "see the training on the own page"
    LEARN = "work through lessons"
    PRE_TEST = "begin the pre-test"
    POST_TEST = "begin the post-test"
    FOLLOW_UP_TEST = "begin the follow-up test"
    PRACTISE = "begin a practice"
    SURVEY = "answer a survey"
    POST_FINDING = "post and support findings"
    SHARE = "share experiences and agree to their publishing"
    PLAN = "write the follow-up plan and report on it"


ALLOWED: dict[CohortState, frozenset[Deed]] = {
    # Staff prepare; participants do not see it yet.
    _PLANNED: frozenset({Deed.CHANGE, Deed.ENROL, Deed.CARDS, Deed.KEEP_BOARD, Deed.JOIN}),
    # Participants see it, and begin at home what is open by then. The post-test measures what was taught,
    # and its questions must not be seen before.
    _OPEN: frozenset(Deed) - {Deed.POST_TEST, Deed.FOLLOW_UP_TEST},
    _RUNNING: frozenset(Deed),
    # What comes after the days in the room goes on.
    _CLOSED: frozenset(Deed) - {Deed.ENROL, Deed.ATTEND, Deed.PRE_TEST, Deed.POST_TEST, Deed.POST_FINDING},
    _ARCHIVED: frozenset({Deed.VISIT}),
}

FORWARD: dict[str, CohortState] = {
    _PLANNED: _OPEN,
    _OPEN: _RUNNING,
    _RUNNING: _CLOSED,
    _CLOSED: _ARCHIVED,
}
BACK: dict[str, CohortState] = {later: CohortState(earlier) for earlier, later in FORWARD.items()}

# What its people mostly do in each state, and so find first on the training's page.
_NEEDED_FIRST: dict[str, LinkGroup] = {
    _PLANNED: LinkGroup.BEFORE,
    _OPEN: LinkGroup.BEFORE,
    _RUNNING: LinkGroup.DAY,
    _CLOSED: LinkGroup.AFTER,
    _ARCHIVED: LinkGroup.AFTER,
}

_SENTENCES = {
    _PLANNED: _("This training is only planned. Open it first on the training's page."),
    _OPEN: _("This training has not started. Start it first on the training's page."),
    _CLOSED: _("This training is closed. An organiser can take it back to running, with a reason."),
    _ARCHIVED: _(
        "This training is archived and can only be read. An organiser can take it out, with a reason."
    ),
}
_SENTENCES_FOR_PARTICIPANTS = {
    _PLANNED: _("This training is not open yet. Come back on its first day, or ask your organiser."),
    _OPEN: _("This opens when the training has started. Come back then."),
    _CLOSED: _(
        "This training is over, so this can no longer be begun. If it should be, talk with your trainer."
    ),
    _ARCHIVED: _("This training is over and kept for reading. Your results and certificate stay here."),
}
_BY_PARTICIPANTS = frozenset(
    {
        Deed.VISIT,
        Deed.LEARN,
        Deed.PRE_TEST,
        Deed.POST_TEST,
        Deed.FOLLOW_UP_TEST,
        Deed.PRACTISE,
        Deed.SURVEY,
        Deed.POST_FINDING,
        Deed.SHARE,
        Deed.PLAN,
    }
)


def allows(state: str, deed: Deed) -> bool:
    """Whether a training in this state allows the deed."""
    return deed in ALLOWED[CohortState(state)]


def groups_in_order(state: str) -> list[LinkGroup]:
    """The groups of the training's page, the one that is needed in this state first."""
    first = _NEEDED_FIRST[CohortState(state)]
    return [first, *(group for group in LinkGroup if group is not first)]


def lessons_are_free(state: str) -> bool:
    """Whether the lessons are open even without the pre-test: after the training they are for reading."""
    return CohortState(state) in (_CLOSED, _ARCHIVED)


def refusal(state: str, deed: Deed) -> ValidationError:
    """Why the deed is refused in this state, in words that say what to do. Code ``stage``."""
    sentences = _SENTENCES_FOR_PARTICIPANTS if deed in _BY_PARTICIPANTS else _SENTENCES
    return ValidationError(sentences[CohortState(state)], code="stage")


def require_stage(cohort: Any, deed: Deed) -> None:
    """Let the deed pass, or raise ValidationError (``stage``). ``cohort`` should be as it is stored now."""
    if not allows(cohort.state, deed):
        raise refusal(cohort.state, deed)
