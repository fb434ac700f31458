"""What follow-up tells the apps below it: conditions of completion, buttons and a section on the page of a
training, the target of signed pledges, and which findings its actions answer."""

import uuid
from collections.abc import Collection, Sequence
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessments.citing import Cited, register_citing
from assessments.models import LegalBasis
from lms.cohorts.enums import LinkGroup
from lms.cohorts.models import Cohort, Enrolment
from lms.cohorts.registry import (
    CohortPaper,
    register_cohort_link,
    register_cohort_panel,
    register_cohort_paper,
    register_finding_answers,
)
from lms.followup.exports.papers import commitment_parts, person_choices, plan_parts
from lms.followup.queries import answers_to_findings, pledge_counts, who_signed, who_submitted_a_plan
from lms.followup.suggestions import LEGAL_BASES
from lms.learning.desk.targets import COMMITMENT
from lms.learning.registry import (
    CompletionCondition,
    ConditionResult,
    TargetLine,
    register_condition,
    register_target,
)

_SIGNED_PERCENT = 90


def _evaluate(enrolments: Sequence[Enrolment]) -> dict[uuid.UUID, ConditionResult]:
    met = ConditionResult(True, gettext("Your follow-up plan is handed in."))
    missing = ConditionResult(False, gettext("Write your follow-up plan and hand it in."))
    submitted = who_submitted_a_plan(enrolments)
    return {enrolment.pk: met if enrolment.pk in submitted else missing for enrolment in enrolments}


def _evaluate_pledge(enrolments: Sequence[Enrolment]) -> dict[uuid.UUID, ConditionResult]:
    met = ConditionResult(True, gettext("Your pledge is signed."))
    missing = ConditionResult(False, gettext("Write your pledge and sign the commitment sheet."))
    signed = who_signed(enrolments)
    return {enrolment.pk: met if enrolment.pk in signed else missing for enrolment in enrolments}


def _pledge_is_required(cohort: Cohort) -> bool:
    return cohort.require_pledge


def _pledges_url(cohort: Cohort) -> str:
    return reverse("followup_pledges", args=[cohort.pk])


def _pledge_panel(request: HttpRequest, cohort: Cohort) -> dict[str, Any]:
    return {"counts": pledge_counts(cohort), "url": _pledges_url(cohort)}


def _signed_target(cohort: Cohort) -> list[TargetLine]:
    """H3: at least 90 of 100 participants have signed (suggested target of the programme)."""
    counts = pledge_counts(cohort)
    figure = gettext("%(signed)d of %(registered)d people") % counts
    met = counts["signed"] * 100 >= _SIGNED_PERCENT * counts["registered"] if counts["registered"] else None
    target = gettext("at least %(percent)d %%") % {"percent": _SIGNED_PERCENT}
    return [TargetLine(_("Pledges signed"), figure, target, met)]


def _is_required(cohort: Cohort) -> bool:
    return cohort.require_plan


def _plans_url(cohort: Cohort) -> str:
    return reverse("followup_cohort_plans", args=[cohort.pk])


def suggestions_citing(bases: Collection[int], user: Any) -> list[Cited]:
    """Standard suggestions that rest on these provisions. They stand in the program: there is no editor."""
    citations = {citation for cited in LEGAL_BASES.values() for citation in cited}
    known = dict(
        LegalBasis.objects.filter(pk__in=bases, citation__in=citations).values_list("citation", "pk")
    )
    return [
        Cited(known[citation], "suggestion", text)
        for text, cited in LEGAL_BASES.items()
        for citation in cited
        if citation in known
    ]


_PAPERS = (
    CohortPaper(
        code="lembar-komitmen",
        order=50,
        label=_("Commitment sheet"),
        hint=_("One page for each participant, to sign with a witness."),
        permission="followup.view_action",
        parts=commitment_parts,
        choices=person_choices,
    ),
    CohortPaper(
        code="rtl",
        order=70,
        label=_("Follow-up plans (RTL)"),
        hint=_(
            "Everybody's activities in one table, or those of one person. Write in empty columns by hand."
        ),
        permission="followup.view_action",
        parts=plan_parts,
        choices=person_choices,
    ),
)


def register() -> None:
    """Called once when the apps are ready."""
    _register_pledges()
    register_citing("suggestion", _("Suggestion for pledges"), suggestions_citing)
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
        group=LinkGroup.AFTER,
        order=40,
        icon="tasks",
    )
    register_finding_answers("followup.actions", count=answers_to_findings)
    for paper in _PAPERS:
        register_cohort_paper(paper)


def _register_pledges() -> None:
    register_condition(
        CompletionCondition(
            code="pledge",
            label=_("Commitment signed"),
            is_required=_pledge_is_required,
            evaluate=_evaluate_pledge,
            order=110,
        )
    )
    register_cohort_link(
        "followup.pledges",
        label=_("Commitment"),
        url=_pledges_url,
        permission="followup.view_pledge",
        group=LinkGroup.AFTER,
        order=30,
        icon="edit",
    )
    register_cohort_panel(
        "followup.pledges",
        order=40,
        template="followup/pledge_panel.html",
        context=_pledge_panel,
        permission="followup.view_pledge",
    )
    register_target("followup.pledges", construct=COMMITMENT, lines=_signed_target)
