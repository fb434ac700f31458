"""What the surveys of a training say: sums on a page and as a file; and giving a training its surveys."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log

from lms.cohorts.views import CohortView
from lms.learning.desk.moments import moments_results
from lms.learning.desk.suppression import ENOUGH, FEWEST
from lms.learning.desk.surveys import survey_results
from lms.learning.desk.targets import commitment_targets
from lms.learning.domain.given import give_survey, offers_left
from lms.learning.exports.surveys import surveys_csv

VIEW = "learning.view_attempt"
CHANGE = "cohorts.change_cohort"


class SurveysView(CohortView):
    """What the surveys of a training say: answers counted, never who gave them."""

    permissions = (VIEW,)
    template_name = "learning_admin/surveys.html"
    page_title = gettext_lazy("Survey results")
    header_icon = "clipboard-list"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        moments = moments_results(self.cohort)
        may_give = request.user.has_perm(CHANGE)
        return self.show(
            results=survey_results(self.cohort),
            moments=moments,
            targets=commitment_targets(self.cohort, moments),
            offers=offers_left(self.cohort) if may_give else [],
            fewest=FEWEST,
            enough=ENOUGH,
        )


class SurveysFileView(CohortView):
    """The same as a file, for the report to whoever paid for the training."""

    permissions = (VIEW,)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        log(self.cohort, "learning.surveys_taken_out", user=request.user)
        response = HttpResponse(surveys_csv(self.cohort), content_type="text/csv; charset=utf-8")
        name = f"survei-{slugify(self.cohort.code)}.csv"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        response["Cache-Control"] = "no-store, private"
        return response


class GiveSurveyView(CohortView):
    """One tap gives a training a survey of the bundled bank at its usual times."""

    permissions = (VIEW, CHANGE)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            given = give_survey(cohort=self.cohort, slug=request.POST.get("survey", ""), user=request.user)
        except ValidationError as refusal:
            messages.error(request, refusal.messages[0])
        else:
            text = _("The survey is there.") if given else _("The training has this survey already.")
            messages.success(request, text)
        return redirect("learning_surveys", self.cohort.pk)
