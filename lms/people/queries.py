"""Reads about people that several places need."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models.deletion import Collector, ProtectedError, RestrictedError

from lms.people.enums import Likeness
from lms.people.likeness import Crowd, Person
from lms.people.models import NotSamePerson, Organisation, Participant, Village
from lms.people.registry import Fact, merge_steps


def crowd_rows(people: models.QuerySet[Participant]) -> list[Person]:
    """What the rule of likeness looks at, of each of these people, in the order of their keys. One query.
    Records that were merged into another are nobody."""
    facts = (
        people.filter(merged_into__isnull=True)
        .order_by("pk")
        .values_list("pk", "full_name", "village_id", "dusun", "sex", "age_band")
    )
    return [Person(*row) for row in facts]


def likely_same(
    *, organisation: Organisation, village: Village, full_name: str, dusun: str, sex: str, age_band: str = ""
) -> list[tuple[Participant, Likeness]]:
    """People of the organisation to ask about before this person is added, each with the reason."""
    there = Participant.objects.filter(organisation=organisation, village=village)
    crowd = Crowd(crowd_rows(there))
    found = crowd.like(Person(None, full_name, village.pk, dusun, sex, age_band))
    people = there.select_related("village").in_bulk([person.key for person, _how in found])
    return [(people[person.key], how) for person, how in found]


def has_records(instance: models.Model) -> bool:
    """Whether records point at this one, so that the database would refuse to delete it."""
    collector = Collector(using=instance._state.db or "default", origin=instance)
    try:
        collector.collect([instance])
    except (ProtectedError, RestrictedError):
        return True
    return False


@dataclass(frozen=True, slots=True)
class Pair:
    """Two people who are likely one, and why. ``differing`` are the facts that speak against it."""

    people: tuple[Participant, Participant]
    why: Likeness

    @property
    def differing(self) -> list[str]:
        one, other = self.people
        names = ("full_name", "sex", "age_band", "element", "role", "dusun")
        return [name for name in names if getattr(one, name) != getattr(other, name)]


def likely_pairs(*, organisation: Organisation, most: int) -> tuple[list[Pair], int]:
    """The pairs to ask about, the most alike first, at most so many, and how many there are in all.

    Pairs that somebody said are two people are left out. Three queries for any number of people.
    """
    said = {
        frozenset(keys)
        for keys in NotSamePerson.objects.filter(one__organisation=organisation).values_list("one", "other")
    }
    crowd = Crowd()
    found: list[tuple[Any, Any, Likeness]] = []
    for person in crowd_rows(Participant.objects.filter(organisation=organisation)):
        for other, how in crowd.like(person):
            if frozenset((person.key, other.key)) not in said:
                found.append((other.key, person.key, how))
        crowd.add(person)
    ranks = list(Likeness)
    found.sort(key=lambda pair: (ranks.index(pair[2]), pair[0], pair[1]))
    keys = {key for pair in found[:most] for key in pair[:2]}
    people = Participant.objects.select_related("village").in_bulk(keys)
    pairs = [Pair((people[one], people[other]), how) for one, other, how in found[:most]]
    return pairs, len(found)


def pairs_said_different(*, organisation: Organisation, most: int) -> list[NotSamePerson]:
    """The newest decisions that two who are alike are two people. One query."""
    rows = NotSamePerson.objects.filter(one__organisation=organisation).order_by("-said_at", "-pk")
    return list(rows.select_related("one__village", "other__village", "said_by")[:most])


def alike_among(*, person: Participant) -> list[tuple[Participant, Likeness]]:
    """Other people of the organisation who are likely this one."""
    found = likely_same(
        organisation=person.organisation,
        village=person.village,
        full_name=person.full_name,
        dusun=person.dusun,
        sex=person.sex,
        age_band=person.age_band,
    )
    return [(other, how) for other, how in found if other.pk != person.pk]


def found_people(*, person: Participant, search: str, most: int) -> list[tuple[Participant, None]]:
    """Other people of the organisation by parts of the name or by code."""
    people = Participant.objects.present().filter(organisation=person.organisation_id).exclude(pk=person.pk)
    for word in search.split():
        people = people.filter(models.Q(full_name__icontains=word) | models.Q(code__iexact=word))
    return [(other, None) for other in people.select_related("village")[:most]]


def facts_of(people: Collection[uuid.UUID]) -> list[Fact]:
    """What the apps know of these people, a number of queries that does not grow with them."""
    return [fact for step in merge_steps() for fact in step.facts(people)] if people else []
