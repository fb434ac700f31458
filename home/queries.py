"""What the organisations of a member of staff have in the library, and the halls of their villages."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from home.models import BalaiRakyatPage, LibraryShelfPage
from lms.cohorts.models import Cohort
from lms.people.models import Organisation, Village


@dataclass
class Desk:
    """Of one organisation: its shelf, if it has one, its halls, and its villages that have none yet."""

    organisation: Organisation
    shelf: LibraryShelfPage | None = None
    halls: list[BalaiRakyatPage] = field(default_factory=list)
    villages: list[Village] = field(default_factory=list)


def own_organisations(user: Any) -> Any:
    """The organisations that a member of staff works for; all of them for a superuser."""
    if user.is_superuser:
        return Organisation.objects.all()
    return Organisation.objects.filter(pk__in=user.memberships.values("organisation"))


def desks_of(user: Any) -> list[Desk]:
    """One for each organisation. Four queries."""
    desks = {each.pk: Desk(each) for each in own_organisations(user)}
    originals = {"alias_of__isnull": True, "locale__language_code": settings.LANGUAGE_CODE}
    for shelf in LibraryShelfPage.objects.filter(organisation__in=desks, **originals):
        desks[shelf.organisation_id].shelf = shelf
    taken = set()
    for hall in BalaiRakyatPage.objects.filter(**originals).select_related("village", "locale"):
        taken.add(hall.village_id)
        if hall.organisation_id in desks:
            desks[hall.organisation_id].halls.append(hall)
    free: dict[int, dict[int, Village]] = defaultdict(dict)
    trainings = Cohort.objects.filter(organisation__in=desks).exclude(village__in=taken)
    for training in trainings.select_related("village").order_by("village__name"):
        free[training.organisation_id][training.village_id] = training.village
    for pk, villages in free.items():
        desks[pk].villages = list(villages.values())
    return list(desks.values())
