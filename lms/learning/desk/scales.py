"""Scales of a survey of several moments: statements side by side, and matched changes of the same people."""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import combinations
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from assessments.enums import moment_words
from assessments.models import LikertMatrixQuestion, LikertQuestion
from lms.learning.desk.suppression import ENOUGH, FEWEST, HIDDEN, told
from lms.learning.queries.terms import Terms

ScaleQuestion = LikertQuestion | LikertMatrixQuestion

# A statement: code of its question, its row in a table, steps of its scale. Versions of a question whose
# words were mended count as one; a scale with more or fewer steps is another one.
Key = tuple[str, str, int]


@dataclass(frozen=True, slots=True)
class Moment:
    """One moment of a survey: how many answered in its time, and why their answers may not be shown yet.

    ``held`` is "", "open" (whoever looked before and after one more person would read that person's answers)
    or "few". ``late`` were handed in after its time and are not counted.
    """

    terms: Terms
    answered: int
    late: int
    held: str
    time_zone: str

    @property
    def occasion(self) -> str:
        return self.terms.occasion

    @property
    def label(self) -> str:
        return moment_words(self.occasion)

    @property
    def opens_at(self) -> datetime | None:
        """When it opens, as the clock in the village shows it."""
        return _in_zone(self.terms.opens_at, self.time_zone)

    @property
    def closes_at(self) -> datetime | None:
        """When it closes, as the clock in the village shows it."""
        return _in_zone(self.terms.closes_at, self.time_zone)


@dataclass(frozen=True, slots=True)
class Cell:
    """How many agree, are in between and disagree with a statement at one moment, as it may be told."""

    moment: Moment
    n: int
    counts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement of a scale with its cells, one for each moment that may be shown."""

    text: str
    reverse: bool
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """The same people at two moments. A person's sum is over all statements asked at both.

    ``rose``, ``same`` and ``fell`` count people, as it may be told. The medians of the sums are told from
    ``ENOUGH`` people on. ``has_fallen`` says that more people fell than rose; None while it is ``held``.
    """

    first: Moment
    second: Moment
    n: int
    incomplete: int
    lowest: int
    highest: int
    held: str
    rose: str = ""
    same: str = ""
    fell: str = ""
    median_first: float | None = None
    median_second: float | None = None
    has_fallen: bool | None = None


@dataclass(frozen=True, slots=True)
class Scale:
    """The statements that measure one thing (``construct``), and the changes between moments."""

    construct: str
    statements: tuple[Statement, ...]
    changes: tuple[Change, ...]

    @property
    def title(self) -> str:
        """What it measures, as a heading."""
        return self.construct.replace("_", " ").capitalize()

    @property
    def has_cells(self) -> bool:
        """Whether any moment may be shown yet."""
        return any(statement.cells for statement in self.statements)

    def change(self, first: str, second: str) -> Change | None:
        """The change between two moments, if both were asked."""
        pairs = ((each.first.occasion, each.second.occasion) for each in self.changes)
        return dict(zip(pairs, self.changes, strict=True)).get((first, second))


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one person said at one moment: responses by id of the question version."""

    enrolment: uuid.UUID
    given: Mapping[int, Any]


Sheets = Mapping[str, Sequence[Sheet]]


@dataclass(frozen=True, slots=True)
class _Asked:
    """A statement of one version of a question."""

    key: Key
    text: str
    reverse: bool
    question: ScaleQuestion
    row: str

    def step(self, response: Any) -> int | None:
        """The step that was chosen, as it stands on the scale."""
        step = response.get(self.row) if self.row and response else response
        return None if step is None else int(step)

    def coded(self, step: int) -> int:
        """The step as it is summed: more means more of what is measured."""
        return self.question.turned(step, reverse=self.reverse)


