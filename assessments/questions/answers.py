"""Answers as they come in: from a posted form or typed off paper, "I do not know" included."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from assessments.questions.base import Question

Response = Any  # JSON: what a participant answered, naming options by identity
OptionOrder = Sequence[str]  # identities of the options in the order shown, frozen on the attempt

FIELD = "response"  # every field of an answer is called this, or this, a dash and the identity of an option

# "I do not know", offered beside every kind of answer: wrong for the score, counted apart for the teaching.
# It is a response of its own, sent as the field DONT_KNOW_FIELD or as the value DONT_KNOW_VALUE of FIELD.
DONT_KNOW: dict[str, bool] = {"dont_know": True}
DONT_KNOW_FIELD = "dont_know"
DONT_KNOW_VALUE = "dont-know"
DONT_KNOW_LABEL = _("I do not know")
# How it is written on paper and typed off it.
DONT_KNOW_MARKS = ("-", "?", "TT")


def says_dont_know(data: Any) -> bool:
    """Whether "I do not know" was chosen in a posted form."""
    return bool(data.get(DONT_KNOW_FIELD)) or data.getlist(FIELD) == [DONT_KNOW_VALUE]


def read_answer(kind: type["Question"], data: Any, order: OptionOrder, *, offers_dont_know: bool) -> Response:
    """The answer in a posted form, "I do not know" included; None for "not answered".

    A real answer wins over a tick at "I do not know": without a script the tick may have been forgotten.
    Raises ValidationError as ``clean_response`` does.
    """
    own = data
    ticked = offers_dont_know and kind.can_be_unknown and says_dont_know(data)
    if ticked and data.getlist(FIELD) == [DONT_KNOW_VALUE]:
        own = data.copy()
        own.pop(FIELD)
    response = kind.clean_response(own, order)
    return dict(DONT_KNOW) if response is None and ticked else response


def read_keyed_answer(
    kind: type["Question"], text: str, order: OptionOrder, payload: dict[str, Any], *, offers_dont_know: bool
) -> Response:
    """A response from what was typed off a paper sheet; ``-``, ``?`` or ``TT`` is "I do not know".

    Raises ValidationError (code ``invalid``) as ``read_keyed`` does.
    """
    if offers_dont_know and kind.can_be_unknown and text.strip().upper() in DONT_KNOW_MARKS:
        return dict(DONT_KNOW)
    return kind.read_keyed(text, order, payload) if text.strip() else None


def write_keyed_answer(
    kind: type["Question"], response: Response, order: OptionOrder, payload: dict[str, Any]
) -> str:
    """What a keyer would type for a response; "" where there is none."""
    if response is None:
        return ""
    return DONT_KNOW_MARKS[0] if response == DONT_KNOW else kind.write_keyed(response, order, payload)


def foreign_option() -> ValidationError:
    """The refusal of an option that this question does not have."""
    return ValidationError(
        _("This answer does not belong to this question. Reload the page and choose again."),
        code="foreign_option",
    )


def refuse_foreign_fields(data: Iterable[str], expected: Iterable[str]) -> None:
    """Refuse the form of another question, which would otherwise read as "not answered" and clear the answer.

    Looks only at fields of answers; hidden fields of the page around it are none of our business.
    """
    allowed = set(expected)
    if any(name not in allowed for name in data if name == FIELD or name.startswith(f"{FIELD}-")):
        raise foreign_option()


def fields_by_option(data: Any) -> dict[str, str]:
    """Fields ``response-<identity>`` by identity."""
    start = f"{FIELD}-"
    return {name.removeprefix(start): data.get(name) or "" for name in data if name.startswith(start)}
