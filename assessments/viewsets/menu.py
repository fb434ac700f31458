"""The menu of authors: questions, tests, outcomes."""

from typing import Any

from django.contrib.auth.models import Permission
from django.http import HttpRequest
from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from assessments.questions.base import Question
from assessments.viewsets.assessments import AssessmentViewSet, FormViewSet, OutcomeViewSet
from assessments.viewsets.filters import AllQuestionsFilterSet
from assessments.viewsets.lists import ALL_QUESTIONS_POLICY, LOOKING, QUESTION_COLUMNS, AllQuestionsView
from assessments.viewsets.media import MediaViewSet
from assessments.viewsets.questions import question_viewsets
from assessments.viewsets.transfer import TransferViewSet


class AllQuestionsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return ALL_QUESTIONS_POLICY.user_has_any_permission(request.user, LOOKING)


class AllQuestionsViewSet(ModelViewSet):
    model = Question
    name = "questions_all"
    url_prefix = "questions/all"
    icon = "list-ul"
    menu_label = _("All questions")
    menu_order = 1
    index_view_class = AllQuestionsView
    list_display = QUESTION_COLUMNS
    filterset_class = AllQuestionsFilterSet
    search_fields = ["code", "stem"]
    search_backend_name = None
    ordering = "code"
    copy_view_enabled = False
    add_to_reference_index = False

    @property
    def menu_item_class(self) -> type[MenuItem]:
        return AllQuestionsMenuItem

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
        ]

    def get_permissions_to_register(self) -> Any:
        return Permission.objects.none()

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        # The view brings its own policy: one set on the viewset is deprecated in Wagtail 8.
        gone = {"add", "edit", "delete", "history", "history_results", "usage", "permission_policy"}
        own = super().get_common_view_kwargs(**kwargs)
        return {name: value for name, value in own.items() if name.removesuffix("_url_name") not in gone}

    def register_admin_url_finder(self) -> None:
        """None: the editor of a question is that of its kind."""


class AuthoringGroup(SnippetViewSetGroup):
    menu_label = _("Questions")
    menu_icon = "help"
    menu_order = 250

    def __init__(self) -> None:
        self.items = (
            AllQuestionsViewSet(),
            TransferViewSet(),
            AssessmentViewSet(),
            FormViewSet(),
            OutcomeViewSet(),
            MediaViewSet(),
            *question_viewsets(),
        )
        super().__init__()
