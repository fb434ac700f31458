"""Who is in a training, and how many hours each was there."""

import hashlib
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from lms.cohorts.enums import COUNTS_AS_PRESENT, FormOrder
from lms.cohorts.models import Attendance, Cohort, Enrolment, Meeting
from lms.people.models import Participant


def attended_hours(enrolments: Sequence[Enrolment]) -> dict[uuid.UUID, tuple[int, int]]:
    """By enrolment: lesson hours (JP) at which the person was there, and those of all meetings of the
    cohort. Two queries, however many people."""
    cohorts = {enrolment.cohort_id for enrolment in enrolments}
    held = Meeting.objects.filter(cohort_id__in=cohorts).order_by()
    planned = dict(held.values_list("cohort_id").annotate(Sum("lesson_hours")))
    present = Attendance.objects.filter(enrolment__in=enrolments, status__in=COUNTS_AS_PRESENT).order_by()
    attended = dict(present.values_list("enrolment_id").annotate(Sum("meeting__lesson_hours")))
    return {
        enrolment.pk: (attended.get(enrolment.pk, 0), planned.get(enrolment.cohort_id, 0))
        for enrolment in enrolments
    }


def form_order_counts(cohort: Cohort) -> dict[str, int]:
    """How many people of the cohort take each order of forms."""
    return Enrolment.objects.filter(cohort=cohort).aggregate(
        **{order: Count("pk", filter=Q(form_order=order)) for order in FormOrder.values}
    )


def people_in(cohort: Cohort) -> QuerySet[Enrolment]:
    """The enrolments of a cohort by name, each with its person."""
    own = Enrolment.objects.filter(cohort=cohort).select_related("participant", "participant__village")
    return own.order_by("participant__full_name", "pk")


def roster(cohort: Cohort) -> QuerySet[Enrolment]:
    """The enrolments of a cohort by name, each with its person and the hours attended (``hours``). Adds up
    everybody's attendance, also where only some are shown: see ``with_hours``."""
    there = Q(attendances__status__in=COUNTS_AS_PRESENT)
    return people_in(cohort).annotate(
        hours=Sum("attendances__meeting__lesson_hours", filter=there, default=0)
    )


def with_hours(enrolments: Iterable[Enrolment]) -> list[Enrolment]:
    """These enrolments, each with the hours attended (``hours``). Two queries more than theirs."""
    shown = list(enrolments)
    hours = attended_hours(shown)
    for enrolment in shown:
        enrolment.hours = hours[enrolment.pk][0]
    return shown


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whom to find in a training. Empty means: everybody. ``order`` is a key of ``ORDERS``."""

    search: str = ""
    element: str = ""
    dusun: str = ""
    sex: str = ""
    order: str = ""


ORDERS: dict[str, tuple[str, ...]] = {
    "": (),
    "unsur": ("participant__element",),
    "dusun": ("participant__dusun",),
    "kode": ("participant__code",),
    "jp": ("hours",),
    "-jp": ("-hours",),
}


def found_in(cohort: Cohort, wanted: Wanted) -> QuerySet[Enrolment]:
    """Those of the training who are wanted, in the order that is wanted, then by name.

    Each word of the search has to be in name, office or hamlet, or be the code.
    """
    found = roster(cohort) if wanted.order.endswith("jp") else people_in(cohort)
    for word in wanted.search.split():
        found = found.filter(
            Q(participant__full_name__icontains=word)
            | Q(participant__role__icontains=word)
            | Q(participant__dusun__icontains=word)
            | Q(participant__code__iexact=word)
        )
    for field in ("element", "dusun", "sex"):
        if value := getattr(wanted, field):
            found = found.filter(**{f"participant__{field}": value})
    return found.order_by(*ORDERS.get(wanted.order, ()), "participant__full_name", "pk")


def hamlets_of(cohort: Cohort) -> list[str]:
    """The hamlets of the people of a training, by name. One query."""
    people = Participant.objects.filter(enrolments__cohort=cohort).exclude(dusun="").order_by("dusun")
    return list(people.values_list("dusun", flat=True).distinct())


def meetings_with_counts(cohort: Cohort) -> QuerySet[Meeting]:
    """The meetings of a cohort, each with how many were there (``present``) and are ticked (``ticked``)."""
    return Meeting.objects.filter(cohort=cohort).annotate(
        present=Count("attendances", filter=Q(attendances__status__in=COUNTS_AS_PRESENT)),
        ticked=Count("attendances"),
    )


def candidates(cohort: Cohort, search: str, *, user: Any) -> QuerySet[Participant]:
    """People of the cohort's organisation whom ``user`` may see and who are not in it yet, found by a part of
    name or by code."""
    people = Participant.objects.visible_to(user).filter(
        organisation_id=cohort.organisation_id, is_active=True
    )
    words = search.split()
    for word in words:
        people = people.filter(Q(full_name__icontains=word) | Q(code__iexact=word))
    return people.exclude(enrolments__cohort=cohort).select_related("village")


def pin_state(cohort: Cohort) -> str:
    """A fingerprint of the PINs of a cohort: it changes whenever somebody receives a new one."""
    serials = Participant.objects.filter(enrolments__cohort=cohort).order_by("pk")
    text = ",".join(f"{pk}:{serial}" for pk, serial in serials.values_list("pk", "pin_serial"))
    return hashlib.sha256(text.encode()).hexdigest()
