"""Trainings in Wagtail's admin: list and form. The page of each training is in ``views``."""

from typing import Any

from django import forms
from django.contrib.auth.models import Permission
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
)
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic

from lms.cohorts.forms import CohortForm
from lms.cohorts.models import Cohort
from lms.people.scoped_viewsets import ScopedDeleteView, ScopedEditView, ScopedIndexView, ScopedModelViewSet

PANELS = [
    MultiFieldPanel(
        [
            FieldPanel("organisation", widget=forms.Select),
            # Not Wagtail's field for slugs: that one writes LNN-2018 small.
            FieldRowPanel([FieldPanel("code", widget=forms.TextInput), FieldPanel("title")]),
            FieldPanel("theme"),
            FieldPanel("course", widget=forms.Select),
            FieldRowPanel([FieldPanel("village", widget=forms.Select), FieldPanel("venue")]),
            FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]),
        ],
        heading=_("What, where and when"),
        icon="date",
    ),
    MultiFieldPanel(
        [
            FieldPanel("assessment", widget=forms.Select),
            FieldPanel("forms_plan", widget=forms.RadioSelect),
            FieldPanel("pretest_first"),
            FieldPanel("post_test_tries"),
        ],
        heading=_("Tests"),
        icon="form",
    ),
    MultiFieldPanel(
        [
            HelpPanel(
                _("A participant receives the certificate when everything that you ask for here is met.")
            ),
            FieldPanel("min_attendance_percent"),
            FieldPanel("require_post_test"),
            FieldPanel("require_plan"),
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
    InlinePanel(
        "meetings",
        panels=[
            FieldPanel("title"),
            FieldRowPanel([FieldPanel("held_on"), FieldPanel("lesson_hours")]),
        ],
        heading=_("Meetings"),
        label=_("Meeting"),
        icon="calendar-alt",
        help_text=_("Attendance is ticked for each meeting."),
    ),
    InlinePanel(
        "findings",
        panels=[FieldRowPanel([FieldPanel("code"), FieldPanel("dusun")]), FieldPanel("text")],
        heading=_("Findings of the opening brainstorm"),
        label=_("Finding"),
        icon="comment",
        help_text=_("Follow-up actions answer to these."),
    ),
]


class CohortIndexView(ScopedIndexView):
    def get_base_queryset(self) -> models.QuerySet[Any]:
        found = super().get_base_queryset().select_related("village")
        return found.annotate(enrolled=models.Count("enrolments"))


class ToItsPage:
    """After saving, the training's own page is shown: there the work goes on."""

    object: Cohort

    def get_success_url(self) -> str:
        return reverse("cohort:hub", args=[self.object.pk])


class CohortAddView(ToItsPage, generic.CreateView):
    pass


class CohortEditView(ToItsPage, ScopedEditView):
    def get_page_subtitle(self) -> str:
        return self.object.code


class CohortDeleteView(ScopedDeleteView):
    kept_message = _(
        "“%(object)s” has participants or meetings with records and stays. "
        "Take out meetings, findings and people without records first if it was made by mistake."
    )

    @property
    def back_url(self) -> str:
        return reverse("cohort:hub", args=[self.object.pk])


class CohortViewSet(ScopedModelViewSet):
    """The trainings of one's organisations. Title leads to the training's page (``cohort:hub``)."""

    model = Cohort
    name = "cohort"
    url_prefix = "angkatan"
    icon = "calendar-check"
    index_view_class = CohortIndexView
    add_view_class = CohortAddView
    edit_view_class = CohortEditView
    delete_view_class = CohortDeleteView
    list_display = [
        TitleColumn("title", label=_("Title"), url_name="cohort:hub", sort_key="title", width="45%"),
        Column("code", label=_("Code"), sort_key="code"),
        Column("village.name", label=_("Village")),
        Column("starts_on", label=_("First day"), sort_key="starts_on"),
        Column("enrolled", label=_("Participants"), classname="tc-wide"),
    ]
    search_fields = ["title", "code", "village__name"]
    ordering = "-starts_on"
    edit_handler = ObjectList(PANELS, base_form_class=CohortForm)

    def get_permissions_to_register(self) -> models.QuerySet[Permission]:
        """All permissions of a training's records, so that the groups' form shows and keeps them."""
        return Permission.objects.filter(
            content_type__app_label="cohorts",
            content_type__model__in=["cohort", "enrolment", "attendance"],
        )
