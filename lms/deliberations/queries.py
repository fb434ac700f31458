"""Reads of deliberations that repeat."""

import uuid
from typing import Any

from django.db.models import Count, Q, QuerySet

from lms.cohorts.enums import COUNTS_AS_PRESENT
from lms.cohorts.models import Attendance, Cohort, Finding
from lms.deliberations.enums import MinutesState
from lms.deliberations.models import Census, Minutes, Proposal
from lms.people.enums import AgeBand, Sex
from lms.people.models import Organisation, Participant, Village


def current_minutes(user: Any) -> QuerySet[Minutes]:
    """The minutes that hold and the drafts of what will: without versions that were replaced."""
    visible: QuerySet[Minutes] = Minutes.objects.visible_to(user)
    return visible.filter(superseded_at__isnull=True).select_related("village", "cohort")


def whole_minutes(user: Any) -> QuerySet[Minutes]:
    """Minutes with all that their page and papers show, in a number of queries that does not grow."""
    visible: QuerySet[Minutes] = Minutes.objects.visible_to(user)
    related = visible.select_related(
        "organisation", "village", "cohort", "finalised_by", "created_by", "replaces", "replaced_by"
    )
    return related.prefetch_related("proposals", "signatories", "scans__uploaded_by", "answered__finding")


def versions_of(minutes: Minutes) -> list[Minutes]:
    """All versions with this number, the newest first; only itself while it has no number."""
    if not minutes.number:
        return [minutes]
    same = Minutes.objects.filter(organisation=minutes.organisation_id, number=minutes.number)
    return list(same.order_by("-version"))


def known_hamlets(organisation: Organisation, village: Village, *, apart_from: Any = None) -> list[str]:
    """How the hamlets of a village are spelled in this organisation's records, the most frequent first.

    ``apart_from`` is a record that shall not vouch for itself.
    """
    counted: dict[str, int] = {}
    own = {"organisation": organisation, "village": village}
    minutes = Minutes.objects.filter(**own).exclude(pk=apart_from)
    sources = (
        Participant.objects.filter(**own),
        Finding.objects.filter(cohort__organisation=organisation, cohort__village=village),
        minutes,
        Census.objects.filter(**own).exclude(pk=apart_from),
        Proposal.objects.filter(minutes__in=minutes),
    )
    for source in sources:
        named = source.exclude(dusun="").order_by()
        for dusun, count in named.values_list("dusun").annotate(count=Count("pk")):
            counted[dusun] = counted.get(dusun, 0) + count
    return sorted(counted, key=lambda dusun: (-counted[dusun], dusun))


def numbers_taken(organisation: uuid.UUID | int) -> set[str]:
    """The numbers that this organisation's minutes have."""
    numbered = Minutes.objects.filter(organisation=organisation).exclude(number="")
    return set(numbered.values_list("number", flat=True))


def final_in_year(minutes: Minutes) -> int:
    """How many minutes of its village and year have a number, versions counted once."""
    same = Minutes.objects.filter(
        organisation=minutes.organisation_id, village=minutes.village_id, held_on__year=minutes.held_on.year
    )
    return same.exclude(state=MinutesState.DRAFT).filter(version=1).count()


def people_who_came(cohort: Cohort) -> dict[str, int | None]:
    """How many different people were at a meeting of the training; None where nobody is known.

    Disability and poverty are nowhere stored of participants, so they are not counted here. Elders and youth
    are None while the age of somebody is not known: minutes would otherwise say less than is true.
    """
    came = Attendance.objects.filter(enrolment__cohort=cohort, status__in=COUNTS_AS_PRESENT)

    def people(**known: str) -> Count:
        filters = Q(**{f"enrolment__participant__{name}": value for name, value in known.items()})
        return Count("enrolment__participant", filter=filters, distinct=True)

    counts: dict[str, int | None] = came.aggregate(
        men=people(sex=Sex.MALE),
        women=people(sex=Sex.FEMALE),
        elders=people(age_band=AgeBand.ELDER),
        youth=people(age_band=AgeBand.YOUTH),
        unknown=people(age_band=""),
    )
    if counts.pop("unknown"):
        counts |= {"elders": None, "youth": None}
    return counts if counts["men"] or counts["women"] else dict.fromkeys(counts)
