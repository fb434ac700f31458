"""What a cohort may ask for before an enrolment counts as completed, and what rests on results.

A condition is registered by the app that knows whether it is met, in its ``AppConfig.ready()``; that app
calls ``lms.learning.domain.review_completion`` whenever the answer may have changed. A witness is registered
by the app whose records stay as they are when staff change a result, such as certificates.
"""

import uuid
from collections.abc import Callable, Collection, Mapping, Sequence
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


@dataclass(frozen=True, slots=True)
class ResultWitness:
    """Something that rests on results and does not follow them when staff change one.

    ``affected`` takes ids of enrolments and gives, by id, one sentence for each thing that rests on that
    person's results; people without any are left out. Its queries do not grow with the people.
    """

    code: str
    label: Any
    affected: Callable[[Collection[uuid.UUID]], Mapping[uuid.UUID, Sequence[str]]]


@dataclass(frozen=True, slots=True)
class TargetLine:
    """How a training stands against a target of one of its expected results, in words.

    ``met`` is None while it cannot be told, or where there is no target to meet.
    """

    label: Any
    figure: str
    target: Any
    met: bool | None


_targets: dict[str, tuple[str, Callable[[Cohort], Sequence[TargetLine]]]] = {}


def register_target(code: str, *, construct: str, lines: Callable[[Cohort], Sequence[TargetLine]]) -> None:
    """Add lines to the page of survey results, beside the scale that measures ``construct``. Registering
    the same again changes nothing; codes are unique."""
    if _targets.setdefault(code, (construct, lines)) != (construct, lines):
        raise ImproperlyConfigured(f"Target {code!r} is already registered.")


def targets_beside(construct: str, cohort: Cohort) -> list[TargetLine]:
    """What other apps say about a training beside the scale that measures ``construct``."""
    return [
        line
        for _code, (name, lines) in sorted(_targets.items())
        if name == construct
        for line in lines(cohort)
    ]


_witnesses: dict[str, ResultWitness] = {}


def register_result_witness(
    code: str,
    label: Any,
    affected: Callable[[Collection[uuid.UUID]], Mapping[uuid.UUID, Sequence[str]]],
) -> None:
    """Make known what rests on results. Registering the same again changes nothing; codes are unique."""
    witness = ResultWitness(code, label, affected)
    if _witnesses.setdefault(code, witness) != witness:
        raise ImproperlyConfigured(f"Result witness {code!r} is already registered.")


def what_rests_on(enrolment_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, list[str]]:
    """What all witnesses say about each of these people, by enrolment; nobody is left out."""
    found: dict[uuid.UUID, list[str]] = {enrolment: [] for enrolment in enrolment_ids}
    if found:
        for code in sorted(_witnesses):
            for enrolment, sentences in _witnesses[code].affected(enrolment_ids).items():
                found[enrolment] += sentences
    return found
