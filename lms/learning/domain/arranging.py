"""Tries that come together under one person: which count, in which order, and the order of forms then.

Answers never change. The first by time stays the one that counts; a try that cannot count beside the others
is declared void. Tries that were together before are left as they are.
"""

import uuid
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _

from lms.cohorts.enums import FormOrder
from lms.cohorts.models import Enrolment
from lms.learning.enums import MOMENTS, TEST_OCCASIONS, Mode, Occasion
from lms.learning.models import Attempt
from lms.learning.queries.terms import terms_of_cohort

Place = tuple[int, str]  # assessment and occasion
# Whatever became of their assignment meanwhile: what is compared is what was answered first.
_ONCE = frozenset({Occasion.PRE, *MOMENTS})


class Why(StrEnum):
    """Why a try does not count beside the others."""

    LATER = "later"
    AFTER_NEXT = "after_next"
    UNFINISHED = "unfinished"
    ASKED = "asked"

    @property
    def sentence(self) -> str:
        """For the history and the page that asks."""
        return {
            Why.LATER: _("An earlier try counts, and the rules allow no further one."),
            Why.AFTER_NEXT: _("It was begun after the next test was taken, so it measures something else."),
            Why.UNFINISHED: _("It was not handed in, and another try takes its place."),
            Why.ASKED: _("Whoever moved it decided that it does not count."),
        }[self]


@dataclass(frozen=True, slots=True)
class Arranged:
    """A try at its new place. ``void`` says why it is declared void now; None if that does not change."""

    attempt: Attempt
    number: int
    void: Why | None = None

    @property
    def changes(self) -> bool:
        return self.void is not None or self.number != self.attempt.number


def arrange(
    *, enrolment: Enrolment, attempts: Collection[Attempt], asked: Collection[uuid.UUID] = ()
) -> list[Arranged]:
    """How tries of two enrolments of one training stand together; ``asked`` ones shall not count.

    Pure but for one query for the rules of the training. ``enrolment.cohort`` has village and assessment.
    """
    allowed = {
        (t.assessment.pk, str(t.occasion)): t.attempts_allowed for t in terms_of_cohort(enrolment.cohort)
    }
    by_place: dict[Place, list[Attempt]] = defaultdict(list)
    for attempt in attempts:
        by_place[attempt.assessment_id, attempt.occasion].append(attempt)
    zone = ZoneInfo(enrolment.cohort.village.time_zone)
    found = []
    for place in sorted(by_place):
        found += _at_one_place(place, by_place, allowed, zone, asked)
    return found


def order_taken(arranged: Iterable[Arranged], *, enrolment: Enrolment) -> str:
    """The order of forms as it was really taken: the post-test's form stands second, for the follow-up test
    asks it again; else the pre-test's stands first; else what was drawn stays."""
    letters: dict[str, str] = {}
    for entry in sorted(arranged, key=lambda one: one.number):
        attempt = entry.attempt
        if _counts(entry) and attempt.assessment_id == enrolment.cohort.assessment_id:
            letters.setdefault(attempt.occasion, attempt.form.letter)
    wanted = [order for order in FormOrder.values if order[1] == letters.get(Occasion.POST)]
    wanted = wanted or [order for order in FormOrder.values if order[0] == letters.get(Occasion.PRE)]
    return wanted[0] if wanted else enrolment.form_order


def same_form_twice(arranged: Iterable[Arranged], *, enrolment: Enrolment) -> bool:
    """Whether pre-test and post-test that count now were taken on one form: then there is no gain."""
    letters: dict[str, str] = {}
    for entry in sorted(arranged, key=lambda one: one.number):
        if _counts(entry) and entry.attempt.assessment_id == enrolment.cohort.assessment_id:
            letters.setdefault(entry.attempt.occasion, entry.attempt.form.letter)
    return Occasion.PRE in letters and letters[Occasion.PRE] == letters.get(Occasion.POST)


