"""What assessments add to Wagtail: the menu of authors, their log, and what they may not do."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.snippets.action_menu import UnpublishMenuItem
from wagtail.snippets.bulk_actions.delete import DeleteBulkAction
from wagtail.snippets.models import register_snippet

from assessments.citing import register_citing
from assessments.imports.register import LOADED
from assessments.models import LegalBasis, Regulation
from assessments.questions.base import Question
from assessments.register import CHECKED, DUE
from assessments.registry import kinds
from assessments.signals import register_changed
from assessments.viewsets.law import LawGroup, keep_what_is_cited
from assessments.viewsets.law_report import law_report_menu_item, law_report_urls, questions_citing
from assessments.viewsets.menu import AuthoringGroup

# Not by hook: permissions to publish and lock are made after migrations, before any address is asked for.
register_snippet(AuthoringGroup)
register_snippet(LawGroup)
register_citing("question", gettext_lazy("Question"), questions_citing)


@hooks.register("construct_snippet_action_menu")
def no_taking_back(items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """A published question is retired, not unpublished."""
    if issubclass(context["model"], Question):
        items[:] = [item for item in items if not isinstance(item, UnpublishMenuItem)]


@hooks.register("register_bulk_action", order=1000)
class NoDeletingOfMany(DeleteBulkAction):
    """In place of Wagtail's for questions and law: that one passes by ``remove_question``, and it lists to
    every member of staff what they may not delete, by name."""

    models = [*kinds().values(), LegalBasis, Regulation]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        raise PermissionDenied


hooks.register("register_reports_menu_item", law_report_menu_item)
hooks.register("register_admin_urls", law_report_urls)
hooks.register("before_delete_snippet", keep_what_is_cited)


@hooks.register("after_create_snippet")
@hooks.register("after_edit_snippet")
def tell_of_the_register(request: HttpRequest, record: Any) -> None:
    """Whoever depends on a rule hears at once that its dates have changed."""
    if isinstance(record, Regulation):
        bases = [*record.bases.values_list("pk", flat=True)]
        register_changed.send(sender=LegalBasis, bases=bases)
    elif isinstance(record, LegalBasis):
        register_changed.send(sender=LegalBasis, bases=[record.pk])


class WithReason(LogFormatter):
    """What was done with a question, and why."""

    label: Any

    def format_message(self, log_entry: Any) -> str:
        return f"{self.label}: {log_entry.data.get('reason', '')}"


@hooks.register("register_log_actions")
def log_actions_of_assessments(actions: LogActionRegistry) -> None:
    actions.register_action(LOADED, gettext_lazy("Load from a file"), gettext_lazy("Loaded from a file"))
    actions.register_action(CHECKED, gettext_lazy("Check"), gettext_lazy("Read and compared"))
    actions.register_action(DUE, gettext_lazy("Look again"), gettext_lazy("Its day to be looked at has come"))
    actions.register_action("assessments.copied", gettext_lazy("Copy"), gettext_lazy("Made as a copy"))
    for action, words in (
        ("assessments.retired", gettext_lazy("Retire")),
        ("assessments.brought_back", gettext_lazy("Bring back")),
    ):
        formatter = type("WithReason", (WithReason,), {"label": words})
        actions.register_action(action)(formatter)
    actions.register_action("assessments.published", gettext_lazy("Publish"), gettext_lazy("Published"))
    actions.register_action(
        "assessments.unpublished",
        gettext_lazy("Unpublish"),
        gettext_lazy("Taken out of what trainings can choose"),
    )
    actions.register_action(
        "assessments.rearranged",
        gettext_lazy("Change questions"),
        gettext_lazy("Changed the questions of a form"),
    )
