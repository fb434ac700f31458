"""Who has records of a person, and moves them when two records of one person become one.

An app registers its step in ``AppConfig.ready()``; nothing here knows who did. ``covers`` names every
relation to ``Participant`` or to ``Enrolment`` that the step looks after (``app.Model.field``), ``once``
every rule that something is there once for a person, ``empties`` the tables in which a row makes room for
another. A test walks all models and fails for what nobody looks after.
"""

import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any, ClassVar

from django.core.exceptions import ImproperlyConfigured


class LockRank(IntEnum):
    """In which order everybody takes locks: cards hold the training before the person, handing in a test the
    attempt before the enrolment, handing in a plan the plan before the enrolment."""

    TRAININGS = 1
    PEOPLE = 2
    ATTEMPTS = 3
    PLANS = 4
    ENROLMENTS = 5
    SHEETS = 6


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of the comparison: by id of a person, what is known."""

    label: Any
    values: Mapping[uuid.UUID, str]


@dataclass(frozen=True, slots=True)
class Foreseen:
    """Something that merging will do: move without ado, meet something that is there already (``collides``),
    or be refused for (``hinders``). ``url`` leads to where that can be settled."""

    text: str
    collides: bool = False
    hinders: bool = False
    url: str = ""


@dataclass(slots=True)
class Merging:
    """A merge under way. ``moved`` becomes the history: ids, numbers and moments, never names."""

    kept: Any
    merged: Any
    actor: Any
    reason: str
    # The other record's code and PIN stay valid: then sessions of both end.
    take_card: bool = False
    moved: dict[str, Any] = field(default_factory=dict)

    def note(self, what: str, value: Any) -> None:
        """Put something into the history; nothing (0, an empty list) is left out."""
        if value:
            self.moved[what] = value


class MergeStep:
    """What one app does when ``merged`` becomes empty and ``kept`` gets everything. Steps of the apps above
    run first: they still find both enrolments."""

    code: ClassVar[str]
    order: ClassVar[int]
    covers: ClassVar[Collection[str]] = ()
    # Unique constraints in which two records of one person can meet: "app.Model.constraint", or
    # "app.Model.field" where the field itself is unique.
    once: ClassVar[Collection[str]] = ()
    # Where a row is deleted because another of the same person stays: the columns by "app.Model". Whoever
    # adds a column decides here which of the two values stays.
    empties: ClassVar[Mapping[str, Collection[str]]] = {}
    # What points at such a row ("app.Model.field") and goes to the one that stays, before.
    carries: ClassVar[Collection[str]] = ()

    def facts(self, people: Collection[uuid.UUID]) -> list[Fact]:
        """Lines of the comparison, in a number of queries that does not grow with the people."""
        return []

    def foresee(self, kept: Any, merged: Any) -> Iterable[Foreseen]:
        """What ``move`` will do, in sentences. Writes nothing."""
        return ()

    def hold(self, rank: LockRank, people: Collection[uuid.UUID]) -> None:
        """Lock the rows of this rank until the transaction ends, ordered by key."""

    def move(self, merging: Merging) -> None:
        """Move everything. Whatever ``foresee`` says hinders has been refused before."""

    def describe(self, moved: Mapping[str, Any]) -> Iterable[str]:
        """What ``move`` and ``finish`` wrote down, in sentences for the history."""
        return ()

    def finish(self, merging: Merging) -> None:
        """See what follows, once everything has been moved."""


_steps: dict[str, MergeStep] = {}


def register_merge_step(step: MergeStep) -> None:
    """Make a step known. Codes are unique: ImproperlyConfigured otherwise."""
    if step.code in _steps:
        raise ImproperlyConfigured(f"Merge step {step.code!r} is registered twice.")
    _steps[step.code] = step


def merge_steps() -> list[MergeStep]:
    """All steps in their order, whichever app registered first."""
    return sorted(_steps.values(), key=lambda step: (step.order, step.code))
