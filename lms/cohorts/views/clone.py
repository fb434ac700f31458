"""Copy a training for another year."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.cohorts.domain import clone_training
from lms.cohorts.forms.clone import CloneForm
from lms.cohorts.views.base import CohortView


class CloneView(CohortView):
    """Ask for the first day and the code; the copy then opens in its form, with what to look at."""

    permissions = ("cohorts.add_cohort", "cohorts.change_cohort")
    template_name = "cohorts/clone.html"
    page_title = gettext_lazy("Copy for a new year")
    # An old training is just what is copied; nothing changes in it.
    writes_archived = True

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.show(form=CloneForm(cohort=self.cohort))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = CloneForm(request.POST, cohort=self.cohort)
        if not form.is_valid():
            return self.show(form=form)
        try:
            copy = clone_training(cohort=self.cohort, user=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error("code", refusal)
            return self.show(form=form)
        messages.success(request, _("%(code)s is planned. Look over what was copied.") % {"code": copy.code})
        return redirect("cohort:edit", copy.pk)
