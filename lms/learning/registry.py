"""The conditions that a cohort may ask for before an enrolment counts as completed.

A condition is registered by the app that knows whether it is met, in its ``AppConfig.ready()``; that app
calls ``lms.learning.domain.review_completion`` whenever the answer may have changed.
"""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from lms.cohorts.models import Cohort, Enrolment


@dataclass(frozen=True, slots=True)
class ConditionResult:
    """Whether a condition is met, and one plain sentence for the participant that says why or why not."""

    met: bool
    detail: str


@dataclass(frozen=True, slots=True)
class CompletionCondition:
    """A rule of the certificate. ``label`` is a lazy translation; ``order`` its place in lists.

    ``evaluate`` takes enrolments of one cohort (with ``cohort`` and its assessment loaded) and gives the
    result of each by id, in a number of queries that does not grow with them.
    """

    code: str
    label: Any
    is_required: Callable[[Cohort], bool]
    evaluate: Callable[[Sequence[Enrolment]], Mapping[uuid.UUID, ConditionResult]]
    order: int = 100


_conditions: dict[str, CompletionCondition] = {}


def register_condition(condition: CompletionCondition) -> None:
    """Make a condition known. Registering the same one again changes nothing; two may not share a code."""
    known = _conditions.setdefault(condition.code, condition)
    if known != condition:
        raise ImproperlyConfigured(f"Completion condition {condition.code!r} is already registered.")


def conditions() -> list[CompletionCondition]:
    """All conditions by ``order``, whichever app registered first."""
    return sorted(_conditions.values(), key=lambda condition: (condition.order, condition.code))
