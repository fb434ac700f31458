"""The menu of authors: tests, and one set of screens for each kind of question, made from the registry."""

from typing import Any

from django.contrib.auth.models import Permission
from django.http import HttpRequest
from django.urls import path
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from assessments.forms import FormItemsForm, QuestionForm
from assessments.models import Assessment, AssessmentForm, Outcome
from assessments.questions.base import Question
from assessments.registry import kinds
from assessments.viewsets.screens import (
    ALL_QUESTIONS_POLICY,
    LOOKING,
    AllQuestionsView,
    AssessmentInspectView,
    FormEditView,
    QuestionDeleteView,
    QuestionEditView,
    QuestionIndexView,
    QuestionInspectView,
    QuestionPreviewView,
)


class AuthoringViewSet(ModelViewSet):
    """Screens that open to model permissions only: no chooser, no copy, no index of references or search.

    Copying is off because a copy would carry the code of its original, and one may copy what one may not
    see (GHSA-x5cx-w6p2-mxf2).
    """

    inspect_view_enabled = True
    copy_view_enabled = False
    add_to_reference_index = False
    # The columns are searched directly; nothing of an instrument enters Wagtail's search index.
    search_backend_name = None


class QuestionViewSet(AuthoringViewSet):
    """Screens of one kind, whose model is given when it is made."""

    icon = "help"
    index_view_class = QuestionIndexView
    edit_view_class = QuestionEditView
    delete_view_class = QuestionDeleteView
    inspect_view_class = QuestionInspectView
    list_display = ["code", "stem", "points", "form_letter", "pair"]
    list_filter = ["form_letter", "difficulty", "stability"]
    search_fields = ["code", "stem"]
    ordering = "code"
    model: type[Question]

    @property
    def menu_label(self) -> Any:
        return self.model.kind_label

    def get_edit_handler(self) -> ObjectList:
        own = [
            field.name for field in self.model._meta.local_fields if field.editable and not field.primary_key
        ]
        panels = [
            FieldPanel("use_in_forms"),
            FieldPanel("code"),
            FieldPanel("stem"),
            FieldPanel("points"),
            *(FieldPanel(name) for name in own),
            *(self._inline(relation) for relation in self.model.prefetch),
            FieldPanel("citations"),
            FieldPanel("note"),
            MultiFieldPanel(
                [
                    FieldPanel("outcomes"),
                    FieldRowPanel([FieldPanel("pair"), FieldPanel("form_letter")]),
                    FieldRowPanel([FieldPanel("topic"), FieldPanel("lesson_code")]),
                    FieldRowPanel([FieldPanel("bloom"), FieldPanel("difficulty")]),
                    FieldPanel("stability"),
                ],
                heading=_("Place in the bank"),
                classname="collapsed",
            ),
        ]
        return ObjectList(panels, base_form_class=QuestionForm).bind_to_model(self.model)

    def _inline(self, relation: str) -> InlinePanel:
        options = self.model._meta.get_field(relation).related_model._meta
        return InlinePanel(
            relation, heading=capfirst(options.verbose_name_plural), label=options.verbose_name
        )

    @property
    def preview_view(self) -> Any:
        kwargs = self.get_inspect_view_kwargs()
        kwargs["template_name"] = QuestionPreviewView.template_name
        return self.construct_view(QuestionPreviewView, **kwargs)

    def get_urlpatterns(self) -> list[Any]:
        preview = path(f"preview/<{self.pk_path_converter}:pk>/", self.preview_view, name="preview")
        return [*super().get_urlpatterns(), preview]


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
    list_display = ["code", "stem", "points", "form_letter", "pair"]
    list_filter = ["form_letter", "difficulty", "stability"]
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


class KeptViewSet(AuthoringViewSet):
    """Records that people's results point at are edited, never deleted here."""

    def get_urlpatterns(self) -> list[Any]:
        return [pattern for pattern in super().get_urlpatterns() if pattern.name != "delete"]

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_common_view_kwargs(**kwargs), "delete_url_name": None}


class AssessmentViewSet(KeptViewSet):
    model = Assessment
    name = "assessments"
    icon = "clipboard-list"
    menu_label = _("Tests")
    inspect_view_class = AssessmentInspectView
    list_display = ["title", "code", "minutes", "pass_mark_percent"]
    panels = [
        FieldPanel("code"),
        FieldPanel("title"),
        FieldPanel("title_en"),
        FieldPanel("minutes"),
        FieldPanel("pass_mark_percent"),
    ]


class FormViewSet(KeptViewSet):
    model = AssessmentForm
    name = "assessment_forms"
    url_prefix = "assessment-forms"
    icon = "form"
    menu_label = _("Forms of tests")
    edit_view_class = FormEditView
    list_display = ["__str__", "letter"]

    def get_edit_handler(self) -> ObjectList:
        panels = [
            FieldPanel("assessment", heading=_("Test")),
            FieldPanel("letter"),
            InlinePanel(
                "items", panels=[FieldPanel("question")], heading=_("Questions"), label=_("Question")
            ),
        ]
        return ObjectList(panels, base_form_class=FormItemsForm).bind_to_model(self.model)


class OutcomeViewSet(KeptViewSet):
    model = Outcome
    name = "outcomes"
    icon = "success"
    list_display = ["code", "title", "kind"]
    panels = [
        FieldPanel("code"),
        FieldPanel("kind"),
        FieldPanel("title"),
        FieldPanel("title_en"),
        FieldPanel("description"),
        FieldPanel("position"),
    ]


def question_viewsets() -> list[QuestionViewSet]:
    """One set of screens a kind, so that a kind registered by another app is authored as well."""
    return [
        QuestionViewSet(
            name=f"questions_{kind}", model=model, url_prefix=f"questions/{kind.replace('_', '-')}"
        )
        for kind, model in kinds().items()
    ]


class AuthoringGroup(ModelViewSetGroup):
    menu_label = _("Questions")
    menu_icon = "help"
    menu_order = 250

    def __init__(self) -> None:
        self.items = (
            AllQuestionsViewSet(),
            AssessmentViewSet(),
            FormViewSet(),
            OutcomeViewSet(),
            *question_viewsets(),
        )
        super().__init__()
