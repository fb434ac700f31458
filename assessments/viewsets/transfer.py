"""Questions from files and as files: upload, report, confirm; the template; download."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView, TemplateView, View
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.viewsets.base import ViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from assessments.exports import FORMATS, export_questions, template_workbook
from assessments.imports import ImportPlan, plan_import, run_import
from assessments.imports.kept import KeptFile, find_kept, keep
from assessments.imports.plan import clean_bank
from assessments.imports.reading import MAX_BYTES, read_bytes, too_large
from assessments.models import Assessment
from assessments.questions.base import DEFAULT_BANK, Question
from assessments.viewsets.lists import ALL_QUESTIONS_POLICY

WRITING = {"add", "change"}
# More rows than a person reads; the numbers above them are of all.
SHOWN_ROWS = 500
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def kinds_that(user: Any, *actions: str) -> set[str]:
    """The kinds of question with which somebody may do one of these things."""
    return {model.kind for model in ALL_QUESTIONS_POLICY.permitted_kinds(user, set(actions))}


def publishable_kinds(user: Any) -> set[str]:
    models = ALL_QUESTIONS_POLICY.permitted_kinds(user, {"add"})
    return {
        model.kind for model in models if ModelPermissionPolicy(model).user_has_permission(user, "publish")
    }


class UploadForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("Our Excel template, Moodle XML, GIFT or Aiken. At most 5 MB."),
    )
    bank = forms.CharField(
        label=gettext_lazy("Question bank"),
        max_length=40,
        initial=DEFAULT_BANK,
        help_text=gettext_lazy(
            "The collection that these questions will belong to. A new name makes a new one."
        ),
    )

    def clean_file(self) -> Any:
        if self.cleaned_data["file"].size > MAX_BYTES:
            raise too_large()
        return self.cleaned_data["file"]

    def clean_bank(self) -> str:
        return clean_bank(self.cleaned_data["bank"])


class TransferView(PermissionCheckedMixin, WagtailAdminTemplateMixin):
    """For those who may add questions of some kind."""

    permission_policy = ALL_QUESTIONS_POLICY
    permission_required = "add"
    header_icon = "upload"
    _show_breadcrumbs = True

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("questions_all:index"), "label": _("All questions")},
            {"url": "", "label": self.get_page_title()},
        ]


class UploadView(TransferView, FormView):
    form_class = UploadForm
    template_name = "assessments/transfer/upload.html"
    page_title = gettext_lazy("Import questions")

    def form_valid(self, form: Any) -> HttpResponse:
        upload, bank = form.cleaned_data["file"], form.cleaned_data["bank"]
        try:
            data = read_bytes(upload)
            _plan(data, upload.name, bank, self.request.user)
        except ValidationError as error:
            form.add_error("file", error)
            return self.form_invalid(form)
        kept = keep(data, name=upload.name, about=bank, owner=self.request.user.pk)
        return redirect("questions_transfer:report", token=kept.token)


def _plan(data: bytes, name: str, bank: str, user: Any) -> ImportPlan:
    return plan_import(file=data, name=name, bank=bank, allowed=kinds_that(user, "add"))


class ReportView(TransferView, TemplateView):
    """What an import would do, row by row. Only the button at its end saves anything."""

    template_name = "assessments/transfer/report.html"
    page_title = gettext_lazy("What the import will do")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().dispatch(request, *args, **kwargs)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect("questions_transfer:index")

    @cached_property
    def kept(self) -> KeptFile:
        return find_kept(self.kwargs["token"], owner=self.request.user.pk)

    @cached_property
    def plan(self) -> ImportPlan:
        return _plan(self.kept.read(), self.kept.name, self.kept.about, self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        publishable = publishable_kinds(self.request.user)
        return super().get_context_data(
            plan=self.plan,
            rows=self.plan.rows[:SHOWN_ROWS],
            more=max(0, len(self.plan.rows) - SHOWN_ROWS),
            drafts=sum(row.kind not in publishable for row in self.plan.to_take),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        saved = run_import(plan=self.plan, user=request.user, publishable=publishable_kinds(request.user))
        self.kept.forget()
        number = len(saved)
        messages.success(
            request,
            ngettext("%(number)d question was saved.", "%(number)d questions were saved.", number)
            % {"number": number},
        )
        return HttpResponseRedirect(f"{reverse('questions_all:index')}?bank={self.plan.bank}")


class TemplateDownloadView(PermissionCheckedMixin, View):
    permission_policy = ALL_QUESTIONS_POLICY
    permission_required = "add"

    def get(self, request: HttpRequest) -> HttpResponse:
        return _download(template_workbook(), "templat-soal.xlsx", _SHEET)


class ExportForm(forms.Form):
    format = forms.ChoiceField(label=gettext_lazy("Format"), widget=forms.RadioSelect)
    bank = forms.ChoiceField(label=gettext_lazy("Question bank"), required=False)
    assessment = forms.ModelChoiceField(
        label=gettext_lazy("Only questions of this test"), queryset=Assessment.objects.all(), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["format"].choices = [(name, entry[0]) for name, entry in FORMATS.items()]  # type: ignore[attr-defined]
        banks = Question.objects.non_polymorphic().order_by("bank").values_list("bank", flat=True).distinct()
        self.fields["bank"].choices = [("", _("All question banks")), *((name, name) for name in banks)]  # type: ignore[attr-defined]


class ExportView(TransferView, TemplateView):
    """Choose, see what the format cannot hold, download."""

    permission_required = None
    any_permission_required = sorted(WRITING)
    template_name = "assessments/transfer/export.html"
    page_title = gettext_lazy("Export questions")
    header_icon = "download"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = ExportForm(request.GET if "format" in request.GET else None, initial={"format": "xlsx"})
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        ids = self._ids(form.cleaned_data)
        bank = form.cleaned_data["bank"] or DEFAULT_BANK
        export = export_questions(ids=ids, format=form.cleaned_data["format"], name=f"soal-{bank}")
        if "download" in request.GET:
            return _download(export.data, export.name, export.content_type)
        query = request.GET.copy()
        query["download"] = "1"
        return self.render_to_response(
            self.get_context_data(form=form, export=export, download=query.urlencode())
        )

    def _ids(self, chosen: dict[str, Any]) -> list[int]:
        allowed = ALL_QUESTIONS_POLICY.permitted_kinds(self.request.user, WRITING)
        questions = Question.objects.instance_of(*allowed)
        if chosen["assessment"]:
            # A form may keep an older version: that is the one that people get.
            questions = questions.filter(forms__assessment=chosen["assessment"])
        else:
            questions = questions.filter(is_current=True)
        if chosen["bank"]:
            questions = questions.filter(bank=chosen["bank"])
        return list(questions.values_list("pk", flat=True).distinct())


def _download(data: bytes, name: str, content_type: str) -> HttpResponse:
    response = HttpResponse(data, content_type=content_type)
    safe = "".join(sign if sign.isascii() and (sign.isalnum() or sign in "-_.") else "-" for sign in name)
    response["Content-Disposition"] = f'attachment; filename="{safe}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response


class TransferMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return ALL_QUESTIONS_POLICY.user_has_any_permission(request.user, WRITING)


class TransferViewSet(ViewSet):
    name = "questions_transfer"
    url_prefix = "question-files"
    icon = "upload"
    menu_label = gettext_lazy("Import and export")
    menu_order = 2
    menu_item_class = TransferMenuItem

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", UploadView.as_view(), name="index"),
            path("report/<str:token>/", ReportView.as_view(), name="report"),
            path("template/", TemplateDownloadView.as_view(), name="template"),
            path("export/", ExportView.as_view(), name="export"),
        ]
