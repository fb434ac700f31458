"""System checks: a kind of question that cannot be shown must not start."""

from typing import Any

from django.core.checks import CheckMessage, Error, register
from django.template import TemplateDoesNotExist
from django.template.loader import get_template

from assessments.questions.base import Question
from assessments.registry import kinds

TEMPLATES = ("take", "key")


def template_of(kind: str, purpose: str) -> str:
    """Path of a kind's template, found by convention: ``take`` for participants, ``key`` for trainers."""
    return f"assessments/questions/{kind}/{purpose}.html"


@register()
def question_kinds_are_complete(**kwargs: Any) -> list[CheckMessage]:
    """Every concrete subclass is registered, says what participants may see, and has its templates."""
    errors: list[CheckMessage] = []
    known = kinds()
    for model in Question.__subclasses__():
        if known.get(getattr(model, "kind", "")) is not model:
            errors.append(Error(f"{model.__name__} is not registered as a kind.", id="assessments.E001"))
    for name, model in known.items():
        for method in ("participant_payload", "clean_response", "score_parts"):
            if method not in model.__dict__:
                errors.append(Error(f"{model.__name__} lacks {method}().", id="assessments.E002"))
        for purpose in TEMPLATES:
            try:
                get_template(template_of(name, purpose))
            except TemplateDoesNotExist:
                message = f"Kind {name!r} lacks the template {template_of(name, purpose)}."
                errors.append(Error(message, id="assessments.E003"))
    return errors
