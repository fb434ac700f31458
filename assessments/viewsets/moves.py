"""What is done with a question as a whole: copied, retired, brought back, approved."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views import snippets

from assessments.domain import bring_back_question, copy_question, retire_question
from assessments.questions.base import Question
from assessments.viewsets.screens import question_url


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=300,
        help_text=gettext_lazy("It is kept in the history of the question."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class MoveView(PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView):
    """One page that says what will happen, and does it."""

    # Set by the viewset.
    model: Any = None
    template_name = "assessments/question_move.html"
    header_icon = "help"
    form_class = ReasonForm
    explanation: Any = ""
    button: Any = ""
    done: Any = ""

    @cached_property
    def object(self) -> Question:
        return get_object_or_404(self.model.objects.filter(is_current=True), pk=self.kwargs["pk"])

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        # Nobody may move, and so read, what they may not see.
        if not self.user_has_any_permission({"view", "change"}):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return str(self.object)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        # Wagtail shows the last of them as the title.
        title = f"{self.get_page_title()}: {self.object}"
        return [*self.breadcrumbs_items, {"url": "", "label": title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            question=self.object,
            explanation=self.explanation,
            button=self.button,
            back=question_url(self.object, "inspect"),
            **kwargs,
        )

    def form_valid(self, form: Any) -> HttpResponse:
        moved = self.move(form)
        messages.success(self.request, self.done % {"code": moved.code})
        return HttpResponseRedirect(question_url(moved, self.next_screen))

    next_screen = "inspect"

    def move(self, form: Any) -> Question:
        raise NotImplementedError


class CopyView(MoveView):
    permission_required = "add"
    page_title = gettext_lazy("Copy")
    form_class = forms.Form
    explanation = gettext_lazy(
        "The copy is a new question with a code of its own. It is a draft: no test uses it before it is "
        "published."
    )
    button = gettext_lazy("Copy")
    done = gettext_lazy("This is the copy, %(code)s. You can still change its code.")

    @property
    def next_screen(self) -> str:  # type: ignore[override]
        return "edit" if self.user_has_permission("change") else "inspect"

    def move(self, form: Any) -> Question:
        return copy_question(question=self.object, user=self.request.user)


class RetireView(MoveView):
    permission_required = "change"
    page_title = gettext_lazy("Retire")
    explanation = gettext_lazy(
        "A retired question is not offered for new tests and is left out of lists. Tests that have it keep "
        "it, and so do the answers. You can bring it back."
    )
    button = gettext_lazy("Retire")
    done = gettext_lazy("%(code)s is retired.")

    def move(self, form: Any) -> Question:
        retire_question(question=self.object, user=self.request.user, reason=form.cleaned_data["reason"])
        return self.object


class BringBackView(MoveView):
    permission_required = "change"
    page_title = gettext_lazy("Bring back")
    explanation = gettext_lazy("The question is offered for new tests again.")
    button = gettext_lazy("Bring back")
    done = gettext_lazy("%(code)s is back in use.")

    def move(self, form: Any) -> Question:
        bring_back_question(question=self.object, user=self.request.user, reason=form.cleaned_data["reason"])
        return self.object


class OnlyForAuthors:
    """Wagtail's views of approval name the question before they ask who looks."""

    request: HttpRequest
    object: Question
    model: type[Question]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not ModelPermissionPolicy(self.model).user_has_any_permission(request.user, {"view", "change"}):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


class TellsRefusals(OnlyForAuthors):
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Approval publishes; what the draft still lacks is told, and the draft waits on."""
        try:
            return super().post(request, *args, **kwargs)  # type: ignore[misc]
        except ValidationError as error:
            said = _("The question was not published: %(why)s") % {"why": " ".join(error.messages)}
            messages.error(request, said)
            return HttpResponseRedirect(question_url(self.object, "edit"))


class ApprovalView(TellsRefusals, snippets.WorkflowActionView):
    pass


class ApprovalDataView(TellsRefusals, snippets.CollectWorkflowActionDataView):
    pass


class CancelApprovalView(OnlyForAuthors, snippets.ConfirmWorkflowCancellationView):
    pass


class ApprovalPreviewView(OnlyForAuthors, snippets.WorkflowPreviewView):
    pass
