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
# An abstract base made for several kinds may say it for them.
OWN_METHODS = (
    "participant_payload",
    "read_response",
    "clean_response",
    "take_context",
    "print_block",
    "keying_hint",
    "read_keyed",
    "write_keyed",
    "describe_answer",
    "score_parts",
    "correct_response",
    "guess",
)


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
            if not _says_itself(model, method):
                yield Error(f"{model.__name__} lacks {method}().", id="assessments.E002")
        for purpose in PURPOSES:
            if not _exists(template_of(name, purpose)):
                message = f"Kind {name!r} lacks the template {template_of(name, purpose)}."
                yield Error(message, id="assessments.E003")


def _says_itself(model: type[Any], method: str) -> bool:
    """Whether the class, or an abstract base made for several kinds, has the method itself."""
    shared = (base for base in model.__mro__[1:] if base not in Question.__mro__ and _is_abstract(base))
    return any(method in owner.__dict__ for owner in (model, *shared))


def _is_abstract(model: type[Any]) -> bool:
    return bool(getattr(getattr(model, "_meta", None), "abstract", False))


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
