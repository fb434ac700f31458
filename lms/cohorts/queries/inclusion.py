"""Who was there in numbers: proposals from the roster, sums, and what a public copy may show."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from lms.cohorts.enums import COUNTS_AS_PRESENT
from lms.cohorts.models import Attendance, Cohort, Meeting, MeetingCounts
from lms.people.enums import AgeBand, Sex

PEOPLE = ("female", "male", "other_female", "other_male")
GROUPS = ("elders", "youth", "disability", "poor", "customary")
COUNTED = (*PEOPLE, *GROUPS)
# What a small number tells about a neighbour (DOMAIN §4.6).
_TOUCHY = ("disability", "poor")
_FEWEST = 5

Counts = dict[str, int | None]


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the roster knows of those who were there. ``unknown_age``: people without an age band, whom elders
    and youth leave out; no nought is proposed while there are any, for it would say that nobody is old or
    young. Nobody is taken for disabled or poor: the roster does not say so."""

    counts: Counts
    unknown_age: int


@dataclass(frozen=True, slots=True)
class Share:
    """Women among those who were there, over meetings: people times meetings."""

    women: int
    everybody: int

    @property
    def percent(self) -> int | None:
        return round(100 * self.women / self.everybody) if self.everybody else None


def proposed_counts(meeting: Meeting) -> Proposal:
    """Counts of a meeting from who is recorded as present or late. One query."""
    rows = Attendance.objects.filter(meeting=meeting, status__in=COUNTS_AS_PRESENT)
    people = list(rows.values_list("enrolment__participant__sex", "enrolment__participant__age_band"))
    sexes, ages = Counter(sex for sex, _age in people), Counter(age for _sex, age in people)
    nobody = None if ages[""] else 0
    known: Counts = {
        "female": sexes[Sex.FEMALE],
        "male": sexes[Sex.MALE],
        "elders": ages[AgeBand.ELDER] or nobody,
        "youth": ages[AgeBand.YOUTH] or nobody,
    }
    return Proposal({name: known.get(name) for name in COUNTED}, ages[""])


def counts_of(kept: MeetingCounts) -> Counts:
    """The counts of a meeting by name; None for what was not counted."""
    return {name: getattr(kept, name) for name in COUNTED}


def total_counts(cohort: Cohort) -> Counts:
    """Sums over the meetings of a training that were counted (people times meetings); None for what no
    meeting counted. One query."""
    return summed(counts_of(kept) for kept in MeetingCounts.objects.filter(meeting__cohort=cohort))


def summed(rows: Iterable[Mapping[str, int | None]]) -> Counts:
    """Column by column; None only where every row is None."""
    rows = list(rows)
    sums: Counts = {}
    for name in COUNTED:
        numbers = [number for row in rows if (number := row[name]) is not None]
        sums[name] = sum(numbers) if numbers else None
    return sums


def public_counts(counts: Mapping[str, int | None]) -> Counts:
    """What a public copy may show: fewer than five persons with disabilities or poor become None.

    Zero too: else "fewer than five" would mean "some".
    """
    return {name: None if _tells_too_much(name, number) else number for name, number in counts.items()}


def public_totals(rows: Sequence[Mapping[str, int | None]]) -> Counts:
    """Sums for a public copy. A column with a hidden cell has no sum: the cell would be the difference."""
    totals = summed(rows)
    for name in _TOUCHY:
        if any(_tells_too_much(name, row[name]) for row in rows):
            totals[name] = None
    return public_counts(totals)


def share_of_women(cohort: Cohort) -> Share:
    """Women among those recorded as there, and among those not enrolled who were counted. Two queries."""
    there = Attendance.objects.filter(meeting__cohort=cohort, status__in=COUNTS_AS_PRESENT)
    sexes = Counter(there.values_list("enrolment__participant__sex", flat=True))
    others = total_counts(cohort)
    women = sexes[Sex.FEMALE] + (others["other_female"] or 0)
    return Share(women, women + sexes[Sex.MALE] + (others["other_male"] or 0))


def _tells_too_much(name: str, number: int | None) -> bool:
    return name in _TOUCHY and number is not None and number < _FEWEST
