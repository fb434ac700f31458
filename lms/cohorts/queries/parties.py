"""Who stands behind a training, and how its places are filled."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from lms.cohorts.enums import PartyRole
from lms.cohorts.models import Cohort, Credit, Enrolment, Facilitator, Party, ProgrammeObjective, Quota
from lms.cohorts.years import render_years
from lms.people.enums import Element, Sex


@dataclass(frozen=True, slots=True)
class Behind:
    """Names, in the order in which they are to be printed."""

    organisers: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    funders: tuple[str, ...] = ()
    credits: tuple[tuple[str, str], ...] = ()

    @property
    def by_role(self) -> list[tuple[Any, tuple[str, ...]]]:
        """Label of the part and names, without empty ones."""
        pairs = zip(PartyRole, (self.organisers, self.partners, self.funders), strict=True)
        return [(role.label, names) for role, names in pairs if names]


def parties_behind(cohort: Cohort) -> Behind:
    """Organisers, partners, funders and contributors of a training, for pages and papers. Two queries."""
    names: dict[str, list[str]] = defaultdict(list)
    for role, name in Party.objects.filter(cohort=cohort).values_list("role", "name"):
        names[role].append(name)
    return Behind(
        organisers=tuple(names[PartyRole.ORGANISER]),
        partners=tuple(names[PartyRole.PARTNER]),
        funders=tuple(names[PartyRole.FUNDER]),
        credits=tuple(Credit.objects.filter(cohort=cohort).values_list("role", "name")),
    )


def team_of(cohort: Cohort) -> list[Facilitator]:
    """The team with accounts and meetings. Two queries."""
    team = Facilitator.objects.filter(cohort=cohort).select_related("user")
    return list(team.prefetch_related("meetings"))


def objectives_of(cohort: Cohort) -> list[tuple[str, str]]:
    """Code and text of the specific objectives of the training's programme, with the years of this training.
    No query without a programme."""
    if cohort.programme_id is None:
        return []
    training, documents = cohort.years
    rows = ProgrammeObjective.objects.filter(programme=cohort.programme_id).values_list("code", "text")
    return [(code, render_years(text, training=training, documents=documents)) for code, text in rows]


@dataclass(frozen=True, slots=True)
class Place:
    """An element: planned and enrolled people."""

    label: Any
    planned: int
    enrolled: int

    @property
    def missing(self) -> int:
        return max(0, self.planned - self.enrolled)


@dataclass(frozen=True, slots=True)
class Filled:
    """How the places of a training are filled; ``women_percent`` is the share that is asked for, if any."""

    places: tuple[Place, ...]
    people: int
    women: int
    women_percent: int | None
    # Elements of which somebody is enrolled and no place is planned.
    unplanned: tuple[Place, ...] = ()

    @property
    def men(self) -> int:
        return self.people - self.women

    @property
    def share(self) -> int:
        """Women among those enrolled, in whole percent, rounded down: 49.9 % is not a half."""
        return 100 * self.women // self.people if self.people else 0

    @property
    def women_missing(self) -> int:
        """How many more women, if only women came, would make the share."""
        lack = (self.women_percent or 0) * self.people - 100 * self.women
        if not self.people or lack <= 0:
            return 0
        room = 100 - (self.women_percent or 0)
        # All of them are to be women: then each man has to make room.
        return -(-lack // room) if room else self.people - self.women


def places_filled(cohort: Cohort) -> Filled:
    """Planned against enrolled. Two queries, however many people there are."""
    enrolled = Enrolment.objects.filter(cohort=cohort).order_by()
    counts = {
        element: (people, women)
        for element, people, women in enrolled.values_list("participant__element").annotate(
            people=Count("pk"), women=Count("pk", filter=Q(participant__sex=Sex.FEMALE))
        )
    }
    planned = dict(Quota.objects.filter(cohort=cohort).values_list("element", "planned"))
    return Filled(
        places=tuple(
            Place(Element(element).label, places, counts.get(element, (0, 0))[0])
            for element, places in planned.items()
        ),
        unplanned=tuple(
            Place(element.label, 0, counts[element][0])
            for element in Element
            if element in counts and element not in planned
        ),
        people=sum(people for people, _women in counts.values()),
        women=sum(women for _people, women in counts.values()),
        women_percent=cohort.min_women_percent,
    )
