"""Answers that a button sends with its form, with or without the script: filed only if somebody changed
them on that page, and then as the newest ones, whatever the page had counted when it was drawn."""

from typing import Any

from django.http import HttpRequest

from lms.learning.forms import Envelope, mark_of
from lms.learning.models import AnswerEvent, Attempt
from lms.learning.queries import last_sequence
from lms.learning.views.sittings import sitting_of


def is_change(response: Any, current: Any, *, was: str, envelope: Envelope) -> bool:
    """Whether a posted response is another than the one known by now and than the page showed.

    ``was`` is the mark of the response that the page showed, "" if it does not say. A page that was gone
    back to and sent before shows what it showed at first, so that there its mark says nothing.
    """
    if response == current:
        return False
    return mark_of(response) != was or AnswerEvent.objects.filter(pk=envelope.event_id).exists()


def as_newest(request: HttpRequest, attempt: Attempt, envelope: Envelope) -> Envelope:
    """The envelope counted behind everything that is known: an old tab, too, is pressed now.

    The id stays, so that a form that arrives twice counts once. A sitting that was never given out is left
    as it is, to be refused.
    """
    if envelope.sitting > attempt.sittings:
        return envelope
    sitting = sitting_of(request, attempt)
    counted = envelope.sequence if envelope.sitting == sitting else 1
    return Envelope(envelope.event_id, sitting, max(counted, last_sequence(attempt, sitting) + 1))
