"""Who is in the figures and who is not, and whether groups of people learned alike.

Groups are told by people who took both tests: none of fewer than five, and none that follows from the others
and the total (``stats.suppression``). Disability is not among them: the roster does not say who lives with
one, and a wish for large print must not be read as if it did.
"""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from lms.evaluation.datasets.sittings import Person, Sitting, Sittings
from lms.evaluation.stats.counterbalanced import counterbalanced_gain
from lms.evaluation.stats.difference import difference_of_gains
from lms.evaluation.stats.disclosure import MIN_SHOWN, Standing
from lms.evaluation.stats.pairs import Pairs
from lms.evaluation.stats.suppression import suppressed
from lms.evaluation.stats.thresholds import Estimate
from lms.people.enums import AgeBand, Element, Sex

ORDERS = ("AB", "BA")
UNEVEN_FROM = 3
"""How many times larger one order of forms may be in a group: beyond it the forms tell more than people."""


class Dimension(StrEnum):
    SEX = "sex"
    AGE = "age_band"
    ELEMENT = "element"


class Withheld(StrEnum):
    """Why a group shows no figure."""

    SMALL = "small"
    """One to four people."""
    COMPLEMENT = "complement"
    """Large enough, but with it a small group could be worked out."""
    UNEVEN = "uneven"
    """Nearly all took the forms in one order."""


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One group; ``value`` is that of its dimension ("" = not recorded), ``n`` None where withheld."""

    value: str
    n: int | None = None
    mean_pre: float | None = None
    mean_post: float | None = None
    mean_gain: float | None = None
    ci_low: float | None = None
    ci_high: float | None = None
    withheld: Withheld | None = None


@dataclass(frozen=True, slots=True)
class GroupTable:
    """All groups of one dimension, in the order of its vocabulary."""

    dimension: Dimension
    rows: tuple[GroupRow, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """By how many points women's gain is above men's: the ends of its 95 % range. None below 20 of each."""

    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Inclusion:
    tables: tuple[GroupTable, ...] = ()
    women_and_men: Difference = Difference()


_VOCABULARIES: Mapping[Dimension, Any] = {
    Dimension.SEX: Sex,
    Dimension.AGE: AgeBand,
    Dimension.ELEMENT: Element,
}
Points = Mapping[uuid.UUID, tuple[str, int, int]]


def inclusion_of(read: Sittings, max_points: int | None) -> Inclusion:
    """Groups of the matched people. Empty without a gain (``max_points`` None) or below five of them."""
    points = _points(read)
    if max_points is None or len(points) < MIN_SHOWN:
        return Inclusion()
    tables = tuple(_table(read, points, dimension, max_points) for dimension in Dimension)
    return Inclusion(tables, _women_and_men(read.people, points))


def _points(read: Sittings) -> dict[uuid.UUID, tuple[str, int, int]]:
    """Person -> order of forms, points before, points after."""
    counted = {form: set(questions) for form, questions in read.test.questions.items()}

    def total(sitting: Sitting) -> int:
        return sum(item.earned for item in sitting.items if item.question in counted[sitting.form])

    return {key: (pre.form + post.form, total(pre), total(post)) for key, pre, post in read.both()}


def _table(read: Sittings, points: Points, dimension: Dimension, max_points: int) -> GroupTable:
    members: dict[str, list[uuid.UUID]] = {}
    for key in points:
        members.setdefault(getattr(read.people[key], dimension), []).append(key)
    sizes = {value: len(keys) for value, keys in members.items()}
    told = suppressed(sizes, zero_tells=False)
    rows = []
    for value in _in_order(dimension, members):
        if value in told:
            rows.append(_row(value, [points[key] for key in members[value]], max_points))
        else:
            small = sizes[value] < MIN_SHOWN
            rows.append(GroupRow(value, withheld=Withheld.SMALL if small else Withheld.COMPLEMENT))
    return GroupTable(dimension, tuple(rows))


def _in_order(dimension: Dimension, members: Iterable[str]) -> list[str]:
    known = _VOCABULARIES[dimension].values
    return sorted(
        members, key=lambda value: (value == "", known.index(value) if value in known else 0, value)
    )


def _row(value: str, people: Sequence[tuple[str, int, int]], max_points: int) -> GroupRow:
    groups = {
        order: Pairs.of(
            [pre for o, pre, _p in people if o == order], [post for o, _p, post in people if o == order]
        )
        for order in ORDERS
    }
    smaller, larger = sorted(len(pairs) for pairs in groups.values())
    if smaller * UNEVEN_FROM < larger:
        return GroupRow(value, len(people), withheld=Withheld.UNEVEN)
    gain = counterbalanced_gain(groups, max_points)
    return GroupRow(
        value, len(people), gain.mean_pre, gain.mean_post, gain.mean_gain, gain.ci_low, gain.ci_high
    )


def _women_and_men(people: Mapping[uuid.UUID, Person], points: Points) -> Difference:
    gains = {
        sex: [post - pre for key, (_order, pre, post) in points.items() if people[key].sex == sex]
        for sex in Sex.values
    }
    women, men = gains[Sex.FEMALE], gains[Sex.MALE]
    if Estimate.GROUP_DIFFERENCE.standing(min(len(women), len(men))) is Standing.HIDDEN:
        return Difference()
    interval = difference_of_gains(women, men).interval
    return Difference(interval.low, interval.high)
