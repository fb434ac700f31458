"""Reads of follow-up plans that repeat."""

import uuid
from collections.abc import Sequence
from datetime import date

from django.db import models
from django.db.models import Case, Exists, OuterRef, Prefetch, QuerySet, Value, When

from lms.cohorts.models import Cohort, Enrolment
from lms.followup.enums import ActionStatus, Phase, PlanStatus
from lms.followup.models import Action, ActionReport, Plan


def plan_of(enrolment: Enrolment) -> Plan | None:
    """The plan of an enrolment, or None while nothing was written."""
    return Plan.objects.filter(enrolment=enrolment).first()


def has_submitted_plan(enrolment: Enrolment) -> bool:
    """Whether the plan was handed in."""
    return bool(who_submitted_a_plan([enrolment]))


def who_submitted_a_plan(enrolments: Sequence[Enrolment]) -> set[uuid.UUID]:
    """The ids of those of these enrolments whose plan was handed in."""
    submitted = Plan.objects.filter(enrolment__in=enrolments, status=PlanStatus.SUBMITTED)
    return set(submitted.values_list("enrolment_id", flat=True))


def _reports() -> Prefetch[str]:
    return Prefetch("reports", ActionReport.objects.order_by("-reported_at", "-id"))


def actions_of(enrolment: Enrolment) -> QuerySet[Action]:
    """Actions that stand, nearest deadline first, with their reports."""
    own = Action.objects.filter(plan__enrolment=enrolment, withdrawn_at__isnull=True)
    return own.select_related("finding", "plan").prefetch_related(_reports())


def actions_of_cohort(cohort: Cohort, *, today: date) -> QuerySet[Action]:
    """Every standing action of a cohort: late ones first, then by deadline, finished ones last.

    Each has ``is_late`` (not reported done although its day has passed).
    """
    late = models.Q(deadline__lt=today) & ~models.Q(status=ActionStatus.DONE)
    urgency = Case(
        When(late, then=Value(0)),
        When(status=ActionStatus.DONE, then=Value(2)),
        default=Value(1),
        output_field=models.PositiveSmallIntegerField(),
    )
    return (
        Action.objects.filter(plan__enrolment__cohort=cohort, withdrawn_at__isnull=True)
        .annotate(urgency=urgency, is_late=Case(When(late, then=True), default=False))
        .select_related("plan__enrolment__participant", "finding")
        .prefetch_related(_reports())
        .order_by("urgency", "deadline", "created_at")
    )


def actions_on_paper(cohort: Cohort) -> QuerySet[Action]:
    """Every standing action of a cohort, person by person, nearest deadline first. One query."""
    return (
        Action.objects.filter(plan__enrolment__cohort=cohort, withdrawn_at__isnull=True)
        .select_related("plan__enrolment__participant__village", "finding")
        .order_by("plan__enrolment__participant__full_name", "plan_id", "deadline", "created_at")
    )


def answers_to_findings(cohort: Cohort) -> dict[uuid.UUID, int]:
    """By id of a finding of the cohort, how many standing actions answer it. One query."""
    answers = Action.objects.filter(finding__cohort=cohort, withdrawn_at__isnull=True).order_by()
    return dict(answers.values_list("finding_id").annotate(models.Count("pk")))


def plan_counts(cohort: Cohort) -> dict[str, int]:
    """How far the fourth expected result (H4) has come: people by what their plans hold."""

    def acts(phase: Phase) -> Exists:
        return Exists(
            Action.objects.filter(
                plan__enrolment=OuterRef("pk"),
                plan__status=PlanStatus.SUBMITTED,
                phase=phase,
                withdrawn_at__isnull=True,
            )
        )

    people = Enrolment.objects.filter(cohort=cohort)
    return {
        "registered": people.count(),
        "submitted": people.filter(plan__status=PlanStatus.SUBMITTED).count(),
        "both_phases": people.filter(acts(Phase.PRE_MUSDES), acts(Phase.MUSDES)).count(),
    }
