"""The kinds of question that this installation knows.

A kind registers its class; nothing else in the project branches on a kind's name.
"""

from typing import Any

from django.core.exceptions import ImproperlyConfigured

_kinds: dict[str, type[Any]] = {}


def register(question_class: type[Any]) -> type[Any]:
    """Class decorator: make a kind known. Two classes may not claim one kind."""
    kind = question_class.kind
    known = _kinds.get(kind)
    if known is not None and known.__qualname__ != question_class.__qualname__:
        raise ImproperlyConfigured(f"Question kind {kind!r} is already {known.__qualname__}.")
    _kinds[kind] = question_class
    return question_class


def kind_of(name: str) -> type[Any]:
    """The class of a kind. Raises KeyError for an unknown name."""
    return _kinds[name]


def kinds() -> dict[str, type[Any]]:
    """All kinds by name, in the order of registration."""
    return dict(_kinds)
