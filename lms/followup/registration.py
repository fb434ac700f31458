"""What follow-up tells the apps below it: a condition of completion, a button on the cohort's page."""

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lms.cohorts.models import Cohort, Enrolment
from lms.cohorts.registry import register_cohort_link
from lms.followup.queries import has_submitted_plan
from lms.learning.registry import CompletionCondition, ConditionResult, register_condition


def _evaluate(enrolment: Enrolment) -> ConditionResult:
    if has_submitted_plan(enrolment):
        return ConditionResult(True, gettext("Your follow-up plan is handed in."))
    return ConditionResult(False, gettext("Write your follow-up plan and hand it in."))


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
