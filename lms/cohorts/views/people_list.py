"""Everybody in a training: to find, to sort, and to take out as a file."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy

from lms.cohorts.exports.roster import export_roster
from lms.cohorts.forms.people_list import PeopleListForm
from lms.cohorts.queries import found_in, with_hours
from lms.cohorts.stages import Deed, allows
from lms.cohorts.views.base import CohortView
from lms.cohorts.views.paging import page_of


class PeopleListView(CohortView):
    """The people of a training, page by page."""

    template_name = "cohorts/people_list.html"
    page_title = gettext_lazy("Participants")

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = PeopleListForm(request.GET, cohort=self.cohort)
        page = page_of(request, found_in(self.cohort, form.wanted))
        return self.show(
            form=form,
            page=page,
            people=with_hours(page.object_list),
            may_enrol=allows(self.cohort.state, Deed.ENROL),
            sees_codes=request.user.has_perm("people.change_participant"),
        )


class PeopleExportView(CohortView):
    """The same list as a file with names. Sent as a form: it is written to the log."""

    permissions = ("cohorts.view_cohort", "people.view_participant")
    # It takes nothing away and changes nothing: an archive is for reading.
    writes_archived = True

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        kind = self.kwargs["kind"]
        try:
            made, content_type = export_roster(
                cohort=self.cohort,
                wanted=PeopleListForm(request.POST, cohort=self.cohort).wanted,
                kind=kind,
                user=request.user,
                with_codes=request.user.has_perm("people.change_participant"),
            )
        except KeyError:
            raise Http404 from None
        response = HttpResponse(made, content_type=content_type)
        response["Content-Disposition"] = f'attachment; filename="peserta-{self.cohort.code}.{kind}"'
        response["Cache-Control"] = "no-store, private"
        return response
