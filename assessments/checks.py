"""System checks: a kind of question that cannot be shown must not start."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.core.checks import CheckMessage, Error, register
from django.template import TemplateDoesNotExist
from django.template.loader import get_template

from assessments.questions.base import Question
from assessments.registry import kinds, template_of

PURPOSES = ("take", "key")
# Each kind says these itself: an inherited payload could show a participant what it does not know of.
OWN_METHODS = ("participant_payload", "read_response", "clean_response", "take_context", "score_parts")


@register()
def question_kinds_are_complete(**kwargs: Any) -> list[CheckMessage]:
    """Every concrete subclass is registered, says what participants may see, and has its templates."""
    return list(problems_of_kinds(_concrete_subclasses(Question), kinds()))


def problems_of_kinds(models: Iterable[type], known: Mapping[str, type]) -> Iterator[CheckMessage]:
    """One error for each thing that a kind lacks. ``models`` exist in code, ``known`` are registered."""
    for model in models:
        if known.get(getattr(model, "kind", "")) is not model:
            yield Error(f"{model.__name__} is not registered as a kind.", id="assessments.E001")
    for name, model in known.items():
        for method in OWN_METHODS:
            if method not in model.__dict__:
                yield Error(f"{model.__name__} lacks {method}().", id="assessments.E002")
        for purpose in PURPOSES:
            if not _exists(template_of(name, purpose)):
                message = f"Kind {name!r} lacks the template {template_of(name, purpose)}."
                yield Error(message, id="assessments.E003")


def _concrete_subclasses(model: type[Any]) -> Iterator[type[Any]]:
    for subclass in model.__subclasses__():
        if not subclass._meta.abstract and not subclass._meta.proxy:
            yield subclass
        yield from _concrete_subclasses(subclass)


def _exists(template: str) -> bool:
    try:
        get_template(template)
    except TemplateDoesNotExist:
        return False
    return True
