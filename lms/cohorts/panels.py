"""The forms of a training, in tabs, and of a programme in Wagtail's admin."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
    TabbedInterface,
)

from lms.cohorts.forms.assignments import AssignmentForm, AssignmentFormSet
from lms.cohorts.forms.board import FindingRowForm
from lms.cohorts.forms.programme import ProgrammeForm
from lms.cohorts.forms.rows import FindingFormSet, ObjectiveFormSet, PartyFormSet, QuotaFormSet
from lms.cohorts.forms.team import FacilitatorForm, FacilitatorFormSet
from lms.cohorts.forms.training import CohortForm
from lms.cohorts.models import Cohort
from lms.cohorts.queries.years import stale_texts


class RowsPanel(InlinePanel):
    """Rows with a form and a set of rows of their own."""

    def __init__(self, *args: Any, row_form: Any = None, row_formset: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = {"form": row_form, "formset": row_formset}

    def clone_kwargs(self) -> dict[str, Any]:
        rows = {"row_form": self.rows["form"], "row_formset": self.rows["formset"]}
        return {**super().clone_kwargs(), **rows}

    def get_form_options(self) -> dict[str, Any]:
        options: dict[str, Any] = super().get_form_options()
        options["formsets"][self.relation_name] |= {name: kind for name, kind in self.rows.items() if kind}
        return options


class StaleYearsPanel(Panel):
    """Says which words of a saved training hold the year of another one. A warning: nothing is refused."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "cohorts/_stale_years.html"

        def is_shown(self) -> bool:
            return not self.instance._state.adding

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            # As it is stored: a form that was refused has changed the instance.
            saved = Cohort.objects.select_related("copied_from").get(pk=self.instance.pk)
            return {**super().get_context_data(parent_context), "stale": stale_texts(saved)}


class Tab(ObjectList):
    """A tab whose address (``#tab-anchor``) is the same in every language."""

    def __init__(self, *args: Any, anchor: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.anchor = anchor

    def clone_kwargs(self) -> dict[str, Any]:
        return {**super().clone_kwargs(), "anchor": self.anchor}

    @property
    def clean_name(self) -> str:
        return self.anchor


_WHAT = [
    StaleYearsPanel(),
    MultiFieldPanel(
        [
            FieldPanel("organisation", widget=forms.Select),
            FieldPanel("programme", widget=forms.Select),
            # Not Wagtail's field for slugs: that one writes LNN-2018 small.
            FieldRowPanel([FieldPanel("code", widget=forms.TextInput), FieldPanel("title")]),
            FieldPanel("theme"),
            FieldPanel("expected_results"),
            FieldPanel("course", widget=forms.Select),
            FieldRowPanel([FieldPanel("village", widget=forms.Select), FieldPanel("venue")]),
            FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]),
            FieldPanel("document_year"),
        ],
        heading=_("What, where and when"),
        icon="date",
    ),
    InlinePanel(
        "meetings",
        panels=[
            FieldPanel("title"),
            FieldRowPanel([FieldPanel("held_on"), FieldPanel("lesson_hours")]),
            FieldRowPanel([FieldPanel("begins_at"), FieldPanel("ends_at")]),
            FieldPanel("place"),
        ],
        heading=_("Meetings"),
        label=_("Meeting"),
        icon="calendar-alt",
        help_text=_("Attendance is ticked for each meeting."),
    ),
]

_PEOPLE = [
    RowsPanel(
        "facilitators",
        # Accounts of one's organisations, meetings of this training.
        row_form=FacilitatorForm,
        row_formset=FacilitatorFormSet,
        panels=[
            FieldRowPanel([FieldPanel("user", widget=forms.Select), FieldPanel("role", widget=forms.Select)]),
            FieldPanel("name"),
            FieldPanel("meetings", widget=forms.CheckboxSelectMultiple),
        ],
        heading=_("Team"),
        label=_("Member of the team"),
        icon="user",
        help_text=_(
            "Trainers, resource persons, facilitators, committee. A trainer with an account sees only "
            "trainings in whose team that account is."
        ),
    ),
    RowsPanel(
        "parties",
        row_formset=PartyFormSet,
        panels=[FieldRowPanel([FieldPanel("name"), FieldPanel("role", widget=forms.Select)])],
        heading=_("Organisers, partners, funders"),
        label=_("Party"),
        icon="group",
        help_text=_("In the order in which they are named on pages and papers."),
    ),
    InlinePanel(
        "credits",
        panels=[FieldRowPanel([FieldPanel("name"), FieldPanel("role")])],
        heading=_("Contributors"),
        label=_("Contributor"),
        icon="edit",
        help_text=_("Who is named for words, pictures and layout."),
    ),
    RowsPanel(
        "quotas",
        row_formset=QuotaFormSet,
        panels=[FieldRowPanel([FieldPanel("element", widget=forms.Select), FieldPanel("planned")])],
        heading=_("Planned people"),
        label=_("Element"),
        icon="user",
        help_text=_("The training's page shows what is missing. Nobody is kept out."),
    ),
    FieldPanel("min_women_percent"),
]

