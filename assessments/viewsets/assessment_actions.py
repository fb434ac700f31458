"""What is done with one assessment from its page: publishing, the parallel form, previews of whole forms."""

from typing import Any, ClassVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from assessments.blueprints import copy_form, publish_assessment, unpublish_assessment
from assessments.checker import check_assessment
from assessments.models import Assessment, AssessmentForm
from assessments.viewsets.form_sheets import findings_context, may_see_questions, page_of, sheet_of


class AssessmentView(WagtailAdminTemplateMixin, View):
    """A view of one assessment for staff with the ``permissions``, all of them."""

    permissions: ClassVar[tuple[str, ...]] = ("assessments.change_assessment",)
    header_icon = "clipboard-list"
    assessment: Assessment

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perms(self.permissions):
            raise PermissionDenied
        self.assessment = get_object_or_404(Assessment, pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("assessments:index"), "label": _("Tests and surveys")},
            {"url": page_of(self.assessment.pk), "label": str(self.assessment.label)},
            {"url": "", "label": self.get_page_title()},
        ]


class PublishView(AssessmentView):
    """The last look before trainings can choose it: what the checker says, and a tick if it warns."""

    template_name = "assessments/assessment_publish.html"
    page_title = gettext_lazy("Publish")

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self._show()

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            publish_assessment(
                assessment=self.assessment,
                user=request.user,
                acknowledged="acknowledged" in request.POST,
                state=request.POST.get("state", ""),
            )
        except ValidationError as refusal:
            return self._show(problem=" ".join(refusal.messages))
        messages.success(request, _("Published. Trainings can choose it now."))
        return redirect(page_of(self.assessment.pk))

    def _show(self, problem: str = "") -> HttpResponse:
        context = self.get_context_data(
            assessment=self.assessment,
            page_url=page_of(self.assessment.pk),
            problem=problem,
            **findings_context(check_assessment(self.assessment)),
        )
        return self.render_to_response(context)


class UnpublishView(AssessmentView):
    """Sent from the page of the assessment."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            unpublish_assessment(assessment=self.assessment, user=request.user)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
        else:
            messages.success(request, _("Trainings can no longer choose it."))
        return redirect(page_of(self.assessment.pk))


class CopyFormView(AssessmentView):
    """Sent from the page of the assessment: fills the parallel form from the one there is."""

    permissions = ("assessments.change_assessment", "assessments.change_assessmentform")
    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        source = get_object_or_404(self.assessment.forms, letter=request.POST.get("from"))
        try:
            made = copy_form(source=source, user=request.user)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
        else:
            said = _("Form %(form)s is there. Look whether each question has the twin that you mean.")
            messages.success(request, said % {"form": made.letter})
        return redirect(page_of(self.assessment.pk))


class FormPreviewView(AssessmentView):
    """A whole form as participants see it, in their style sheet: no key, nothing saved."""

    permissions = ("assessments.view_assessment",)
    with_key = False

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form: AssessmentForm = get_object_or_404(self.assessment.forms, letter=kwargs["letter"])
        form.assessment = self.assessment
        sheet = sheet_of(form, with_key=self.with_key)
        if not may_see_questions(request.user, sheet.questions):
            raise PermissionDenied
        context = {"assessment": self.assessment, "form": form, "sheet": sheet, "with_key": self.with_key}
        return render(request, "assessments/form_preview.html", context)


class FormKeyView(FormPreviewView):
    """The same with the key below each question, for trainers."""

    with_key = True
