"""The organiser's view of every plan in a cohort, in Wagtail's admin."""

import uuid
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from lms.cohorts.models import Cohort
from lms.followup import queries

PERMISSION = "followup.view_action"


@require_GET
def cohort_plans(request: HttpRequest, cohort_id: uuid.UUID) -> HttpResponse:
    """All activities of a cohort, late ones first, and how far H4 has come."""
    if not request.user.has_perm(PERMISSION):  # type: ignore[union-attr]
        raise PermissionDenied
    cohort = get_object_or_404(Cohort.objects.visible_to(request.user), pk=cohort_id)
    return render(request, "followup/cohort_plans.html", cohort_plans_context(cohort))


def cohort_plans_context(cohort: Cohort) -> dict[str, Any]:
    """What the page shows; a handful of queries whatever the number of people."""
    actions = list(queries.actions_of_cohort(cohort, today=timezone.localdate()))
    return {
        "cohort": cohort,
        "actions": actions,
        "late": sum(action.is_late for action in actions),
        "counts": queries.plan_counts(cohort),
        "page_title": _("Follow-up plans"),
        "page_subtitle": str(cohort),
        "header_icon": "tasks",
    }