def place_attempts(arranged: Sequence[Arranged], *, enrolment: Enrolment) -> None:
    """Write places and voids; all rows are locked. Numbers go aside first: each is unique at every moment."""
    now = timezone.now()
    moving = [one for one in arranged if one.changes or one.attempt.enrolment_id != enrolment.pk]
    aside = 1 + max((one.attempt.number for one in arranged), default=0) + len(arranged)
    for step, entry in enumerate(moving):
        # Void first: an open try may meet another open one at the new place.
        changes = {"number": aside + step} | ({"voided_at": now} if entry.void else {})
        Attempt.objects.filter(pk=entry.attempt.pk).update(**changes)
    for entry in moving:
        Attempt.objects.filter(pk=entry.attempt.pk).update(enrolment=enrolment, number=entry.number)


def _at_one_place(
    place: Place,
    by_place: Mapping[Place, Sequence[Attempt]],
    allowed: Mapping[Place, int | None],
    zone: ZoneInfo,
    asked: Collection[uuid.UUID],
) -> list[Arranged]:
    here = by_place[place]
    voids: dict[uuid.UUID, Why] = {one.pk: Why.ASKED for one in here if one.pk in asked and not one.voided_at}
    counted = [one for one in here if one.voided_at is None and one.pk not in voids]
    next_ones = [
        one
        for occasion in _later(place[1])
        for one in by_place.get((place[0], occasion), ())
        if one.voided_at is None and one.pk not in asked
    ]
    for one in counted:
        others = [other for other in next_ones if other.enrolment_id != one.enrolment_id]
        if others and one.submitted_at is None:
            voids[one.pk] = Why.UNFINISHED
        # One that was only begun may yet be declared void: whatever comes first, the same must count.
        elif any(other.submitted_at is not None and _is_after(one, other, zone) for other in others):
            voids[one.pk] = Why.AFTER_NEXT
    standing = sorted((one for one in counted if one.pk not in voids), key=_by_time)
    if len({one.enrolment_id for one in standing}) > 1:
        voids |= _too_many(standing, 1 if place[1] in _ONCE else allowed.get(place))
    if len({one.enrolment_id for one in here}) == 1 and not voids:
        return [Arranged(one, one.number) for one in here]
    ordered = [one for one in standing if one.pk not in voids]
    ordered += sorted((one for one in here if one not in ordered), key=_by_time)
    return [Arranged(one, number, voids.get(one.pk)) for number, one in enumerate(ordered, start=1)]


def _too_many(standing: Sequence[Attempt], most: int | None) -> dict[uuid.UUID, Why]:
    """Those beyond what the rules allow, and all unfinished ones but the first."""
    voids: dict[uuid.UUID, Why] = {}
    has_open = False
    for rank, one in enumerate(standing):
        is_open = one.submitted_at is None
        if (is_open and has_open) or (most is not None and rank >= most):
            voids[one.pk] = Why.UNFINISHED if is_open else Why.LATER
        has_open = has_open or is_open
    return voids


def _later(occasion: str) -> list[str]:
    order = [str(one) for one in TEST_OCCASIONS]
    return order[order.index(occasion) + 1 :] if occasion in order else []


def _by_time(attempt: Attempt) -> tuple[bool, object, uuid.UUID]:
    """What was handed in comes before what was begun only: an abandoned try measures nothing."""
    return attempt.submitted_at is None, attempt.started_at, attempt.pk


def _is_after(one: Attempt, other: Attempt, zone: ZoneInfo) -> bool:
    """Of a paper only the day is known; on one day the papers are believed."""
    if Mode.PAPER in (one.mode, other.mode):
        return _day(one, zone) > _day(other, zone)
    return one.started_at > other.started_at


def _day(attempt: Attempt, zone: ZoneInfo) -> date:
    return timezone.localdate(attempt.started_at, timezone=zone)


def _counts(entry: Arranged) -> bool:
    return entry.void is None and entry.attempt.voided_at is None


Describe = Callable[[Attempt], str]


def sentences(arranged: Iterable[Arranged], describe: Describe) -> list[tuple[str, bool]]:
    """What changes, in words, each with whether something met something else."""
    found = []
    for entry in arranged:
        if entry.void is not None:
            text = _("%(attempt)s does not count: it is declared void. %(why)s")
            found.append((text % {"attempt": describe(entry.attempt), "why": entry.void.sentence}, True))
        elif entry.changes:
            text = _("%(attempt)s becomes try %(number)d.")
            found.append((text % {"attempt": describe(entry.attempt), "number": entry.number}, True))
    return found
