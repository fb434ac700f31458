"""The signed daftar hadir: send its pages, look at them, take one away."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lms.cohorts.domain.attendance_sheets import attach_sheets, remove_sheet
from lms.cohorts.forms.meetings import PagesForm, RemovePageForm
from lms.cohorts.models import SignedSheet
from lms.cohorts.views.meetings import OneMeetingView

_VIEW = "cohorts.view_signedsheet"


class SheetsView(OneMeetingView):
    """All pages of a meeting, those removed with the reason, and the form for more."""

    permissions = (_VIEW,)
    template_name = "cohorts/sheets.html"
    page_title = gettext_lazy("Signed daftar hadir")

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self._show(PagesForm())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm("cohorts.add_signedsheet"):
            raise PermissionDenied
        form = PagesForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._show(form, status=400)
        try:
            kept = attach_sheets(meeting=self.meeting, pages=form.cleaned_data["pages"], user=request.user)
        except ValidationError as refusal:
            form.add_error("pages", refusal)
            return self._show(form, status=400)
        words = ngettext("%(number)d page is kept.", "%(number)d pages are kept.", len(kept))
        messages.success(request, words % {"number": len(kept)})
        return redirect("cohort:meeting_sheets", self.cohort.pk, self.meeting.pk)

    def _show(self, form: PagesForm, *, status: int = 200) -> HttpResponse:
        pages = SignedSheet.objects.filter(meeting=self.meeting).select_related("uploaded_by", "removed_by")
        return self.show(
            form=form,
            status=status,
            sheets=[page for page in pages if page.removed_at is None],
            removed=[page for page in pages if page.removed_at is not None],
        )


class _OneSheetView(OneMeetingView):
    def _sheet(self) -> SignedSheet:
        sheet = get_object_or_404(SignedSheet, pk=self.kwargs["sheet"], meeting=self.meeting, removed_at=None)
        sheet.meeting = self.meeting
        return sheet


class SheetFileView(_OneSheetView):
    """The file of a page, for staff of the training only."""

    permissions = (_VIEW,)

    def get(self, request: HttpRequest, **kwargs: Any) -> FileResponse:
        sheet = self._sheet()
        if not sheet.file or not sheet.file.storage.exists(sheet.file.name):
            raise Http404
        name = f"daftar-hadir{'.pdf' if sheet.content_type == 'application/pdf' else '.jpg'}"
        response = FileResponse(sheet.file.open("rb"), content_type=sheet.content_type, filename=name)
        response["X-Content-Type-Options"] = "nosniff"
        response["Content-Security-Policy"] = "default-src 'none'; sandbox"
        response["Cache-Control"] = "no-store, private"
        return response


class RemoveSheetView(_OneSheetView):
    """Take a page away, with the reason."""

    permissions = ("cohorts.delete_signedsheet", _VIEW)
    template_name = "cohorts/sheet_remove.html"
    page_title = gettext_lazy("Remove a page")

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.show(form=RemovePageForm(), sheet=self._sheet())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        sheet = self._sheet()
        form = RemovePageForm(request.POST)
        if not form.is_valid():
            return self.show(form=form, sheet=sheet, status=400)
        try:
            remove_sheet(sheet=sheet, reason=form.cleaned_data["reason"], user=request.user)
        except ValidationError as refusal:
            form.add_error("reason", refusal)
            return self.show(form=form, sheet=sheet, status=400)
        messages.success(request, _("The page is removed; who did it, when and why stays."))
        return redirect("cohort:meeting_sheets", self.cohort.pk, self.meeting.pk)