_TESTS = [
    MultiFieldPanel(
        [
            FieldPanel("assessment", widget=forms.Select),
            FieldPanel("forms_plan", widget=forms.RadioSelect),
            FieldPanel("pretest_first"),
            FieldPanel("all_lessons_open"),
            FieldPanel("post_test_tries"),
        ],
        heading=_("Tests"),
        icon="form",
    ),
    RowsPanel(
        "assignments",
        # Times are the village's.
        row_form=AssignmentForm,
        row_formset=AssignmentFormSet,
        panels=[
            FieldRowPanel(
                [
                    FieldPanel("occasion", heading=_("Which one")),
                    FieldPanel("assessment", widget=forms.Select),
                ]
            ),
            FieldRowPanel([FieldPanel("opens_at"), FieldPanel("closes_at")]),
            FieldRowPanel([FieldPanel("attempts_allowed"), FieldPanel("time_limit_minutes")]),
        ],
        heading=_("When tests are open; practice and surveys"),
        label=_("Test, practice or survey"),
        icon="clipboard-list",
        help_text=_(
            "The pre-test and the post-test are there without a row; add one to open or close them at a "
            "time. A follow-up test, a practice or a survey needs a row. Times are those of the village. "
            "Whoever is answering keeps the time limit that was there at the beginning."
        ),
    ),
]

_CERTIFICATE = [
    MultiFieldPanel(
        [
            HelpPanel(
                _("A participant receives the certificate when everything that you ask for here is met.")
            ),
            FieldPanel("min_attendance_percent"),
            FieldPanel("require_post_test"),
            FieldPanel("require_plan"),
            FieldPanel("require_pledge"),
        ],
        heading=_("Rule of the certificate"),
        icon="tasks",
    ),
    MultiFieldPanel(
        [
            FieldPanel("certificate_title"),
            FieldPanel("lesson_hours"),
            FieldPanel("issuer"),
            FieldRowPanel([FieldPanel("signatory_name"), FieldPanel("signatory_title")]),
        ],
        heading=_("Certificate"),
        icon="doc-full-inverse",
    ),
]

_FINDINGS = [
    RowsPanel(
        "findings",
        # A code that is left empty is made when the row is saved.
        row_form=FindingRowForm,
        row_formset=FindingFormSet,
        panels=[FieldRowPanel([FieldPanel("code"), FieldPanel("dusun")]), FieldPanel("text")],
        heading=_("Findings of the opening brainstorm"),
        label=_("Finding"),
        icon="comment",
        help_text=_("Follow-up actions answer to these."),
    ),
]

TRAINING_FORM = TabbedInterface(
    [
        Tab(_WHAT, heading=_("Training"), anchor="training"),
        Tab(_PEOPLE, heading=_("Team and places"), anchor="team"),
        Tab(_TESTS, heading=_("Tests"), anchor="tests"),
        Tab(_CERTIFICATE, heading=_("Certificate"), anchor="certificate"),
        Tab(_FINDINGS, heading=_("Findings"), anchor="findings"),
    ],
    base_form_class=CohortForm,
)

PROGRAMME_FORM = ObjectList(
    [
        FieldPanel("organisation", widget=forms.Select),
        FieldPanel("title"),
        FieldPanel("general_objective"),
        FieldPanel("location"),
        FieldRowPanel([FieldPanel("starts_year"), FieldPanel("ends_year")]),
        RowsPanel(
            "objectives",
            row_formset=ObjectiveFormSet,
            panels=[FieldPanel("code"), FieldPanel("text")],
            heading=_("Specific objectives"),
            label=_("Specific objective"),
            icon="list-ul",
        ),
    ],
    base_form_class=ProgrammeForm,
)
