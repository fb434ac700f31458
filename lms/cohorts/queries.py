"""Reads about cohorts that several places need."""

import hashlib
import uuid
from collections.abc import Sequence

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


def roster(cohort: Cohort) -> QuerySet[Enrolment]:
    """The enrolments of a cohort by name, each with its person and the hours attended (``hours``)."""
    there = Q(attendances__status__in=COUNTS_AS_PRESENT)
    return (
        Enrolment.objects.filter(cohort=cohort)
        .select_related("participant", "participant__village")
        .annotate(hours=Sum("attendances__meeting__lesson_hours", filter=there, default=0))
        .order_by("participant__full_name", "pk")
    )


def meetings_with_counts(cohort: Cohort) -> QuerySet[Meeting]:
    """The meetings of a cohort, each with how many were there (``present``) and are ticked (``ticked``)."""
    return Meeting.objects.filter(cohort=cohort).annotate(
        present=Count("attendances", filter=Q(attendances__status__in=COUNTS_AS_PRESENT)),
        ticked=Count("attendances"),
    )


def candidates(cohort: Cohort, search: str) -> QuerySet[Participant]:
    """People of the cohort's organisation who are not in it yet, found by a part of name or by code."""
    people = Participant.objects.filter(organisation_id=cohort.organisation_id, is_active=True)
    words = search.split()
    for word in words:
        people = people.filter(Q(full_name__icontains=word) | Q(code__iexact=word))
    return people.exclude(enrolments__cohort=cohort).select_related("village")


def pin_state(cohort: Cohort) -> str:
    """A fingerprint of the PINs of a cohort: it changes whenever somebody receives a new one."""
    serials = Participant.objects.filter(enrolments__cohort=cohort).order_by("pk")
    text = ",".join(f"{pk}:{serial}" for pk, serial in serials.values_list("pk", "pin_serial"))
    return hashlib.sha256(text.encode()).hexdigest()
