"""What an answer is sent with. Strict: a field that nobody asked for is refused, not ignored."""

import hashlib
import json
import re
import uuid
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _

from assessments.questions.base import DONT_KNOW_FIELD, FIELD

# One below the largest whole number that every supported database keeps: the server may count one further.
_LARGEST = 2**31 - 2
_ENVELOPE = frozenset({"csrfmiddlewaretoken", "client_id", "sitting", "seq", "go", "was"})
# ``was`` says which response the page showed. On a page with several questions the names of a question begin
# with its place, and it is ``was3``.
_OF_A_PLACE = re.compile(r"(?:q\d{1,4}(?:-.*)?|was\d{1,4})", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Envelope:
    """Identity and order of an answer event, as the client made them."""

    event_id: uuid.UUID
    sitting: int
    sequence: int

    def of_place(self, position: int) -> "Envelope":
        """The envelope of one question of a form that was sent for many: another id, the same each time."""
        return Envelope(uuid.uuid5(self.event_id, str(position)), self.sitting, self.sequence)


def read_envelope(data: QueryDict) -> Envelope:
    """The envelope of a posted answer. Raises ValidationError (``invalid``)."""
    try:
        event_id = uuid.UUID(data.get("client_id", ""))
    except ValueError:
        raise unreadable() from None
    return Envelope(event_id, _whole_number(data, "sitting"), _whole_number(data, "seq"))


def refuse_unknown_fields(data: QueryDict) -> None:
    """Raise ValidationError (``invalid``) for a field that is neither envelope nor answer.

    Which answer fields a question has is known to its kind, which refuses the others.
    """
    if any(name not in _ENVELOPE and not _is_answer(name) for name in data):
        raise unreadable()


def refuse_fields_of_no_place(data: QueryDict) -> None:
    """The same for a form with several questions."""
    if any(name not in _ENVELOPE and not _OF_A_PLACE.fullmatch(name) for name in data):
        raise unreadable()


def field_at(position: int) -> str:
    """How the names of a question begin on a page with several."""
    return f"q{position}"


def fields_at(data: QueryDict, position: int) -> QueryDict:
    """The fields of one question of such a page, under the names that its kind knows."""
    prefix = field_at(position)
    own = QueryDict(mutable=True)
    for name in data:
        if name == f"{prefix}-{DONT_KNOW_FIELD}":
            own.setlist(DONT_KNOW_FIELD, data.getlist(name))
        elif name == prefix or name.startswith(f"{prefix}-"):
            own.setlist(FIELD + name[len(prefix) :], data.getlist(name))
    return own


def mark_of(response: Any) -> str:
    """A short mark of a response: a page sends it back, to tell what was changed there from what is old."""
    text = json.dumps(response, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def _is_answer(name: str) -> bool:
    return name in (FIELD, DONT_KNOW_FIELD) or name.startswith(f"{FIELD}-")


def _whole_number(data: QueryDict, name: str) -> int:
    text = data.get(name, "")
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(_LARGEST))):
        raise unreadable()
    number = int(text)
    if not 1 <= number <= _LARGEST:
        raise unreadable()
    return number


def unreadable() -> ValidationError:
    """The refusal of a form that our pages do not make."""
    return ValidationError(
        _("The answer could not be read. Open the question again, then answer. Nothing is lost."),
        code="invalid",
    )
