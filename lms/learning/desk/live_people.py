"""The class at one moment, ready to be drawn: names, places, times and counts.

No answer, no key, no code and no PIN is in it. Each card has a version, so that only what changed is sent.
"""

import hashlib
import uuid
from collections import Counter
from dataclasses import dataclass
from typing import Any

from lms.learning.desk.signs import Here, Trouble
from lms.learning.desk.states import State
from lms.learning.models import Attempt

OPEN = (State.GOING_ON, State.PAUSED, State.OVERDUE)
_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Test:
    """The newest attempt of a person on one occasion; ``attempt`` None if there is none."""

    label: str
    state: State
    answered: int
    total: int
    until: str
    attempt: Attempt | None

    @property
    def is_open(self) -> bool:
        return self.state in OPEN


@dataclass(frozen=True, slots=True)
class Person:
    """One person of the class, all in words. Times are clock times, so that nothing changes by itself."""

    enrolment_id: uuid.UUID
    name: str
    dusun: str
    here: Here
    since: str
    device: str
    shared: int
    doing: str
    tests: tuple[Test, ...]
    saved: str
    lessons: int
    troubles: tuple[Trouble, ...]
    wrong: int
    is_locked: bool
    may_sign_in: bool

    @property
    def version(self) -> str:
        """The same as long as the person's card would look the same."""
        return _digest(self)


@dataclass(frozen=True, slots=True)
class TestCount:
    """How far the class is with one test."""

    label: str
    not_begun: int
    going_on: int
    handed_in: int


@dataclass(frozen=True, slots=True)
class LiveClass:
    """The people by name, and the counts above them."""

    people: tuple[Person, ...]
    tests: tuple[TestCount, ...]

    @property
    def needing_help(self) -> int:
        return sum(bool(person.troubles) for person in self.people)

    @property
    def here(self) -> list[tuple[Here, int]]:
        """How many are in each state, those that occur only; "signed in" always."""
        counted = Counter(person.here for person in self.people)
        return [(here, counted[here]) for here in Here if counted[here] or here is Here.HERE]

    @property
    def head_version(self) -> str:
        return _digest((self.tests, self.here, self.needing_help))


def _digest(thing: Any) -> str:
    return hashlib.sha256(repr(thing).encode()).hexdigest()[:_DIGITS]