def scale_of(
    construct: str, questions: Sequence[ScaleQuestion], moments: Sequence[Moment], sheets: Sheets
) -> Scale:
    """The scale that these questions, all versions of them, make up."""
    asked = [statement for question in questions for statement in _statements(question)]
    newest = {statement.key: statement for statement in reversed(asked)}
    steps = {
        moment.occasion: {sheet.enrolment: _steps(asked, sheet) for sheet in sheets.get(moment.occasion, ())}
        for moment in moments
    }
    shown = [moment for moment in moments if not moment.held]
    return Scale(
        construct,
        tuple(
            Statement(
                statement.text,
                statement.reverse,
                tuple(_cell(statement, moment, steps[moment.occasion]) for moment in shown),
            )
            for statement in reversed(newest.values())
        ),
        tuple(
            _change(list(newest.values()), first, second, steps[first.occasion], steps[second.occasion])
            for first, second in combinations(moments, 2)
        ),
    )


def _in_zone(moment: datetime | None, time_zone: str) -> datetime | None:
    return moment and timezone.localtime(moment, ZoneInfo(time_zone))


_StepsOf = Mapping[uuid.UUID, Mapping[Key, int | None]]


def _statements(question: ScaleQuestion) -> Iterator[_Asked]:
    size = len(question.scale)
    if isinstance(question, LikertQuestion):
        yield _Asked((question.code, "", size), question.stem, question.reverse, question, "")
        return
    for row in question.statements.all():
        key = (question.code, str(row.lineage), size)
        yield _Asked(key, row.text, row.reverse, question, f"r:{row.pk}")


def _steps(asked: Sequence[_Asked], sheet: Sheet) -> dict[Key, int | None]:
    """What one person chose, by statement; None where it was left out."""
    return {
        statement.key: statement.step(sheet.given[statement.question.pk])
        for statement in asked
        if statement.question.pk in sheet.given
    }


def _cell(statement: _Asked, moment: Moment, steps: _StepsOf) -> Cell:
    given = [step for own in steps.values() if (step := own.get(statement.key)) is not None]
    middle = (statement.key[2] + 1) / 2
    counts = (
        sum(step > middle for step in given),
        sum(step == middle for step in given),
        sum(step < middle for step in given),
    )
    words = told(counts) if len(given) >= FEWEST else [HIDDEN] * len(counts)
    return Cell(moment, len(given), tuple(words))


def _change(
    statements: Sequence[_Asked], first: Moment, second: Moment, before: _StepsOf, after: _StepsOf
) -> Change:
    asked = [
        one
        for one in statements
        if any(one.key in own for own in before.values()) and any(one.key in own for own in after.values())
    ]
    both = before.keys() & after.keys()
    pairs = [(_sum(asked, before[person]), _sum(asked, after[person])) for person in both]
    matched = [(one, other) for one, other in pairs if one is not None and other is not None]
    counts = (
        sum(other > one for one, other in matched),
        sum(other == one for one, other in matched),
        sum(other < one for one, other in matched),
    )
    held = first.held or second.held or ("few" if len(matched) < FEWEST else "")
    plain = Change(
        first=first,
        second=second,
        n=len(matched),
        incomplete=len(both) - len(matched),
        lowest=len(asked),
        highest=sum(one.key[2] for one in asked),
        held=held,
    )
    if held:
        return plain
    rose, same, fell = told(counts)
    enough = len(matched) >= ENOUGH
    return replace(
        plain,
        rose=rose,
        same=same,
        fell=fell,
        median_first=median(one for one, _other in matched) if enough else None,
        median_second=median(other for _one, other in matched) if enough else None,
        has_fallen=counts[2] > counts[0],
    )


def _sum(asked: Sequence[_Asked], own: Mapping[Key, int | None]) -> int | None:
    """The sum of a person's steps; None if one was left out: a sum of fewer would look like a fall."""
    steps = [(one, own.get(one.key)) for one in asked]
    if not steps or any(step is None for _one, step in steps):
        return None
    return sum(one.coded(step) for one, step in steps if step is not None)
