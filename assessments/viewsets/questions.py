"""One set of Wagtail's snippet screens for each kind of question, made from the registry."""

from typing import Any

from django.urls import path
from wagtail.admin.panels import ObjectList
from wagtail.snippets.views.snippets import SnippetViewSet

from assessments.questions.base import Question
from assessments.registry import kinds
from assessments.viewsets.filters import QuestionFilterSet
from assessments.viewsets.lists import QUESTION_COLUMNS, KindIndexView
from assessments.viewsets.moves import (
    ApprovalDataView,
    ApprovalPreviewView,
    ApprovalView,
    BringBackView,
    CancelApprovalView,
    CopyView,
    RetireView,
)
from assessments.viewsets.panels import question_editor
from assessments.viewsets.screens import (
    QuestionCreateView,
    QuestionDeleteView,
    QuestionEditView,
    QuestionFrameView,
    QuestionInspectView,
)
from assessments.viewsets.versions import DraftsCompareView, VersionsView


class QuestionViewSet(SnippetViewSet):
    """Screens of one kind, whose model is given when it is made. They open to its permissions only: no
    chooser, no index of references, no index of search. Copying is an action of its own (new code)."""

    icon = "help"
    # The key of a kind is its place in the table of all questions, which Wagtail does not follow.
    pk_path_converter = "int"
    inspect_view_enabled = True
    copy_view_enabled = False
    add_to_reference_index = False
    # The columns are searched directly; nothing of an instrument enters Wagtail's search index.
    search_backend_name = None
    search_fields = ["code", "stem"]
    list_display = QUESTION_COLUMNS
    filterset_class = QuestionFilterSet
    ordering = "code"
    index_view_class = KindIndexView
    add_view_class = QuestionCreateView
    edit_view_class = QuestionEditView
    delete_view_class = QuestionDeleteView
    inspect_view_class = QuestionInspectView
    revisions_compare_view_class = DraftsCompareView
    workflow_action_view_class = ApprovalView
    collect_workflow_action_data_view_class = ApprovalDataView
    confirm_workflow_cancellation_view_class = CancelApprovalView
    workflow_preview_view_class = ApprovalPreviewView
    model: type[Question]

    @property
    def menu_label(self) -> Any:
        return self.model.kind_label

    def get_edit_handler(self) -> ObjectList:
        return question_editor(self.model)

    def register_chooser_viewset(self) -> None:
        """None: a chooser lists questions to every member of staff (GHSA-x5cx-w6p2-mxf2 and others)."""

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        gone = {f"{name}_url_name": None for name in ("usage", "unpublish", "revisions_unschedule")}
        return super().get_common_view_kwargs(**{**gone, **kwargs})

    @property
    def frame_view(self) -> Any:
        kwargs = self.get_inspect_view_kwargs()
        kwargs["template_name"] = QuestionFrameView.template_name
        return self.construct_view(QuestionFrameView, **kwargs)

    def get_urlpatterns(self) -> list[Any]:
        # What is published is retired, not taken back; nothing is scheduled; use is told on the page itself.
        unwanted = {"unpublish", "revisions_unschedule", "usage", "revisions_compare"}
        kept = [pattern for pattern in super().get_urlpatterns() if pattern.name not in unwanted]
        own = {
            "frame": ("preview", self.frame_view),
            "copy": ("copy", self.construct_view(CopyView)),
            "retire": ("retire", self.construct_view(RetireView)),
            "bring-back": ("bring_back", self.construct_view(BringBackView)),
            "versions": ("versions", self.construct_view(VersionsView)),
        }
        pk = f"<{self.pk_path_converter}:pk>"
        compare = f"history/{pk}/revisions/compare/<str:revision_id_a>...<str:revision_id_b>/"
        return [
            *kept,
            *(path(f"{place}/{pk}/", view, name=name) for place, (name, view) in own.items()),
            path(compare, self.revisions_compare_view, name="revisions_compare"),
        ]


def question_viewsets() -> list[QuestionViewSet]:
    """One set of screens a kind, so that a kind registered by another app is authored as well."""
    return [
        QuestionViewSet(
            name=f"questions_{kind}",
            model=model,
            url_prefix=f"questions/{kind.replace('_', '-')}",
            url_namespace=f"questions_{kind}",
        )
        for kind, model in kinds().items()
    ]
