"""The kinds of question that this installation knows, and who else uses questions.

A kind registers its class; nothing else in the project branches on a kind's name. Apps that lie higher
(the attempts of ``lms.learning``) say here which questions they need unchanged.
"""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ImproperlyConfigured

UseCheck = Callable[[int], bool]

_kinds: dict[str, type[Any]] = {}
_use_checks: list[UseCheck] = []


def register(question_class: type[Any]) -> type[Any]:
    """Class decorator: make a kind known. Two classes may not claim one kind."""
    kind = question_class.kind
    known = _kinds.get(kind)
    if known is not None and _name_of(known) != _name_of(question_class):
        raise ImproperlyConfigured(f"Question kind {kind!r} is already {_name_of(known)}.")
    _kinds[kind] = question_class
    return question_class


def kind_of(name: str) -> type[Any]:
    """The class of a kind. Raises KeyError for an unknown name."""
    return _kinds[name]


def kinds() -> dict[str, type[Any]]:
    """All kinds by name, in the order of registration."""
    return dict(_kinds)


def template_of(kind: str, purpose: str) -> str:
    """Path of a kind's template, found by convention: ``take`` for participants, ``key`` for trainers."""
    return f"assessments/questions/{kind}/{purpose}.html"


def register_use_check(check: UseCheck) -> UseCheck:
    """Decorator: ``check(question_id)`` says whether records of people depend on that question version.

    A version that is in use is never edited; saving it makes the next version. Registering the same
    function twice changes nothing.
    """
    if check not in _use_checks:
        _use_checks.append(check)
    return check


def question_in_use(question_id: int) -> bool:
    """Whether any app that registered a check depends on this question version."""
    return any(check(question_id) for check in _use_checks)


def _name_of(question_class: type[Any]) -> str:
    return f"{question_class.__module__}.{question_class.__qualname__}"
