"""The screens of tests, practice and surveys, of their forms, and of learning outcomes."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
)
from wagtail.admin.ui.tables import BooleanColumn, Column

from assessments.blueprint_forms import (
    AssessmentRulesForm,
    FormItemsForm,
    ItemFormSet,
    ReviewRuleFormSet,
)
from assessments.models import Assessment, AssessmentForm, Outcome
from assessments.viewsets import assessment_actions as actions
from assessments.viewsets import assessment_pages as pages
from assessments.viewsets.authoring import KeptViewSet


class RowsPanel(InlinePanel):
    """Rows whose ``formset`` knows more than Wagtail's: one list for all, or plainer words."""

    def __init__(self, *args: Any, formset: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.formset = formset

    def clone_kwargs(self) -> dict[str, Any]:
        return {**super().clone_kwargs(), "formset": self.formset}

    def get_form_options(self) -> dict[str, Any]:
        options: dict[str, Any] = super().get_form_options()
        options["formsets"][self.relation_name]["formset"] = self.formset
        return options


RULES = [
    MultiFieldPanel(
        [
            FieldPanel("purpose", widget=forms.RadioSelect),
            FieldRowPanel([FieldPanel("title"), FieldPanel("title_en")]),
            FieldPanel("code"),
            FieldPanel("instructions"),
        ],
        heading=_("What it is"),
        icon="clipboard-list",
    ),
    MultiFieldPanel(
        [
            FieldPanel("layout", widget=forms.RadioSelect),
            FieldPanel("shuffle_questions"),
            FieldPanel("offer_dont_know"),
        ],
        heading=_("How it is shown"),
        icon="view",
    ),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("minutes"), FieldPanel("pass_mark_percent")]),
            FieldRowPanel([FieldPanel("attempts_allowed"), FieldPanel("time_limit_minutes")]),
            HelpPanel(_("Who is answering keeps the time limit that was there at the beginning.")),
        ],
        heading=_("Time, tries and pass mark"),
        icon="history",
    ),
    MultiFieldPanel([FieldPanel("is_anonymous")], heading=_("Survey"), icon="user"),
    RowsPanel(
        "review_rules",
        formset=ReviewRuleFormSet,
        panels=[FieldRowPanel([FieldPanel("occasion"), FieldPanel("moment"), FieldPanel("level")])],
        heading=_("What participants see afterwards"),
        label=_("Review rule"),
        icon="lock-open",
        help_text=_(
            "Without rules: the points after a test, and feedback when the training is over; everything at "
            "once after practice; nothing after a survey. While somebody may still take a test, its "
            "answers stay hidden whatever you write here."
        ),
    ),
]


class AssessmentViewSet(KeptViewSet):
    """Tests, practice and surveys. The page of each shows its forms, the checker and what can be done."""

    model = Assessment
    name = "assessments"
    icon = "clipboard-list"
    menu_label = _("Tests and surveys")
    index_view_class = pages.AssessmentIndexView
    add_view_class = pages.AssessmentAddView
    edit_view_class = pages.AssessmentEditView
    inspect_view_class = pages.AssessmentInspectView
    list_display = [
        "title",
        Column("get_purpose_display", label=_("Purpose"), sort_key="purpose"),
        "code",
        BooleanColumn("live", label=_("Published"), sort_key="live"),
    ]
    list_filter = ["purpose", "live"]
    search_fields = ["title", "code"]
    edit_handler = ObjectList(RULES, base_form_class=AssessmentRulesForm)

    def get_urlpatterns(self) -> list[Any]:
        own = f"<{self.pk_path_converter}:pk>"
        return [
            *super().get_urlpatterns(),
            path(f"{own}/publish/", actions.PublishView.as_view(), name="publish"),
            path(f"{own}/unpublish/", actions.UnpublishView.as_view(), name="unpublish"),
            path(f"{own}/copy-form/", actions.CopyFormView.as_view(), name="copy_form"),
            path(f"{own}/preview/<str:letter>/", actions.FormPreviewView.as_view(), name="preview"),
            path(f"{own}/key/<str:letter>/", actions.FormKeyView.as_view(), name="key"),
        ]


class NoMenuItem(MenuItem):
    """For screens that are reached from another page only."""

    def is_shown(self, request: HttpRequest) -> bool:
        return False


class FormViewSet(KeptViewSet):
    """The editor of one form, reached from the page of its assessment."""

    model = AssessmentForm
    name = "assessment_forms"
    url_prefix = "assessment-forms"
    icon = "form"
    menu_label = _("Forms of tests")
    inspect_view_enabled = False
    add_view_class = pages.FormAddView
    edit_view_class = pages.FormEditView
    list_display = ["__str__", "letter"]

    @property
    def menu_item_class(self) -> type[MenuItem]:
        return NoMenuItem

    def get_edit_handler(self) -> ObjectList:
        panels = [
            FieldRowPanel([FieldPanel("assessment", heading=_("Test")), FieldPanel("letter")]),
            InlinePanel(
                "sections",
                panels=[
                    FieldRowPanel([FieldPanel("title"), FieldPanel("title_en")]),
                    FieldRowPanel([FieldPanel("draw"), FieldPanel("outcome")]),
                    FieldRowPanel([FieldPanel("topic"), FieldPanel("difficulty"), FieldPanel("bloom")]),
                ],
                heading=_("Sections"),
                label=_("Section"),
                icon="list-ul",
                help_text=_(
                    "Not needed for a short test. A section has the questions listed below with its number, "
                    "or draws questions from the bank by outcome, topic, difficulty and thinking level."
                ),
            ),
            RowsPanel(
                "items",
                formset=ItemFormSet,
                panels=[FieldRowPanel([FieldPanel("question", classname="col3"), FieldPanel("section")])],
                heading=_("Questions"),
                label=_("Question"),
                icon="help",
                help_text=_("In this order. A question that stands in both forms is an anchor."),
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
