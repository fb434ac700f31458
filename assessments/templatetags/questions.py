"""``{% question payload response %}``: a question as a participant sees it; ``{% media_url id %}``."""

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString

from assessments.questions.answers import DONT_KNOW_LABEL
from assessments.questions.base import (
    DONT_KNOW,
    DONT_KNOW_FIELD,
    DONT_KNOW_VALUE,
    FIELD,
    Question,
    says_dont_know,
)
from assessments.registry import kind_of, template_of

register = template.Library()


@register.simple_tag
def question(
    payload: dict[str, Any],
    response: Any = None,
    error: str = "",
    field: str = FIELD,
    dont_know: bool = False,
    level: int = 1,
) -> SafeString:
    """The stem (as a heading of ``level``) and the fields of an answer, from the template of the kind.

    ``payload``: from ``participant_payload``. ``response``: None, a cleaned response, or the ``QueryDict`` of
    a refused form (names translated back to ``FIELD``), whose values are then shown again. ``error``: the
    sentence why it was refused. ``field``: how names of fields begin, ``q3`` on a page with several
    questions. ``dont_know``: whether "I do not know" is offered.
    """
    kind = kind_of(payload["kind"])
    unknown = response == DONT_KNOW
    if hasattr(response, "getlist"):
        unknown = says_dont_know(response)
        response = kind.read_response(response)
    if response in (DONT_KNOW, DONT_KNOW_VALUE):
        response = None
    context = {
        "payload": payload,
        "response": response,
        "field": field,
        "level": level,
        "error": error,
        "dont_know": _dont_know_row(kind, field, checked=unknown) if dont_know else None,
        **kind.take_context(payload, response, field),
    }
    return render_to_string(template_of(payload["kind"], "take"), context)


@register.simple_tag
def media_url(identity: str) -> str:
    """Address of a picture or recording; "" where this installation serves none."""
    try:
        return reverse("learning:media", args=[identity])
    except NoReverseMatch:
        return ""


def _dont_know_row(kind: type[Question], field: str, *, checked: bool) -> dict[str, Any] | None:
    """The field for "I do not know": one more radio row, or a tick of its own."""
    if not kind.can_be_unknown:
        return None
    own_name = DONT_KNOW_FIELD if field == FIELD else f"{field}-{DONT_KNOW_FIELD}"
    return {
        "type": "radio" if kind.has_radio_rows else "checkbox",
        "name": field if kind.has_radio_rows else own_name,
        "value": DONT_KNOW_VALUE if kind.has_radio_rows else "1",
        "id": f"id_{field}-{DONT_KNOW_VALUE}",
        "label": DONT_KNOW_LABEL,
        "checked": checked,
    }
