"""What follow-up tells the apps below it: a condition of completion, a button on the cohort's page."""

import uuid
from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lms.cohorts.models import Cohort, Enrolment
from lms.cohorts.registry import register_cohort_link
from lms.followup.queries import who_submitted_a_plan
from lms.learning.registry import CompletionCondition, ConditionResult, register_condition


def _evaluate(enrolments: Sequence[Enrolment]) -> dict[uuid.UUID, ConditionResult]:
    met = ConditionResult(True, gettext("Your follow-up plan is handed in."))
    missing = ConditionResult(False, gettext("Write your follow-up plan and hand it in."))
    submitted = who_submitted_a_plan(enrolments)
    return {enrolment.pk: met if enrolment.pk in submitted else missing for enrolment in enrolments}


def _is_required(cohort: Cohort) -> bool:
    return cohort.require_plan


def _plans_url(cohort: Cohort) -> str:
    return reverse("followup_cohort_plans", args=[cohort.pk])


def register() -> None:
    """Called once when the apps are ready."""
    register_condition(
        CompletionCondition(
            code="plan", label=_("Follow-up plan"), is_required=_is_required, evaluate=_evaluate
        )
    )
    register_cohort_link(
        "followup.plans",
        label=_("Follow-up plans"),
        url=_plans_url,
        permission="followup.view_action",
        order=40,
        icon="tasks",
    )
