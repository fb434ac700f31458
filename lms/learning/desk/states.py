"""Where an attempt stands, in one word."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lms.learning.models import Attempt


class State(models.TextChoices):
    NOT_BEGUN = "not_begun", _("not begun")
    GOING_ON = "going_on", _("being answered")
    PAUSED = "paused", pgettext_lazy("attempt", "paused")
    OVERDUE = "overdue", _("time is over")
    UNMARKED = "unmarked", _("waits for marking")
    HANDED_IN = "handed_in", pgettext_lazy("attempt", "handed in")
    VOID = "void", pgettext_lazy("attempt", "void")


def state_of(attempt: Attempt | None, now: datetime) -> State:
    """The state of an attempt; None is one that was not begun."""
    if attempt is None:
        return State.NOT_BEGUN
    if attempt.voided_at is not None:
        return State.VOID
    if attempt.submitted_at is not None:
        return State.UNMARKED if attempt.awaits_marking else State.HANDED_IN
    if attempt.paused_at is not None:
        return State.PAUSED
    return State.OVERDUE if attempt.is_overdue(now) else State.GOING_ON
