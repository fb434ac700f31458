"""What an answer is sent with. Strict: a field that nobody asked for is refused, not ignored."""

import uuid
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _

from assessments.questions.base import FIELD

# One below the largest whole number that every supported database keeps: the server may count one further.
_LARGEST = 2**31 - 2
_ENVELOPE = frozenset({"csrfmiddlewaretoken", "client_id", "sitting", "seq", "go"})


@dataclass(frozen=True, slots=True)
class Envelope:
    """Identity and order of an answer event, as the client made them."""

    event_id: uuid.UUID
    sitting: int
    sequence: int


def read_envelope(data: QueryDict) -> Envelope:
    """The envelope of a posted answer. Raises ValidationError (``invalid``)."""
    try:
        event_id = uuid.UUID(data.get("client_id", ""))
    except ValueError:
        raise _unreadable() from None
    return Envelope(event_id, _whole_number(data, "sitting"), _whole_number(data, "seq"))


def refuse_unknown_fields(data: QueryDict) -> None:
    """Raise ValidationError (``invalid``) for a field that is neither envelope nor answer.

    Which answer fields a question has is known to its kind, which refuses the others.
    """
    if any(name not in _ENVELOPE and name != FIELD and not name.startswith(f"{FIELD}-") for name in data):
        raise _unreadable()


def _whole_number(data: QueryDict, name: str) -> int:
    text = data.get(name, "")
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(_LARGEST))):
        raise _unreadable()
    number = int(text)
    if not 1 <= number <= _LARGEST:
        raise _unreadable()
    return number


def _unreadable() -> ValidationError:
    return ValidationError(
        _("The answer could not be read. Open the question again, then answer. Nothing is lost."),
        code="invalid",
    )
