"""Lists of questions: of one kind, and of all kinds that somebody may see."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import Button
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views import snippets

from assessments.questions.base import Question
from assessments.registry import kinds, performance_is_known
from assessments.viewsets.screens import question_url
from assessments.viewsets.standing import describe_rows

STEM_IN_LISTS = 160


def _short_stem(question: Question) -> str:
    """The beginning of a long question: a case study would fill the list alone."""
    return Truncator(" ".join(question.stem.split())).chars(STEM_IN_LISTS)


QUESTION_COLUMNS: list[Any] = [
    "code",
    Column("stem", label=_("Question"), accessor=_short_stem, sort_key="stem"),
    Column("status_label", label=_("Status")),
    Column("points", label=_("Points"), sort_key="points"),
    Column("tests", label=_("In tests")),
    Column("answered", label=_("Shown")),
]
PERFORMANCE_COLUMN = Column("right", label=_("Right"))


class QuestionRows:
    """What lists say about questions beside their own fields, in a number of queries that does not grow."""

    columns: list[Any]

    def get_table(self, object_list: Iterable[Question]) -> Any:
        rows = list(object_list)
        describe_rows(rows)
        return super().get_table(rows)  # type: ignore[misc]


class KindIndexView(QuestionRows, snippets.IndexView):
    def get_base_queryset(self) -> QuerySet[Question]:
        return super().get_base_queryset().filter(is_current=True)

    @cached_property
    def columns(self) -> list[Column]:
        # Deleting many at once would pass by the rule of ``remove_question``.
        own = [column for column in super().columns if column.name != "bulk_actions"]
        return [*own, PERFORMANCE_COLUMN] if performance_is_known() else own

    def get_list_more_buttons(self, instance: Question) -> list[Any]:
        return [button for button in super().get_list_more_buttons(instance) if button.url]


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


class AllQuestionsView(QuestionRows, generic.IndexView):
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
        own = [*super().columns, Column("kind_label", label=_("Kind"))]
        return [*own, PERFORMANCE_COLUMN] if performance_is_known() else own

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
