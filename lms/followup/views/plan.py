"""The participant's follow-up plan."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lms.cohorts.access import enrolment_or_404
from lms.cohorts.models import Enrolment
from lms.followup import domain, queries
from lms.followup.enums import ActionStatus, Phase, PlanStatus
from lms.followup.forms import ActionForm, ReportForm
from lms.followup.models import Action
from lms.ids import new_id
from lms.people.access import PARTICIPANT
from lms.ui.policy import requires


@requires(PARTICIPANT)
@require_GET
def plan(request: HttpRequest) -> HttpResponse:
    """All activities, nearest deadline first, each with its one next step."""
    return _plan_page(request, enrolment_or_404(request))


@requires(PARTICIPANT)
@require_http_methods(["GET", "POST"])
def add_action(request: HttpRequest) -> HttpResponse:
    """Write a new activity."""
    return _action_page(request, enrolment_or_404(request), None)


@requires(PARTICIPANT)
@require_http_methods(["GET", "POST"])
def edit_action(request: HttpRequest, action_id: uuid.UUID) -> HttpResponse:
    """Change an activity that was not handed in yet."""
    enrolment = enrolment_or_404(request)
    return _action_page(request, enrolment, _own_action(enrolment, action_id))


@requires(PARTICIPANT)
@require_POST
def withdraw_action(request: HttpRequest, action_id: uuid.UUID) -> HttpResponse:
    """Set an activity aside."""
    enrolment = enrolment_or_404(request)
    try:
        domain.withdraw_action(enrolment=enrolment, action=_own_action(enrolment, action_id))
    except ValidationError as error:
        return _plan_page(request, enrolment, problem=error.messages[0], status=409)
    messages.success(request, _("The activity was set aside."))
    return HttpResponseRedirect(reverse("followup:plan"))


@requires(PARTICIPANT)
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, action_id: uuid.UUID) -> HttpResponse:
    """Tell how an activity goes."""
    enrolment = enrolment_or_404(request)
    action = _own_action(enrolment, action_id)
    if request.method != "POST":
        form = ReportForm(initial={"id": new_id(), "status": action.status})
        return _form_page(request, "followup/report.html", form, action=action)
    form = ReportForm(request.POST)
    if not form.is_valid():
        return _form_page(request, "followup/report.html", form, action=action, status=400)
    data = form.cleaned_data
    try:
        domain.report_progress(
            enrolment=enrolment,
            action=action,
            report_id=data["id"],
            status=data["status"],
            text=data["text"],
        )
    except ValidationError as error:
        form.add_error(None, error)
        return _form_page(request, "followup/report.html", form, action=action, status=409)
    messages.success(request, _("Your report is saved."))
    return HttpResponseRedirect(reverse("followup:plan"))


@requires(PARTICIPANT)
@require_POST
def submit(request: HttpRequest) -> HttpResponse:
    """Hand the plan in."""
    enrolment = enrolment_or_404(request)
    try:
        domain.submit_plan(enrolment=enrolment)
    except ValidationError as error:
        return _plan_page(request, enrolment, problem=error.messages[0], status=400)
    messages.success(request, _("Your plan is handed in. Come back to report on each activity."))
    return HttpResponseRedirect(reverse("followup:plan"))


def _own_action(enrolment: Enrolment, action_id: uuid.UUID) -> Action:
    return get_object_or_404(
        Action.objects.select_related("plan"),
        pk=action_id,
        plan__enrolment=enrolment,
        withdrawn_at__isnull=True,
    )


def _plan_page(
    request: HttpRequest, enrolment: Enrolment, *, problem: str = "", status: int = 200
) -> HttpResponse:
    today = timezone.localdate()
    own = queries.plan_of(enrolment)
    actions = list(queries.actions_of(enrolment))
    for action in actions:
        action.is_late = action.deadline < today and action.status != ActionStatus.DONE  # type: ignore[attr-defined]
        action.is_after_musdes = domain.is_after_musdes(  # type: ignore[attr-defined]
            phase=action.phase, deadline=action.deadline, cohort=enrolment.cohort
        )
        action.is_fixed = bool(  # type: ignore[attr-defined]
            own and own.status == PlanStatus.SUBMITTED and action.created_at <= own.submitted_at
        )
    phases = {action.phase for action in actions}
    context = {
        "plan": own,
        "actions": actions,
        "cohort": enrolment.cohort,
        "is_submitted": bool(own and own.status == PlanStatus.SUBMITTED),
        "missing_phases": [phase.label for phase in (Phase.PRE_MUSDES, Phase.MUSDES) if phase not in phases],
        "musdes_limit": domain.musdes_limit(enrolment.cohort),
        "problem": problem,
        "simulated": enrolment.cohort.is_simulated,
    }
    return render(request, "followup/plan.html", context, status=status)


def _action_page(request: HttpRequest, enrolment: Enrolment, action: Action | None) -> HttpResponse:
    cohort = enrolment.cohort
    kept = action.finding_id if action else None
    if request.method != "POST":
        initial = {"id": action.pk if action else new_id()}
        form = ActionForm(instance=action, initial=initial, cohort=cohort, kept=kept)
        return _form_page(request, "followup/action.html", form, action=action)
    form = ActionForm(request.POST, cohort=cohort, kept=kept)
    if not form.is_valid():
        return _form_page(request, "followup/action.html", form, action=action, status=400)
    action_id = action.pk if action else form.cleaned_data["id"]
    try:
        domain.save_action(enrolment=enrolment, action_id=action_id, fields=form.action_fields())
    except ValidationError as error:
        form.add_error(None, error)
        return _form_page(request, "followup/action.html", form, action=action, status=409)
    messages.success(request, _("The activity is saved."))
    return HttpResponseRedirect(reverse("followup:plan"))


def _form_page(
    request: HttpRequest, template: str, form: BaseForm, *, action: Action | None, status: int = 200
) -> HttpResponse:
    enrolment = enrolment_or_404(request)
    context = {
        "form": form,
        "action": action,
        "musdes_limit": domain.musdes_limit(enrolment.cohort),
        "simulated": enrolment.cohort.is_simulated,
    }
    return render(request, template, context, status=status)
