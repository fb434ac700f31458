"""``{% question payload response %}``: a question as a participant sees it."""

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from assessments.questions.base import FIELD
from assessments.registry import kind_of, template_of

register = template.Library()


@register.simple_tag
def question(payload: dict[str, Any], response: Any = None, error: str = "") -> SafeString:
    """The stem (as the page's ``h1``) and the fields of an answer, from the template of the kind.

    ``payload``: from ``participant_payload``. ``response``: None, a cleaned response, or the ``QueryDict`` of
    a refused form, whose values are then shown again. ``error``: the sentence why it was refused.
    """
    kind = kind_of(payload["kind"])
    if hasattr(response, "getlist"):
        response = kind.read_response(response)
    context = {
        "payload": payload,
        "response": response,
        "field_prefix": FIELD,
        "error": error,
        **kind.take_context(payload, response),
    }
    return render_to_string(template_of(payload["kind"], "take"), context)
