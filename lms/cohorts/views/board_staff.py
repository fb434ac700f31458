"""The findings board as staff keep it, in Wagtail's admin: type cards, put in order, merge, close, print."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.cohorts.domain import findings
from lms.cohorts.forms.board import CardForm, EditForm, MergeForm
from lms.cohorts.models import Finding
from lms.cohorts.queries.board import board
from lms.cohorts.views import CohortView

# What the next card most likely has in common with the last.
_KEPT = ("topic", "source", "group")


class _BoardView(CohortView):
    header_icon = "comment"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        items = super().get_breadcrumbs_items()
        if isinstance(self, BoardView):
            return items
        return [*items[:-1], {"url": self.board_url, "label": _("Findings board")}, items[-1]]

    @property
    def board_url(self) -> str:
        return reverse("cohort:board", args=[self.cohort.pk])

    def show(self, **context: Any) -> HttpResponse:
        return super().show(board_url=self.board_url, **context)

    def _finding(self) -> Finding:
        own = Finding.objects.filter(cohort=self.cohort).select_related("cohort__village", "cohort__course")
        return get_object_or_404(own, pk=self.kwargs["finding_id"])


class BoardView(_BoardView):
    """Every finding by topic. A handful of queries whatever their number."""

    permissions = ("cohorts.view_finding",)
    template_name = "cohorts/board_staff.html"
    page_title = gettext_lazy("Findings board")

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.show(topics=board(self.cohort))


class PrintView(_BoardView):
    """The same on A4, to hang up: without names of people."""

    permissions = ("cohorts.view_finding",)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        context = {"cohort": self.cohort, "topics": board(self.cohort), "board_url": self.board_url}
        return render(request, "cohorts/board_print.html", context)


class AddCardView(_BoardView):
    """Type one card after another: topic, source and group stay for the next."""

    permissions = ("cohorts.add_finding", "cohorts.view_finding")
    template_name = "cohorts/board_form.html"
    page_title = gettext_lazy("Type cards")

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        kept = {name: request.GET[name] for name in _KEPT if name in request.GET}
        return self.show(form=CardForm(cohort=self.cohort, initial={"id": uuid.uuid4(), **kept}))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = CardForm(request.POST, request.FILES, cohort=self.cohort)
        if not form.is_valid():
            return self.show(form=form)
        data = form.cleaned_data
        try:
            finding = findings.add_card(
                cohort=self.cohort,
                finding_id=data["id"],
                fields=form.finding_fields(),
                photo=data["photo"],
                user=request.user,
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
            return self.show(form=form)
        messages.success(request, _("%(code)s is on the board.") % {"code": finding.code})
        if "another" not in request.POST:
            return redirect(self.board_url)
        return redirect(
            reverse(
                "cohort:board_add",
                args=[self.cohort.pk],
                query={name: data[name] for name in _KEPT if data[name]},
            )
        )


class EditFindingView(_BoardView):
    """Words, topic, dusun, legal basis, lesson and photo of one finding."""

    permissions = ("cohorts.change_finding", "cohorts.view_finding")
    template_name = "cohorts/board_form.html"
    page_title = gettext_lazy("Change the finding")

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        finding = self._finding()
        return self.show(form=EditForm(finding=finding), finding=finding)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        finding = self._finding()
        form = EditForm(request.POST, request.FILES, finding=finding)
        if not form.is_valid():
            return self.show(form=form, finding=finding)
        findings.edit_finding(
            finding=finding,
            fields=form.finding_fields(),
            photo=form.cleaned_data["photo"],
            user=request.user,
        )
        messages.success(request, _("%(code)s is saved.") % {"code": finding.code})
        return redirect(self.board_url)


class MergeView(_BoardView):
    """Choose the finding that says the same and stays."""

    permissions = ("cohorts.change_finding", "cohorts.view_finding")
    template_name = "cohorts/board_merge.html"
    page_title = gettext_lazy("Merge with another finding")

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        finding = self._finding()
        return self.show(form=MergeForm(finding=finding), finding=finding)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        finding = self._finding()
        form = MergeForm(request.POST, finding=finding)
        if not form.is_valid():
            return self.show(form=form, finding=finding)
        target = form.cleaned_data["target"]
        try:
            findings.merge_findings(target=target, others=[finding], user=request.user)
        except ValidationError as refusal:
            form.add_error("target", refusal)
            return self.show(form=form, finding=finding)
        messages.success(
            request,
            _("%(code)s is now shown within %(target)s.") % {"code": finding.code, "target": target.code},
        )
        return redirect(self.board_url)


class StateView(_BoardView):
    """Close, reopen or split one finding; each can be undone, so nothing is asked first."""

    permissions = ("cohorts.change_finding", "cohorts.view_finding")
    _verbs = {
        "close": (findings.close_finding, gettext_lazy("%(code)s is closed.")),
        "reopen": (findings.reopen_finding, gettext_lazy("%(code)s is open again.")),
        "split": (findings.split_finding, gettext_lazy("%(code)s stands by itself again.")),
    }

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        finding = self._finding()
        verb, done = self._verbs.get(request.POST.get("do", ""), (None, ""))
        if verb is None:
            raise Http404
        try:
            verb(finding=finding, user=request.user)
        except ValidationError as refusal:
            messages.error(request, refusal.messages[0])
        else:
            messages.success(request, done % {"code": finding.code})
        return redirect(self.board_url)


class PhotoView(_BoardView):
    """The photo of the cards, for staff of the training only."""

    permissions = ("cohorts.view_finding",)

    def get(self, request: HttpRequest, **kwargs: Any) -> FileResponse:
        photo = self._finding().photo
        if not photo or not photo.storage.exists(photo.name):
            raise Http404
        response = FileResponse(photo.open("rb"), content_type="image/jpeg", filename="temuan.jpg")
        response["X-Content-Type-Options"] = "nosniff"
        response["Content-Security-Policy"] = "default-src 'none'; sandbox"
        response["Cache-Control"] = "no-store, private"
        return response
