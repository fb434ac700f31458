"""Staff screens about questions and tests, on top of Wagtail's generic views."""

import random
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import Button
from wagtail.permission_policies import ModelPermissionPolicy

from assessments.domain import remove_question
from assessments.models import Assessment
from assessments.queries import forms_are_equal, load_questions, summarise_forms
from assessments.questions.base import Question
from assessments.registry import kinds, question_in_use, template_of


def question_url(question: Question, action: str) -> str:
    """Address of a staff screen of one question; each kind has its own screens."""
    return reverse(f"questions_{question.kind}:{action}", args=[question.pk])


class CurrentVersions:
    """Lists and editors know the newest version only; older ones stay readable for their answers."""

    model: type[Question]

    def get_queryset(self) -> QuerySet[Question]:
        return self.model.objects.filter(is_current=True)


class QuestionIndexView(generic.IndexView):
    def get_base_queryset(self) -> QuerySet[Question]:
        return super().get_base_queryset().filter(is_current=True)


class QuestionEditView(CurrentVersions, generic.EditView):
    pass


class QuestionDeleteView(CurrentVersions, generic.DeleteView):
    def form_valid(self, form: Any) -> HttpResponse:
        try:
            return super().form_valid(form)
        except ValidationError as error:
            messages.error(self.request, " ".join(error.messages))
            return HttpResponseRedirect(question_url(self.object, "inspect"))

    def delete_action(self) -> None:
        remove_question(question=self.object)


class QuestionInspectView(generic.InspectView):
    """A question as participants see it (in a frame of its own), and below it the key for trainers."""

    template_name = "assessments/question_inspect.html"
    page_title = _("Question")

    def get_object(self, queryset: Any = None) -> Question:
        found = super().get_object(queryset)
        return load_questions([found.pk])[found.pk]

    def get_edit_url(self) -> str | None:
        return super().get_edit_url() if self.object.is_current else None

    def get_delete_url(self) -> str | None:
        return super().get_delete_url() if self.object.is_current else None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        question = self.object
        return super().get_context_data(
            question=question,
            key_template=template_of(question.kind, "key"),
            preview_url=question_url(question, "preview"),
            outcomes=question.outcomes.all(),
            versions=self.model.objects.filter(code=question.code).exclude(pk=question.pk),
            items=question.form_items.select_related("form__assessment"),
            in_use=question_in_use(question.pk),
            **kwargs,
        )

    def get_fields_context(self) -> list[Any]:
        return []


class QuestionPreviewView(QuestionInspectView):
    """The participant's view alone, in the participant's style sheet: no key, no note, nothing saved."""

    template_name = "assessments/question_preview.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        # Always the same drawing for the same version, so that two trainers talk about one picture.
        order = self.object.draw_order(random.Random(self.object.pk))
        return {"payload": self.object.participant_payload(order)}


class AllQuestionsPolicy(ModelPermissionPolicy):
    """Who may do anything with some kind of question may open the list; it shows those kinds only."""

    def permitted_kinds(self, user: Any, actions: set[str]) -> list[type[Question]]:
        return [
            model
            for model in kinds().values()
            if ModelPermissionPolicy(model).user_has_any_permission(user, actions)
        ]

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return bool(self.permitted_kinds(user, set(actions)))

    def user_has_permission(self, user: Any, action: str) -> bool:
        return bool(self.permitted_kinds(user, {action}))


LOOKING = {"add", "change", "delete", "view"}
ALL_QUESTIONS_POLICY = AllQuestionsPolicy(Question)


class AllQuestionsView(generic.IndexView):
    """One list of all kinds. The screens behind it belong to each kind."""

    permission_policy = ALL_QUESTIONS_POLICY

    def get_base_queryset(self) -> QuerySet[Question]:
        seen = ALL_QUESTIONS_POLICY.permitted_kinds(self.request.user, LOOKING)
        return Question.objects.instance_of(*seen).filter(is_current=True)

    def get_inspect_url(self, instance: Question) -> str:
        return question_url(instance, "inspect")

    def get_edit_url(self, instance: Question) -> str:
        return question_url(instance, "inspect")

    def get_list_buttons(self, instance: Question) -> list[Any]:
        return []

    def get_add_url(self) -> None:
        return None

    @cached_property
    def columns(self) -> list[Column]:
        return [*super().columns, Column("kind_label", label=_("Kind"))]

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        addable = ALL_QUESTIONS_POLICY.permitted_kinds(self.request.user, {"add"})
        adding = [
            Button(
                _("Add: %(kind)s") % {"kind": model.kind_label},
                url=reverse(f"questions_{model.kind}:add"),
                icon_name="plus",
            )
            for model in addable
        ]
        return [*super().header_more_buttons, *adding]


class AssessmentInspectView(generic.InspectView):
    """A test with its forms side by side: questions in order, points in all and for each outcome."""

    template_name = "assessments/assessment_inspect.html"
    page_title = _("Test")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        assessment: Assessment = self.object
        summaries = summarise_forms(assessment)
        codes = sorted({code for summary in summaries for code in summary.by_outcome})
        return super().get_context_data(
            summaries=[
                {
                    "summary": summary,
                    "questions": [
                        (question, question_url(question, "inspect")) for question in summary.questions
                    ],
                    "edit_url": self._edit_url_of_form(summary.form.pk),
                }
                for summary in summaries
            ],
            outcome_rows=[
                (code, [summary.by_outcome.get(code, 0) for summary in summaries]) for code in codes
            ],
            totals=[summary.total for summary in summaries],
            equal=forms_are_equal(summaries),
            **kwargs,
        )

    def get_fields_context(self) -> list[Any]:
        return []

    def _edit_url_of_form(self, pk: int) -> str | None:
        if self.request.user.has_perm("assessments.change_assessmentform"):
            return reverse("assessment_forms:edit", args=[pk])
        return None


class FormEditView(generic.EditView):
    def get_success_url(self) -> str:
        return reverse("assessments:inspect", args=[self.object.assessment_id])
