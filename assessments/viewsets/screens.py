"""Staff screens of one question, on top of Wagtail's views of snippets."""

import random
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.utils import get_user_display_name
from wagtail.admin.widgets.button import Button
from wagtail.models import WorkflowState
from wagtail.snippets.views import snippets

from assessments.datasets.content import sources_of
from assessments.domain import remove_question, stale_version
from assessments.models import FormItem
from assessments.queries import load_questions
from assessments.questions.base import Question
from assessments.registry import correction_url, question_in_use, template_of, usage_counts
from assessments.viewsets.standing import describe_rows


def question_url(question: Question, action: str) -> str:
    """Address of a staff screen of one question; each kind has its own screens."""
    return reverse(f"questions_{question.kind}:{action}", args=[question.pk])


def newest_version(question: Question) -> Question:
    newest: Question = Question.objects.get(code=question.code, is_current=True)
    return newest


class PublishesVersions:
    """Publishing may make the next version: the screen goes on with that one and says what happened."""

    request: Any
    object: Question

    def publish_action(self) -> HttpResponse | None:
        edited = self.object
        try:
            response = super().publish_action()  # type: ignore[misc]
        except ValidationError as error:
            messages.error(self.request, " ".join(error.messages))
            return HttpResponseRedirect(question_url(edited, "inspect"))
        newest = newest_version(edited)
        if newest.pk != edited.pk:
            self.object = newest
            self._tell_about(newest)
        return response

    def _tell_about(self, newest: Question) -> None:
        said = _(
            "People had answered this question, so your change is version %(number)d. "
            "Their answers stay as they were."
        )
        messages.info(self.request, said % {"number": newest.version})
        link = correction_url(newest) if newest.corrects_id else None
        if link:
            text = _("The right answer changed. See whose points would change; nothing is counted anew yet.")
            messages.warning(self.request, text, buttons=[messages.button(link, _("See the points"))])


class QuestionCreateView(PublishesVersions, snippets.CreateView):
    pass


class QuestionEditView(PublishesVersions, snippets.EditView):
    """The editor of the newest version. Whoever comes with an older one is led on, and loses nothing."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.object.is_current:
            self._tell_why_returned()
            return super().get(request, *args, **kwargs)
        return HttpResponseRedirect(question_url(newest_version(self.object), "edit"))

    def _tell_why_returned(self) -> None:
        """Wagtail keeps the comment of who returned a draft two clicks away from its author."""
        state = self.workflow_state
        if state is None or state.status != WorkflowState.STATUS_NEEDS_CHANGES:
            return
        returned = state.current_task_state
        said = _("%(who)s returned this question. Change it, then submit it again.") % {
            "who": get_user_display_name(returned.finished_by) or _("Somebody")
        }
        comment = _("Comment: %(comment)s") % {"comment": returned.comment} if returned.comment else ""
        messages.warning(self.request, f"{said} {comment}".strip())

    def get_success_message(self, instance: Any = None) -> str:
        """Wagtail calls a decision "updated"; who decides wants to read what became of the question."""
        decided = {
            "approve": _("%(question)s is approved and published."),
            "reject": _("%(question)s went back to its author."),
        }
        if self.action == "workflow-action" and self.workflow_action in decided:
            return decided[self.workflow_action] % {"question": self.object.code}
        message: str = super().get_success_message(instance)
        return message

    def is_valid(self, form: Any) -> bool:
        if not self.object.is_current:
            self.produced_error_message = str(stale_version().messages[0])
            return False
        return super().is_valid(form)

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        look = Button(
            _("Key and use"), url=question_url(self.object, "inspect"), icon_name="view", priority=5
        )
        return [look, *super().header_more_buttons]


class QuestionDeleteView(snippets.DeleteView):
    def get_queryset(self) -> QuerySet[Question]:
        return self.model.objects.filter(is_current=True)

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            return super().form_valid(form)
        except ValidationError as error:
            messages.error(self.request, " ".join(error.messages))
            return HttpResponseRedirect(question_url(self.object, "inspect"))

    def delete_action(self) -> None:
        remove_question(question=self.object)


class QuestionInspectView(snippets.InspectView):
    """A question as participants see it (in a frame of its own), and below it the key for trainers."""

    template_name = "assessments/question_inspect.html"
    page_title = gettext_lazy("Question")

    def get_object(self, queryset: Any = None) -> Question:
        found = super().get_object(queryset)
        return load_questions([found.pk])[found.pk]

    def get_edit_url(self) -> str | None:
        return super().get_edit_url() if self.object.is_current else None

    def get_delete_url(self) -> str | None:
        return super().get_delete_url() if self.object.is_current else None

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        question = self.object
        buttons = [
            *super().header_more_buttons,
            Button(_("History"), question_url(question, "history"), icon_name="history", priority=30),
        ]
        if question.is_current and self.user_has_permission("add"):
            buttons.append(Button(_("Copy"), question_url(question, "copy"), icon_name="copy", priority=12))
        if question.is_current and self.user_has_permission("change"):
            retired = question.retired_at is not None
            words, action = (_("Bring back"), "bring_back") if retired else (_("Retire"), "retire")
            address = question_url(question, action)
            buttons.append(Button(words, address, icon_name="undo" if retired else "lock", priority=15))
        return buttons

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        question = self.object
        versions = self.model.objects.filter(code=question.code).order_by("-version")
        versions = versions.select_related("corrects")
        shown = usage_counts([version.pk for version in versions])
        items = FormItem.objects.filter(question__code=question.code).select_related("form__assessment")
        places = items.select_related("question").order_by("form__assessment__code", "form__letter")
        describe_rows([question])
        return super().get_context_data(
            question=question,
            key_template=template_of(question.kind, "key"),
            preview_url=question_url(question, "preview"),
            outcomes=question.outcomes.all(),
            sources=sources_of(question),
            versions=[
                {
                    "version": version,
                    "shown": shown.get(version.pk, 0),
                    "url": question_url(version, "inspect"),
                    "compare_url": question_url(version, "versions") if version.version > 1 else "",
                    "regrade_url": correction_url(version) if version.corrects_id else None,
                }
                for version in versions
            ],
            items=places,
            in_use=question_in_use(question.pk),
            **kwargs,
        )

    def get_fields_context(self) -> list[Any]:
        return []


class QuestionFrameView(QuestionInspectView):
    """The participant's view alone, in the participant's style sheet: no key, no note, nothing saved."""

    template_name = "assessments/question_preview.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        # Always the same drawing for the same version, so that two trainers talk about one picture.
        order = self.object.draw_order(random.Random(self.object.pk))
        return {"payload": self.object.participant_payload(order)}
