"""What many trainings achieved together, cut by year, programme and place.

Suppression is in what may enter (``stats.pooling``): a training of which either order of forms has fewer than
five matched people is in no figure, whatever the filter. It is counted as a training, never as people.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from lms.evaluation.datasets.across import Place, Training
from lms.evaluation.stats.interval import Interval
from lms.evaluation.stats.pooling import Pooled, difference, may_enter, pooled
from lms.people.enums import Element

DUE_AFTER_YEARS = 3
"""Since the last day of a village's last training, from which on the next one is due."""


class By(StrEnum):
    """What a table is cut by."""

    YEAR = "year"
    PROGRAMME = "programme"
    PROVINCE = "province"
    REGENCY = "regency"
    VILLAGE = "village"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A filter: keys as they stand in an address, "" for all."""

    year: str = ""
    programme: str = ""
    province: str = ""
    regency: str = ""
    village: str = ""

    def of(self, trainings: Sequence[Training]) -> list[Training]:
        """Those that fit."""
        set_ones = [(by, value) for by in By if (value := getattr(self, by))]
        return [one for one in trainings if all(key_of(one, by)[0] == value for by, value in set_ones)]


@dataclass(frozen=True, slots=True)
class Line:
    """One group of a table. ``trainings`` are all of it, ``left_out`` those that may not enter."""

    label: str
    trainings: int
    left_out: int
    result: Pooled


@dataclass(frozen=True, slots=True)
class Across:
    """Everything on the page. ``choices``: what each filter can be set to, from the trainings that fit the
    other filters (villages once a region is chosen); ``uncounted`` trainings have no roll-up yet."""

    total: Line
    lines: tuple[Line, ...]
    choices: Mapping[str, list[tuple[str, str]]]
    simulated: bool
    uncounted: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """A village: when it was trained last, which elements (unsur) nobody of has taken a test there, and
    whether the next training is due. ``last`` None: never."""

    name: str
    regency: str
    province: str
    last: date | None
    missing: tuple[str, ...]
    is_due: bool


@dataclass(frozen=True, slots=True)
class Compared:
    """Two trainings side by side; ``interval`` of the difference None where it may not or cannot be told."""

    lines: tuple[Line, Line]
    same_test: bool
    interval: Interval | None = field(default=None)


def key_of(training: Training, by: By) -> tuple[str, str]:
    """Key and label of the group that a training belongs to."""
    if by in (By.PROGRAMME, By.VILLAGE):
        pair: tuple[str, str] = getattr(training, by)
        return pair
    value = str(getattr(training, by))
    return value, value


def look_across(trainings: Sequence[Training], wanted: Wanted, by: By) -> Across:
    """The figures of the trainings that fit, in all and by group. Groups stand by label, never by result:
    an order of results whose ranges overlap says nothing."""
    fitting = wanted.of(trainings)
    groups: dict[tuple[str, str], list[Training]] = defaultdict(list)
    for one in fitting:
        groups[key_of(one, by)].append(one)
    ordered = sorted(groups.items(), key=lambda entry: (entry[0][1], entry[0][0]))
    return Across(
        total=line("", fitting),
        lines=tuple(line(label, members) for (_key, label), members in ordered),
        choices={str(one): _choices(trainings, wanted, one) for one in By},
        simulated=any(one.is_simulated for one in fitting),
        uncounted=sum(not one.is_counted for one in fitting),
    )


def line(label: str, trainings: Sequence[Training]) -> Line:
    """The pooled result of these trainings."""
    result = pooled(one.part for one in trainings)
    return Line(label, len(trainings), len(trainings) - result.trainings, result)


def compare(one: Training, other: Training) -> Compared:
    """Two trainings; their difference only if they took the same test, and from 20 people in each."""
    lines = line(one.title, [one]), line(other.title, [other])
    same = (one.part.test, one.part.max_points) == (other.part.test, other.part.max_points)
    may = same and may_enter(one.part) and may_enter(other.part)
    return Compared(lines, same, difference(lines[0].result, lines[1].result) if may else None)


def coverage(places: Iterable[Place], trainings: Iterable[Training], today: date) -> list[Coverage]:
    """The villages that wait: never trained first, then the longest ago; those that are served are left out.

    That somebody of an element took part is told, not how many: which offices a village sends is no secret of
    a person, a result would be.
    """
    held: dict[str, list[Training]] = defaultdict(list)
    for one in trainings:
        held[one.village[0]].append(one)
    found = [_covered(place, held.get(place.key, []), today) for place in places]
    waiting = [one for one in found if one.last is None or one.is_due or one.missing]
    return sorted(waiting, key=lambda one: (one.last is not None, one.last or today))


def places_wanted(places: Iterable[Place], wanted: Wanted) -> list[Place]:
    """The villages of the region that the filter names."""
    region = {"province": wanted.province, "regency": wanted.regency, "key": wanted.village}
    return [
        place
        for place in places
        if all(not value or getattr(place, name) == value for name, value in region.items())
    ]


def _covered(place: Place, trainings: Sequence[Training], today: date) -> Coverage:
    past = [one.ends_on for one in trainings if one.ends_on <= today]
    last = max(past, default=None)
    reached = {element for one in trainings for element, people in one.elements.items() if people}
    # Of a village without any test nobody knows who came.
    known = any(one.has_tests for one in trainings)
    missing = [e.value for e in Element if e is not Element.OTHER and e.value not in reached] if known else []
    due = last is not None and last < _years_before(today, DUE_AFTER_YEARS)
    return Coverage(place.name, place.regency, place.province, last, tuple(missing), due)


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return day.replace(year=day.year - years, day=28)


def _choices(trainings: Sequence[Training], wanted: Wanted, by: By) -> list[tuple[str, str]]:
    others = replace(wanted, **{str(by): ""})
    # A country has too many villages for a list: first the region.
    if by is By.VILLAGE and not (wanted.regency or wanted.province or wanted.village):
        return []
    found = {key_of(one, by) for one in others.of(trainings)}
    return sorted(((key, label) for key, label in found if key), key=lambda pair: (pair[1], pair[0]))
