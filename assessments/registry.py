"""The kinds of question that this installation knows, and who else uses questions.

A kind registers its class; nothing else in the project branches on a kind's name. Apps that lie higher
(the attempts of ``lms.learning``) say here which questions they need unchanged.
"""

import pkgutil
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from importlib import import_module
from types import ModuleType
from typing import Any

from django.core.exceptions import ImproperlyConfigured

UseCheck = Callable[[int], bool]
Publisher = Callable[..., Any]
CorrectionLink = Callable[[Any], str | None]
LearnersLink = Callable[[Any, Any], str | None]
Performance = Callable[[Collection[int]], Mapping[int, float]]
UsageCount = Callable[[Collection[int]], Mapping[int, int]]

_kinds: dict[str, type[Any]] = {}
_use_checks: list[UseCheck] = []
_usage_counts: list[UsageCount] = []
_performances: list[Performance] = []
_publishers: list[Publisher] = []
_correction_links: list[CorrectionLink] = []
_learners_links: list[LearnersLink] = []


def register(question_class: type[Any]) -> type[Any]:
    """Class decorator: make a kind known. Two classes may not claim one kind."""
    kind = question_class.kind
    known = _kinds.get(kind)
    if known is not None and _name_of(known) != _name_of(question_class):
        raise ImproperlyConfigured(f"Question kind {kind!r} is already {_name_of(known)}.")
    _kinds[kind] = question_class
    return question_class


def discover(package: ModuleType) -> None:
    """Import every module of a package, so that a kind is known by being a module there."""
    for module in pkgutil.iter_modules(package.__path__):
        import_module(f"{package.__name__}.{module.name}")


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


def register_usage_count(count: UsageCount) -> UsageCount:
    """Decorator: ``count(question_ids)`` says how often each of these versions was shown to somebody.

    Draws take the least used first. Registering the same function twice changes nothing.
    """
    if count not in _usage_counts:
        _usage_counts.append(count)
    return count


def usage_counts(question_ids: Collection[int]) -> dict[int, int]:
    """How often each of these versions was shown, in all apps that count; those never shown are left out."""
    total: Counter[int] = Counter()
    for count in _usage_counts:
        total.update(count(question_ids))
    return dict(total)


def register_performance(performance: Performance) -> Performance:
    """Decorator: ``performance(question_ids)`` says which part of its points each version earned (0 to 1)."""
    if performance not in _performances:
        _performances.append(performance)
    return performance


def performance_is_known() -> bool:
    """Whether any app can say how questions performed."""
    return bool(_performances)


def performance_of(question_ids: Collection[int]) -> dict[int, float]:
    """Which part of its points each version earned; versions without results are left out."""
    return {pk: part for known in _performances for pk, part in known(question_ids).items()}


def register_publisher(publish: Publisher) -> Publisher:
    """Decorator: the one way a draft becomes the question that tests use (``assessments.domain``)."""
    _publishers[:] = [publish]
    return publish


def publisher() -> Publisher:
    """What publishes a draft. Models call it so, because rules lie above models."""
    return _publishers[0]


def register_correction_link(link: CorrectionLink) -> CorrectionLink:
    """Decorator: ``link(question)`` is the address where results are looked at again after the key of a
    version was corrected by ``question``, or None if nobody's result depends on it."""
    if link not in _correction_links:
        _correction_links.append(link)
    return link


def correction_url(question: Any) -> str | None:
    """Where the results that a corrected key may change are looked at again, if any app knows."""
    return next((url for link in _correction_links if (url := link(question))), None)


def register_learners_link(link: LearnersLink) -> LearnersLink:
    """Decorator: ``link(record, user)`` is the address where those are listed who learned a provision, or a
    whole regulation; None for a user who may not ask."""
    if link not in _learners_links:
        _learners_links.append(link)
    return link


def learners_url(record: Any, user: Any) -> str | None:
    """Where the people who learned a rule are listed, if any app knows."""
    return next((url for link in _learners_links if (url := link(record, user))), None)


def _name_of(question_class: type[Any]) -> str:
    return f"{question_class.__module__}.{question_class.__qualname__}"
