"""Take a training one step on, or back with a reason; and start it by itself on its first day."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from lms.cohorts.enums import CohortState
from lms.cohorts.models import Cohort
from lms.cohorts.stages import BACK, FORWARD, Deed, allows, require_stage

_LONGEST_REASON = 300


def change_state(*, cohort: Cohort, to: str, user: Any, reason: str = "") -> Cohort:
    """Take a training to the next state, or to the one before with a reason. Repeated, it changes nothing.

    Raises ValidationError: ``step`` (not a neighbour of the state it has by now), ``reason`` (going back
    without one, or one that is too long).
    """
    with transaction.atomic():
        held: Cohort = Cohort.objects.select_for_update().get(pk=cohort.pk)
        if held.state == to:
            return held
        reason = reason.strip()
        if BACK.get(held.state) == to:
            _check_reason(reason)
        elif FORWARD.get(held.state) != to:
            raise ValidationError(
                _("The training is “%(state)s” by now. Look at it again, then choose the next step."),
                code="step",
                params={"state": held.get_state_display()},
            )
        _take(held, to, user, reason=reason)
    cohort.state = held.state
    return held


def let_attend(*, cohort: Cohort, user: Any, reason: str = "") -> None:
    """Say whether attendance may be recorded now, and start an open training whose people have come.

    Call it inside the transaction that records, before anything else is locked. After the training was
    closed, attendance is put right with a ``reason`` only, which goes to the log of the caller. Whether
    this member of staff may do that (``cohorts.change_cohort``) the view knows.
    Raises ValidationError: ``stage``, ``reason``.
    """
    held: Cohort = Cohort.objects.select_for_update().get(pk=cohort.pk)
    if not allows(held.state, Deed.ATTEND):
        require_stage(held, Deed.CORRECT_ATTENDANCE)
        _check_reason(reason.strip())
    if held.state == CohortState.OPEN:
        _take(held, CohortState.RUNNING, user, by_itself=True)
    cohort.state = held.state


def _take(cohort: Cohort, to: str, user: Any, **data: Any) -> None:
    data |= {"from": str(cohort.state), "to": str(to)}
    cohort.state = CohortState(to)
    cohort.save(update_fields=["state"])
    log(cohort, "cohorts.state", user=user, data={name: value for name, value in data.items() if value})


def _check_reason(reason: str) -> None:
    if not reason:
        raise ValidationError(_("Say why. It will be read in the history of the training."), code="reason")
    if len(reason) > _LONGEST_REASON:
        raise ValidationError(
            _("Say it in at most %(most)d characters."), code="reason", params={"most": _LONGEST_REASON}
        )
