"""The page of minutes and what is done from it: papers, number, next version, signed paper."""

import uuid
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.deliberations.checker import warnings_of
from lms.deliberations.domain import minutes as verbs
from lms.deliberations.exports.docx import paper_docx
from lms.deliberations.exports.minutes import minutes_paper
from lms.deliberations.exports.pdf import paper_pdf
from lms.deliberations.forms.minutes import FinaliseForm, ScanForm, VersionForm
from lms.deliberations.models import Minutes, Scan
from lms.deliberations.queries import known_hamlets, versions_of, whole_minutes
from lms.deliberations.rules import rules_of
from lms.deliberations.views.base import (
    DOCX,
    PDF,
    RecordView,
    file_response,
    paper_size,
    private_file,
    today_of,
)

VIEW = "deliberations.view_minutes"
FINALISE = "deliberations.finalise_minutes"


class _MinutesView(RecordView):
    model = Minutes
    space = "minutes"
    permissions = (VIEW,)
    record: Minutes

    def records(self) -> Any:
        return whole_minutes(self.request.user)

    def warnings(self) -> list[str]:
        own = self.record
        hamlets = known_hamlets(own.organisation, own.village, apart_from=own.pk)
        return warnings_of(own, hamlets=hamlets, today=today_of(own.village))

    def refuse(self, refusal: ValidationError) -> HttpResponse:
        """Back to the page, which shows how things stand."""
        messages.error(self.request, " ".join(refusal.messages))
        return redirect(self.page_url)


class MinutesPage(_MinutesView):
    """All that the minutes say, what somebody should look at, and what can be done next."""

    template_name = "deliberations/minutes.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        own = self.record
        paper = minutes_paper(own)
        return self.show(
            paper=paper,
            warnings=self.warnings() if own.is_draft else [],
            rules=rules_of(own.kind),
            versions=versions_of(own),
        )


class PdfView(_MinutesView):
    """The paper as PDF, on A4 or F4."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        paper, size = minutes_paper(self.record), paper_size(request)
        pdf = paper_pdf(paper, size, printed_on=today_of(self.record.village))
        return file_response(pdf, PDF, f"{paper.file_name}.pdf")


class DocxView(_MinutesView):
    """The same paper, to be edited in a word processor."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        paper, size = minutes_paper(self.record), paper_size(request)
        content = paper_docx(paper, size, printed_on=today_of(self.record.village))
        return file_response(content, DOCX, f"{paper.file_name}.docx")


class _AskView(_MinutesView):
    """A form about the minutes on a page of its own."""

    template_name = "deliberations/ask.html"
    intro: Any = ""
    button: Any = ""

    def ask(self, form: Any, warnings: Sequence[str] = ()) -> HttpResponse:
        return self.show(form=form, warnings=warnings, intro=self.intro, button=self.button)


class FinaliseView(_AskView):
    """Show once more what to look at, ask for the number, and lock."""

    permissions = (VIEW, FINALISE)
    page_title = gettext_lazy("Number and lock")
    intro = gettext_lazy(
        "From then on nothing changes in these minutes. If something must be corrected later, a new version "
        "says why."
    )
    button = gettext_lazy("Give the number and lock")

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        warnings = self.warnings()
        initial = {"number": verbs.suggested_number(self.record)}
        form = FinaliseForm(initial=initial, minutes=self.record, warnings=warnings)
        return self.ask(form, warnings)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        warnings = self.warnings()
        form = FinaliseForm(request.POST, minutes=self.record, warnings=warnings)
        if form.is_valid():
            number = form.cleaned_data.get("number", "")
            try:
                done = verbs.finalise_minutes(minutes=self.record, number=number, user=request.user)
            except ValidationError as refusal:
                form.add_error("number" if refusal.code == "number" else None, refusal)
            else:
                messages.success(
                    request,
                    _("%(number)s is final. Print it, let it be signed, and keep a photo of it.")
                    % {"number": done.number},
                )
                return redirect(self.page_url)
        return self.ask(form, warnings)


class VersionView(_AskView):
    """Ask for the reason, then go on with a draft of the next version."""

    permissions = (VIEW, FINALISE)
    page_title = gettext_lazy("Start a new version")
    intro = gettext_lazy(
        "A draft with the same content is made. Until it is final, the version before it holds."
    )
    button = gettext_lazy("Start the new version")

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.ask(VersionForm())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = VersionForm(request.POST)
        if not form.is_valid():
            return self.ask(form)
        try:
            draft = verbs.new_version(
                minutes=self.record, reason=form.cleaned_data["reason"], user=request.user
            )
        except ValidationError as refusal:
            return self.refuse(refusal)
        return redirect("minutes:edit", draft.pk)


class KeepScanView(_AskView):
    """Keep a photo or PDF of the signed paper."""

    permissions = (VIEW, "deliberations.change_minutes")
    page_title = gettext_lazy("Keep the signed paper")
    intro = gettext_lazy("Only staff of the organisation see it. Papers that were kept before stay.")
    button = gettext_lazy("Keep this paper")

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.ask(ScanForm())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = ScanForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.ask(form)
        try:
            verbs.keep_scan(
                minutes=self.record,
                file=form.cleaned_data["file"],
                name=form.upload_name,
                user=request.user,
            )
        except ValidationError as refusal:
            return self.refuse(refusal)
        messages.success(request, _("The signed paper is kept."))
        return redirect(self.page_url)


class ScanView(_MinutesView):
    """The signed paper, for staff of the organisation only."""

    def get(self, request: HttpRequest, pk: uuid.UUID, scan_id: uuid.UUID) -> FileResponse:
        scan = get_object_or_404(Scan, minutes=self.record, pk=scan_id)
        return private_file(scan.file, scan.content_type)
