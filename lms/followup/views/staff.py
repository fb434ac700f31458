"""The organiser's view of every plan in a cohort, in Wagtail's admin."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from lms.cohorts.views import CohortView
from lms.cohorts.views.paging import page_of
from lms.followup import queries


class CohortPlansView(CohortView):
    """All activities of a cohort, late ones first, and how far H4 has come.

    A handful of queries whatever the number of people.
    """

    permissions = ("followup.view_action",)
    template_name = "followup/cohort_plans.html"
    page_title = gettext_lazy("Follow-up plans")
    header_icon = "tasks"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        actions = queries.actions_of_cohort(self.cohort, today=timezone.localdate())
        return self.show(
            page=page_of(request, actions),
            late=actions.filter(is_late=True).count(),
            counts=queries.plan_counts(self.cohort),
        )
