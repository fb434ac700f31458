"""The sums of a training from what each person earned, packed: pure, and the same whoever asks.

A question enters only if everybody with that form saw it in one version (``comparable``). Whether it does may
change with the next person, so the sums of a training are computed from all of its people each time: a few
milliseconds for a room, and nothing can drift.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import mul

from .comparable import AskedItem, ComparableTest, comparable_test
from .pairs import Pairs
from .sums import PairSums

ORDERS = ("AB", "BA")
UNKNOWN = -1
"""Stands for the points of "I do not know", which are none."""


@dataclass(frozen=True, slots=True)
class Sitting:
    """One form as it was taken: ``asked`` is ``question:points …``, ``earned`` the points in that order."""

    form: str
    asked: str
    earned: str


@dataclass(frozen=True, slots=True)
class Person:
    """First tries with a result. ``waiting_post``: the test after was handed in and waits to be marked."""

    pre: Sitting | None
    post: Sitting | None
    waiting_post: bool = False

    @property
    def order(self) -> str:
        """The forms taken, before and after; "" for who is not matched."""
        return self.pre.form + self.post.form if self.pre and self.post else ""


@dataclass(frozen=True, slots=True)
class Measured:
    """``PairSums`` beside what could be earned on the form before and after, and by how many items."""

    sums: PairSums
    max_pre: int
    max_post: int
    items_pre: int
    items_post: int


@dataclass(frozen=True, slots=True)
class ItemChange:
    """Sums of a question and its parallel; ``*_total`` are products with all comparable points of a person.

    ``stayed_right`` to ``stayed_wrong`` count people, right being full points; ``unknown_*`` "I do not know".
    """

    n: int
    pre: int
    post: int
    pre_squared: int
    post_squared: int
    cross: int
    pre_total: int
    post_total: int
    stayed_right: int
    learned: int
    lost: int
    stayed_wrong: int
    unknown_pre: int
    unknown_post: int


@dataclass(frozen=True, slots=True)
class CohortSums:
    """Counts of people; sums by order, by (order, outcome), by (order, question before, question after)."""

    pre_n: int
    post_n: int
    matched_n: int
    same_form: int
    lost_n: int
    lost_points: int
    changed: int
    not_all: int
    orders: Mapping[str, Measured]
    outcomes: Mapping[tuple[str, int], Measured]
    items: Mapping[tuple[str, int, int], ItemChange]


def cohort_sums(
    people: Sequence[Person], places: Mapping[int, str], outcomes: Mapping[int, Iterable[int]]
) -> CohortSums:
    """Add up. ``places``: question -> what its versions and its parallel share; ``outcomes``: question -> its
    outcomes."""
    test = _comparable(people, places)
    taken: dict[str, list[Person]] = defaultdict(list)
    for person in people:
        taken[person.order].append(person)
    groups = {order: _Group.of(order, taken[order], test) for order in ORDERS if taken[order]}
    matched = sum(len(taken[order]) for order in ORDERS)
    lost = [one.pre for one in people if one.pre and not one.post and not one.waiting_post]
    return CohortSums(
        pre_n=sum(person.pre is not None for person in people),
        post_n=sum(person.post is not None for person in people),
        matched_n=matched,
        same_form=sum(person.order != "" for person in people) - matched,
        lost_n=len(lost),
        lost_points=sum(sum(row) for row in _in_points([_earned(one, test) for one in lost])),
        changed=test.changed,
        not_all=test.not_all,
        orders={order: group.measured() for order, group in groups.items()},
        outcomes={
            (order, outcome): group.measured(outcome, outcomes)
            for order, group in groups.items()
            for outcome in group.outcomes(outcomes)
        },
        items={
            (order, *pair): change
            for order, group in groups.items()
            for pair, change in group.items(places).items()
        },
    )


Rows = list[tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class _Group:
    """People of one order: a row of points for each, a column for each comparable question of the form."""

    points_pre: Mapping[int, int]  # question -> points possible, in the order of the columns
    points_post: Mapping[int, int]
    pre: Rows
    post: Rows
    unknown_pre: Mapping[int, int]
    unknown_post: Mapping[int, int]

    @classmethod
    def of(cls, order: str, people: Sequence[Person], test: ComparableTest) -> _Group:
        before, after = (dict(sorted(test.questions[form].items())) for form in order)
        pre = [_earned(person.pre, test) for person in people if person.pre]
        post = [_earned(person.post, test) for person in people if person.post]
        return cls(
            before, after, _in_points(pre), _in_points(post), _unknown(before, pre), _unknown(after, post)
        )

    def outcomes(self, served: Mapping[int, Iterable[int]]) -> list[int]:
        return sorted({one for q in (*self.points_pre, *self.points_post) for one in served.get(q, ())})

    def measured(
        self, outcome: int | None = None, served: Mapping[int, Iterable[int]] | None = None
    ) -> Measured:
        """All points, or those of the questions that serve an outcome."""
        wanted = (served or {}).get
        before, after = (
            [place for place, q in enumerate(asked) if outcome is None or outcome in wanted(q, ())]
            for asked in (self.points_pre, self.points_post)
        )
        worth_pre, worth_post = list(self.points_pre.values()), list(self.points_post.values())
        max_pre = sum(worth_pre[place] for place in before)
        pairs = Pairs(
            _summed(self.pre, before),
            _summed(self.post, after),
        )
        return Measured(
            sums=PairSums.of(pairs, max_pre),
            max_pre=max_pre,
            max_post=sum(worth_post[place] for place in after),
            items_pre=len(before),
            items_post=len(after),
        )

    def items(self, places: Mapping[int, str]) -> dict[tuple[int, int], ItemChange]:
        """Each question with its parallel; one without is not there."""
        totals = [sum(row) for row in self.pre], [sum(row) for row in self.post]
        before, after = _by_question(self.points_pre, self.pre), _by_question(self.points_post, self.post)
        return {
            (one, other): _change(
                before[one],
                after[other],
                (self.points_pre[one], self.points_post[other]),
                totals,
                (self.unknown_pre.get(one, 0), self.unknown_post.get(other, 0)),
            )
            for one, other in _parallels(before, after, places)
        }


def _by_question(asked: Iterable[int], rows: Rows) -> dict[int, tuple[int, ...]]:
    return dict(zip(asked, zip(*rows, strict=True), strict=True))


def _parallels(
    before: Iterable[int], after: Iterable[int], places: Mapping[int, str]
) -> list[tuple[int, int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for question in after:
        found[places.get(question, "")].append(question)
    return [(one, found[place].pop(0)) for one in before if found[place := places.get(one, "")]]


def _change(
    pre: Sequence[int],
    post: Sequence[int],
    worth: tuple[int, int],
    totals: tuple[Sequence[int], Sequence[int]],
    unknown: tuple[int, int],
) -> ItemChange:
    moves = Counter(zip((x == worth[0] for x in pre), (y == worth[1] for y in post), strict=True))
    return ItemChange(
        n=len(pre),
        pre=sum(pre),
        post=sum(post),
        pre_squared=sum(map(mul, pre, pre)),
        post_squared=sum(map(mul, post, post)),
        cross=sum(map(mul, pre, post)),
        pre_total=sum(map(mul, pre, totals[0])),
        post_total=sum(map(mul, post, totals[1])),
        stayed_right=moves[True, True],
        learned=moves[False, True],
        lost=moves[True, False],
        stayed_wrong=moves[False, False],
        unknown_pre=unknown[0],
        unknown_post=unknown[1],
    )


def _comparable(people: Sequence[Person], places: Mapping[int, str]) -> ComparableTest:
    """A question counts if all who had the form saw it in one version, so each sheet is looked at once."""
    sheets = {(one.form, one.asked) for person in people for one in (person.pre, person.post) if one}
    return comparable_test(
        (form, [AskedItem(q, places.get(q, ""), points, 0) for q, points in read_asked(asked)])
        for form, asked in sorted(sheets)
    )


def _earned(sitting: Sitting, test: ComparableTest) -> tuple[int, ...]:
    """The points of the comparable questions, by question."""
    counted = test.questions[sitting.form]
    asked, earned = read_asked(sitting.asked), sitting.earned.split()
    if len(counted) == len(asked):
        return tuple(map(int, earned))
    return tuple(int(got) for (q, _worth), got in zip(asked, earned, strict=True) if q in counted)


def _in_points(rows: Rows) -> Rows:
    """ "I do not know" earns nothing."""
    return [tuple([0 if got < 0 else got for got in row]) if UNKNOWN in row else row for row in rows]


def _unknown(asked: Iterable[int], rows: Rows) -> dict[int, int]:
    """Question -> how many said that they do not know."""
    counted: Counter[int] = Counter()
    for row in rows:
        if UNKNOWN in row:
            counted.update(q for q, got in zip(asked, row, strict=True) if got == UNKNOWN)
    return counted


def _summed(rows: Rows, places: Sequence[int]) -> tuple[int, ...]:
    """The points of each person at these places."""
    return tuple([sum([row[place] for place in places]) for row in rows])


@lru_cache(maxsize=512)
def read_asked(asked: str) -> tuple[tuple[int, int], ...]:
    """``question:points …`` as pairs of integers, ordered by question as it was written."""
    pairs = (one.split(":") for one in asked.split())
    return tuple((int(question), int(points)) for question, points in pairs)
