"""The import of a list of people on a training's page: file, report with choices, deed."""

import re
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from assessments.imports.kept import KeptFile, find_kept, keep
from lms.cohorts.forms.roster import ColumnsForm, ConsentForm, ListForm
from lms.cohorts.imports import (
    Done,
    Plan,
    RowStatus,
    Sheet,
    plan_import,
    read_sheet,
    run_import,
    template_workbook,
)
from lms.cohorts.imports.progress import Progress
from lms.cohorts.views import CohortView
from lms.people.access import may_see_access_needs
from lms.people.models import Participant
from lms.people.scoping import SEE_ALL

_PURPOSE = "roster"
_CHOICE = re.compile(r"r\d{1,7}")
# Of each kind; more nobody reads. Importing the file once more shows the next ones to choose about.
SHOWN_ROWS = 200
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ImportView(CohortView):
    """For those who may add people and see everybody: they meet names of people who are known."""

    permissions = ("cohorts.add_enrolment", "people.add_participant", "people.view_participant", SEE_ALL)
    header_icon = "upload"


class ImportPeopleView(ImportView):
    """Choose the file."""

    template_name = "cohorts/import_people.html"
    page_title = gettext_lazy("Import participants")

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.show(form=ListForm())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = ListForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.show(form=form)
        upload = form.cleaned_data["file"]
        try:
            sheet = read_sheet(upload)
        except ValidationError as error:
            form.add_error("file", error)
            return self.show(form=form)
        # What was read is kept, not the file: it is smaller, and nobody opens a workbook twice.
        kept = keep(
            sheet.to_json(),
            name=upload.name,
            about=str(self.cohort.pk),
            owner=request.user.pk,
            purpose=_PURPOSE,
        )
        return redirect("cohort:import_report", self.cohort.pk, kept.token)


class ImportTemplateView(ImportView):
    """The workbook to fill in."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        there = Participant.objects.present().filter(
            organisation=self.cohort.organisation_id, village=self.cohort.village_id
        )
        hamlets = there.exclude(dusun="").order_by().values_list("dusun", flat=True).distinct()
        data = template_workbook(hamlets=hamlets, with_access_needs=may_see_access_needs(request.user))
        response = HttpResponse(data, content_type=_SHEET)
        response["Content-Disposition"] = 'attachment; filename="templat-peserta.xlsx"'
        response["Cache-Control"] = "no-store"
        return response


class KeptView(ImportView):
    """A view of a list that this member of staff uploaded for this training."""

    @cached_property
    def kept(self) -> KeptFile:
        kept = find_kept(self.kwargs["token"], owner=self.request.user.pk, purpose=_PURPOSE)
        if kept.about != str(self.cohort.pk):
            raise ValidationError(_("This file is not kept any more. Upload it again."), code="gone")
        return kept


class ImportReportView(KeptView):
    """What the import would do, row by row, with the choices of the organiser. Its button does it."""

    template_name = "cohorts/import_report.html"
    page_title = gettext_lazy("What the import will do")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().dispatch(request, *args, **kwargs)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return self._go_on(reverse("cohort:import_people", args=[self.cohort.pk]))

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        columns = self._columns()
        return self._report(columns, self._plan(columns), ConsentForm(cohort=self.cohort))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        columns = self._columns()
        consent = ConsentForm(request.POST, cohort=self.cohort)
        progress = Progress(self.kept)
        try:
            plan = self._plan(columns, note=progress.note)
            if consent.is_valid() and (not columns.is_bound or columns.is_valid()):
                done = run_import(plan=plan, consent=consent.consent(), user=request.user)
                return self._after(plan, done)
        except ValidationError as error:
            # Somebody else was faster: the report is made anew, and what was chosen stays.
            consent.add_error(None, error)
            plan = self._plan(columns)
        finally:
            progress.forget()
        return self._report(columns, plan, consent)

    @cached_property
    def _sheet(self) -> Sheet:
        return Sheet.from_json(self.kept.read())

    def _columns(self) -> ColumnsForm:
        sees = may_see_access_needs(self.request.user)
        return ColumnsForm(self.request.GET, sheet=self._sheet, cohort=self.cohort, sees_access_needs=sees)

    def _plan(self, columns: ColumnsForm, **more: Any) -> Plan:
        posted = self.request.POST.items()
        choices = {name: str(value) for name, value in posted if _CHOICE.fullmatch(name)}
        return plan_import(
            cohort=self.cohort, sheet=self._sheet, rules=columns.rules(), choices=choices, **more
        )

    def _report(self, columns: ColumnsForm, plan: Plan, consent: ConsentForm) -> HttpResponse:
        groups = []
        for status in RowStatus:
            rows = plan.with_status(status)
            if rows:
                groups.append(
                    {
                        "status": status,
                        "rows": rows[:SHOWN_ROWS],
                        "number": len(rows),
                        "more": max(0, len(rows) - SHOWN_ROWS),
                    }
                )
        return self.show(
            plan=plan,
            groups=groups,
            columns=columns,
            unread=[field.label for field in columns.column_fields if not field.value()],
            consent=consent,
            file_name=self.kept.name,
            query=self.request.GET.urlencode(),
            sees_access_needs=may_see_access_needs(self.request.user),
            progress_url=reverse("cohort:import_progress", args=[self.cohort.pk, self.kept.token]),
        )

    def _after(self, plan: Plan, done: Done) -> HttpResponse:
        self.kept.forget()
        text = ngettext(
            "%(number)d person was enrolled; %(added)d of them new.",
            "%(number)d people were enrolled; %(added)d of them new.",
            done.enrolled,
        )
        messages.success(self.request, text % {"number": done.enrolled, "added": done.added})
        left = len(plan.with_status(RowStatus.ASK, RowStatus.REFUSED))
        if left:
            text = ngettext(
                "%(number)d row was left out. Correct the file and upload it again: nobody is added twice.",
                "%(number)d rows were left out. Correct the file and upload it again: nobody is added twice.",
                left,
            )
            messages.warning(self.request, text % {"number": left})
        return self._go_on(self.hub_url)

    def _go_on(self, address: str) -> HttpResponse:
        """To another page; a script that waits is told where, so that it does not read that page itself."""
        if self.request.get_preferred_type(["text/html", "application/json"]) == "application/json":
            return JsonResponse({"next": address})
        return redirect(address)


class ImportProgressView(KeptView):
    """How far the import is, for the page that waits for it."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            done, of = Progress(self.kept).read()
        except ValidationError:
            done, of = 0, 0
        response = JsonResponse({"done": done, "of": of})
        response["Cache-Control"] = "no-store"
        return response
