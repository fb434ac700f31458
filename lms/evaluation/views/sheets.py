"""A file of scores, evaluated on the spot. Nothing of it is kept: the page carries its report, signed."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.log_actions import log

from lms.evaluation.exports.sheets import sheet_csv, sheet_json, sheet_pdf
from lms.evaluation.forms import FORMATS, DownloadForm, SheetForm, signed_report
from lms.evaluation.imports import read_scores
from lms.evaluation.reports.sheets import evaluate_sheet, published
from lms.evaluation.reports.sheets.doubts import doubt_line
from lms.evaluation.reports.sheets.page import page_parts
from lms.evaluation.views.results import MAY_EXPORT, cohort_policy
from lms.people.models import Organisation

EVALUATE_ACTION = "evaluation.evaluate_file"
_TYPES = {"pdf": "application/pdf", "csv": "text/csv; charset=utf-8", "json": "application/json"}
_NAME = "evaluasi"


class EvaluateFileView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """Choose a file, read its report. For organisers, like what is taken out of the house."""

    template_name = "evaluation/sheet.html"
    page_title = gettext_lazy("Evaluate a file")
    header_icon = "table"
    permission_policy = cohort_policy
    permission_required = MAY_EXPORT

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._show(form=SheetForm())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = SheetForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._show(form=form)
        try:
            report = _evaluated(form.cleaned_data)
        except ValidationError as refusal:
            form.add_error({"group": "group", "key": "key"}.get(refusal.code or "", "file"), refusal)
            return self._show(form=form)
        note_use(request.user, report, kind="page")
        return self._report(report, title=form.cleaned_data["title"])

    def _report(self, report: dict[str, Any], *, title: str) -> HttpResponse:
        shown = published(report)
        parts = page_parts(shown)
        # What stands in doubtful cells is shown to whoever sent the file, and goes nowhere else.
        parts["doubts"] = [doubt_line(doubt) for doubt in report["doubts"]]
        token = signed_report(shown, title=title, owner=self.request.user.pk)
        return self._show(**parts, title=title, token=token, formats=FORMATS, as_of=timezone.localdate())

    def _show(self, **context: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(**context))


class DownloadReportView(PermissionCheckedMixin, View):
    """The report that the page carries, as PDF, CSV or JSON."""

    permission_policy = cohort_policy
    permission_required = MAY_EXPORT

    def post(self, request: HttpRequest) -> HttpResponse:
        form = DownloadForm(request.POST, owner=request.user.pk)
        if not form.is_valid():
            told = [str(error) for errors in form.errors.values() for error in errors]
            messages.error(request, " ".join(dict.fromkeys(told)))
            return redirect("evaluate_file:index")
        said, kind = form.cleaned_data["report"], form.cleaned_data["format"]
        response = HttpResponse(_written(said, kind, issuer=_issuer(request.user)), content_type=_TYPES[kind])
        response["Content-Disposition"] = f'attachment; filename="{_NAME}-{_version(said)}.{kind}"'
        note_use(request.user, said["report"], kind=kind)
        return response


def note_use(user: Any, report: dict[str, Any], *, kind: str) -> None:
    """Write to the log that a file was evaluated: what kind and how many, nothing of anybody."""
    about = _organisation(user) or user
    file = report["file"]
    data = {"format": kind, "shape": file["shape"], "people": file["people"], "version": file["data_version"]}
    log(instance=about, action=EVALUATE_ACTION, user=user, data=data, title=_NAME)


def _evaluated(said: dict[str, Any]) -> dict[str, Any]:
    sheet = read_scores(said["file"], key=said["key"], max_points=said["max_points"], group=said["group"])
    return evaluate_sheet(sheet)


def _written(said: dict[str, Any], kind: str, *, issuer: str) -> str | bytes:
    report = said["report"]
    if kind == "pdf":
        return sheet_pdf(report, title=said["title"], issuer=issuer)
    return sheet_csv(report) if kind == "csv" else sheet_json(report)


def _version(said: dict[str, Any]) -> str:
    return str(said["report"]["file"]["data_version"])


def _organisation(user: Any) -> Organisation | None:
    return Organisation.objects.filter(memberships__user=user).order_by("pk").first()


def _issuer(user: Any) -> str:
    organisation = _organisation(user)
    return organisation.name if organisation else ""
