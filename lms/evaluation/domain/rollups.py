"""Roll-ups follow their people, in the transaction of whatever changed what counts.

Whoever changed an attempt sends ``results_changed`` last in the transaction. Here the packed first tries of
those people are read anew from the raw records, and the sums of their training are added up from the packed
tries of everybody in it. Recomputed, not changed by a difference: whether a question is comparable depends on
everybody, so one person may change the sums of all; and sums that are always a function of what stands in one
table cannot drift. It reads one row a person: 2 ms of Python for a room of forty, 10 ms for 250.

Locks. Everybody takes attempt, enrolment, organisation (numbers of certificates) and then the ``Rollup`` of
the training; several of a kind in the order of their keys. A row that names an enrolment waits for whoever
holds it, so enrolments are held *before* the roll-up, and who holds one of them never asks for another.
Nothing is waited for after the roll-up: questions and outcomes are held only by who waits for none of these,
and ``Rollup`` is made with its training, so that no row names a training that somebody holds. So there is no
cycle, and of people of one training who hand in at the same moment the last waits for the short end of the
others only: two of thirty-two cannot both have added to the sums that they read before. SQLite has one writer
anyway.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from lms.cohorts.domain import hold_enrolments
from lms.cohorts.models import Cohort, Enrolment
from lms.evaluation.datasets.first_tries import (
    PACKED,
    PERSON,
    first_tries,
    person_of,
    what_questions_serve,
)
from lms.evaluation.domain.writing import write_sums
from lms.evaluation.models import FirstTries, Rollup
from lms.evaluation.stats.cohort_sums import Person, cohort_sums, read_asked

_ABOUT = ("enrolment__participant__element", "enrolment__participant__is_simulated")


def make_rollup(*, cohort: Cohort) -> None:
    """An empty roll-up for a training that was just made: nobody has taken anything, so it is up to date."""
    Rollup.objects.get_or_create(
        cohort=cohort, defaults={"is_stale": False, "is_simulated": cohort.is_simulated}
    )


def refresh_rollups(*, enrolments: Collection[UUID], anyway: bool = False) -> None:
    """Count again after results of these people changed; call it last in the transaction that changed them.

    ``anyway`` adds up even if what these people earned is packed as it is. A roll-up that was never counted
    stays so: that needs everybody's enrolment, and who hands in holds the own one. Seven queries for a test
    before, twice as many for one after. Raises TransactionManagementError outside of a transaction.
    """
    people = hold_enrolments(Enrolment.objects.filter(pk__in=enrolments))
    held = _hold(Rollup.objects.filter(cohort__in={one.cohort_id for one in people}))
    changed = _pack([one.pk for one in people])
    for rollup in held:
        if not rollup.is_stale and (anyway or rollup.pk in changed):
            _add_up(rollup)


def rebuild_rollup(*, cohort_id: UUID) -> bool:
    """Make the roll-up of a training anew from the raw records. Returns whether any figure was different."""
    with transaction.atomic():
        # The row before the people: it may have to be made, and then waits for whoever holds the training.
        Rollup.objects.get_or_create(cohort_id=cohort_id)
        people = hold_enrolments(Enrolment.objects.filter(cohort=cohort_id))
        (rollup,) = _hold(Rollup.objects.filter(pk=cohort_id))
        # Named one by one: a subquery lets PostgreSQL read the attempts of the whole country for it.
        return _rebuild(rollup, [one.pk for one in people])


def rebuild_stale() -> int:
    """Make those anew that were never counted, one a transaction. Returns how many."""
    stale = list(Rollup.objects.filter(is_stale=True).order_by("pk").values_list("pk", flat=True))
    for key in stale:
        rebuild_rollup(cohort_id=key)
    return len(stale)


def _hold(rollups: QuerySet[Rollup]) -> list[Rollup]:
    return list(rollups.select_related("cohort").select_for_update(of=("self",)).order_by("pk"))


def _pack(enrolments: Collection[UUID]) -> set[UUID]:
    """Bring the packed tries of these people up to date; returns the trainings in which one changed."""
    known = FirstTries.objects.filter(pk__in=enrolments)
    return {key for key, changed in _brought_up(enrolments, known).items() if changed}


def _rebuild(rollup: Rollup, people: Collection[UUID]) -> bool:
    brought = _brought_up(people, FirstTries.objects.filter(rollup=rollup))
    return _add_up(rollup) or any(brought.values())


def _brought_up(enrolments: Collection[UUID], stored: QuerySet[FirstTries]) -> dict[UUID, bool]:
    """Write what is packed differently from the raw records; training -> whether there was any."""
    found = first_tries(enrolments)
    known = {pk: values for pk, *values in stored.values_list("pk", *PACKED)}
    differ = {key: values for key, values in found.items() if known.get(key) != values}
    gone = {key: values for key, values in known.items() if key not in found}
    _write(differ, list(gone))
    place = PACKED.index("rollup_id")
    return dict.fromkeys([values[place] for values in (*differ.values(), *gone.values())], True)


def _write(differ: Mapping[UUID, list[Any]], gone: list[UUID]) -> None:
    if differ:
        FirstTries.objects.bulk_create(
            [
                FirstTries(enrolment_id=key, **dict(zip(PACKED, values, strict=True)))
                for key, values in differ.items()
            ],
            update_conflicts=True,
            unique_fields=["enrolment"],
            update_fields=[name.removesuffix("_id") for name in PACKED],
            batch_size=500,
        )
    if gone:
        FirstTries.objects.filter(pk__in=gone).delete()


def _add_up(rollup: Rollup) -> bool:
    """Write the sums of everybody in the training; returns whether any of them is another one now."""
    rows = FirstTries.objects.filter(rollup=rollup).values_list(*PERSON, *_ABOUT)
    people, elements, simulated = [], Counter[str](), rollup.cohort.is_simulated
    for *packed, element, is_simulated in rows:
        people.append(person_of(*packed))
        elements[element] += 1
        simulated = simulated or is_simulated
    known = what_questions_serve(_questions(people)) if _has_to_compare(people) else ({}, {})
    sums = cohort_sums(people, *known)
    counts = {"is_stale": False, "is_simulated": simulated, "elements": dict(sorted(elements.items()))}
    return write_sums(rollup, sums, counts)


def _has_to_compare(people: Iterable[Person]) -> bool:
    """Not while nobody is matched and all who had a form saw the same: as on the first morning."""
    sheets = {(one.form, one.asked) for person in people for one in (person.pre, person.post) if one}
    return any(person.order for person in people) or len(sheets) > len({form for form, _asked in sheets})


def _questions(people: Iterable[Person]) -> set[int]:
    sheets = {one.asked for person in people for one in (person.pre, person.post) if one}
    return {question for asked in sheets for question, _points in read_asked(asked)}
