"""Rules of the follow-up plan. Every change is idempotent: forms carry the id of what they make."""

import uuid
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms.cohorts.models import Cohort, Enrolment
from lms.cohorts.stages import Deed, require_stage
from lms.followup.enums import Phase, PlanStatus
from lms.followup.models import Action, ActionReport, Plan
from lms.learning.domain import review_completion

# The annual Musdes on planning is held in June at the latest (PP 16/2026 Ps 146 ayat (4)).
_MUSDES_MONTH, _MUSDES_DAY = 6, 30


def musdes_limit(cohort: Cohort) -> date:
    """Last day of the first annual Musdes that follows the training."""
    limit = date(cohort.ends_on.year, _MUSDES_MONTH, _MUSDES_DAY)
    return limit if cohort.ends_on <= limit else limit.replace(year=limit.year + 1)


def is_after_musdes(*, phase: str, deadline: date, cohort: Cohort) -> bool:
    """Whether an action that prepares the Musdes, or belongs to it, is dated after its limit."""
    return phase in (Phase.PRE_MUSDES, Phase.MUSDES) and deadline > musdes_limit(cohort)


def save_action(*, enrolment: Enrolment, action_id: uuid.UUID, fields: dict[str, Any]) -> Action:
    """Write an action, new or changed; the plan itself begins with its first action.

    Raises ValidationError: ``foreign`` if the id belongs to somebody else, ``submitted`` if the action
    was handed in (it then only takes reports), ``withdrawn`` if it was set aside.
    """
    with transaction.atomic():
        plan = _locked_plan(enrolment)
        action = Action.objects.filter(pk=action_id).first()
        if action is None:
            return Action.objects.create(pk=action_id, plan=plan, **fields)
        _must_own(action, plan)
        if plan.submitted_at is not None and action.created_at <= plan.submitted_at:
            raise ValidationError(
                _("This activity was handed in. Report on it, or add another activity."), code="submitted"
            )
        if action.withdrawn_at is not None:
            raise ValidationError(_("This activity was set aside. Add a new one."), code="withdrawn")
        for name, value in fields.items():
            setattr(action, name, value)
        action.save(update_fields=list(fields))
        return action


def withdraw_action(*, enrolment: Enrolment, action: Action) -> None:
    """Set an action of a draft aside. It stays in the records. Raises ValidationError if handed in."""
    with transaction.atomic():
        plan = _locked_plan(enrolment)
        _must_own(action, plan)
        if plan.status == PlanStatus.SUBMITTED:
            raise ValidationError(
                _("The plan was handed in. Report on the activity and say why it was dropped."),
                code="submitted",
            )
        Action.objects.filter(pk=action.pk, withdrawn_at__isnull=True).update(withdrawn_at=timezone.now())


def submit_plan(*, enrolment: Enrolment) -> Plan:
    """Hand the plan in; handing in twice is the same as once. Raises ValidationError ``empty``."""
    with transaction.atomic():
        plan = _locked_plan(enrolment)
        if plan.status == PlanStatus.SUBMITTED:
            return plan
        if not plan.actions.filter(withdrawn_at__isnull=True).exists():
            raise ValidationError(_("Write at least one activity, then hand the plan in."), code="empty")
        plan.status = PlanStatus.SUBMITTED
        plan.submitted_at = timezone.now()
        plan.save(update_fields=["status", "submitted_at"])
        review_completion(enrolment=enrolment)
    return plan


def report_progress(
    *, enrolment: Enrolment, action: Action, report_id: uuid.UUID, status: str, text: str
) -> ActionReport:
    """Tell in words how an action goes. The same report sent twice is kept once."""
    with transaction.atomic():
        plan = _locked_plan(enrolment)
        _must_own(action, plan)
        known = ActionReport.objects.filter(pk=report_id).first()
        if known is not None:
            if known.action_id != action.pk:
                raise ValidationError(_("Open the activity again and send the report."), code="foreign")
            return known
        report = ActionReport.objects.create(pk=report_id, action=action, status=status, text=text)
        Action.objects.filter(pk=action.pk).update(status=status)
    return report


def _locked_plan(enrolment: Enrolment) -> Plan:
    """The plan, made if missing, locked until the transaction ends (on PostgreSQL; SQLite has one writer).

    Raises ValidationError (``stage``) where the training takes nothing more.
    """
    require_stage(Cohort.objects.get(pk=enrolment.cohort_id), Deed.PLAN)
    Plan.objects.get_or_create(enrolment=enrolment)
    return Plan.objects.select_for_update().get(enrolment=enrolment)


def _must_own(action: Action, plan: Plan) -> None:
    if action.plan_id != plan.pk:
        raise ValidationError(_("This activity belongs to another plan."), code="foreign")
