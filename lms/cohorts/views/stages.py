"""Take a training one step on, or back."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.cohorts.domain import change_state
from lms.cohorts.enums import CohortState
from lms.cohorts.models import Cohort
from lms.cohorts.queries import missing_before_next
from lms.cohorts.stages import BACK, FORWARD
from lms.cohorts.views.base import CohortView

_VERBS = {
    CohortState.OPEN: gettext_lazy("Open to participants"),
    CohortState.RUNNING: gettext_lazy("Start the training"),
    CohortState.CLOSED: gettext_lazy("Close the training"),
    CohortState.ARCHIVED: gettext_lazy("Put into the archive"),
}
_MEANS = {
    CohortState.PLANNED: gettext_lazy(
        "Staff prepare: people, cards, papers. Participants do not see it yet."
    ),
    CohortState.OPEN: gettext_lazy(
        "Participants see it and may begin the pre-test. The first attendance starts it by itself."
    ),
    CohortState.RUNNING: gettext_lazy("Everything is open."),
    CohortState.CLOSED: gettext_lazy(
        "Nobody comes in or takes the tests any more. Follow-up plans, surveys, follow-up tests and "
        "certificates go on; attendance is put right by organisers only, with a reason."
    ),
    CohortState.ARCHIVED: gettext_lazy(
        "Only to be read, and not in the usual lists. Participants keep certificate, results and lessons."
    ),
}


def stage_context(cohort: Cohort, *, may_change: bool) -> dict[str, Any]:
    """What the panel of the state shows. The checklist is read only for who can mend something."""
    following, before = FORWARD.get(cohort.state), BACK.get(cohort.state)
    return {
        "label": cohort.get_state_display(),
        "means": _MEANS[CohortState(cohort.state)],
        "next": following,
        "next_verb": _VERBS.get(following) if following else "",
        "next_means": _MEANS.get(following) if following else "",
        "back": before,
        "back_label": before.label if before else "",
        "missing": missing_before_next(cohort) if may_change else [],
    }


class StageView(CohortView):
    """What comes next and what is missing; one button on, and back with a reason."""

    permissions = ("cohorts.change_cohort",)
    template_name = "cohorts/stage.html"
    page_title = gettext_lazy("State of the training")
    writes_archived = True

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self._page()

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        wanted, reason = request.POST.get("to", ""), request.POST.get("reason", "")
        try:
            change_state(cohort=self.cohort, to=wanted, user=request.user, reason=reason)
        except ValidationError as refusal:
            return self._page(problem=refusal.messages[0], reason=reason)
        text = _("The training is now “%(state)s”.") % {"state": self.cohort.get_state_display()}
        messages.success(request, text)
        return redirect(self.hub_url)

    def _page(self, *, problem: str = "", reason: str = "") -> HttpResponse:
        self.cohort.refresh_from_db(fields=["state"])
        stage = stage_context(self.cohort, may_change=True)
        return self.show(stage=stage, problem=problem, reason=reason)
