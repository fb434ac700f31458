"""Trainings in Wagtail's admin: list and form. The page of each training is in ``views``."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.models import Permission
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn, Column, StatusTagColumn, TitleColumn
from wagtail.admin.views import generic

from lms.cells import safe_cell
from lms.cohorts.forms.listing import CohortFilterSet, valid_keys
from lms.cohorts.models import Cohort, Programme
from lms.cohorts.panels import PROGRAMME_FORM, TRAINING_FORM
from lms.cohorts.stages import Deed, allows, refusal
from lms.people.scoped_viewsets import ScopedDeleteView, ScopedEditView, ScopedIndexView, ScopedModelViewSet


class CohortIndexView(ScopedIndexView):
    """The list: archived trainings only if asked for, several at once, and as a file."""

    filterset_class = CohortFilterSet
    template_name = "cohorts/training_list.html"
    custom_value_preprocess = {**ScopedIndexView.custom_value_preprocess, str: {"csv": safe_cell}}
    export_headings = {
        "get_state_display": _("State"),
        "programme_title": _("Programme"),
        "village.name": _("Village"),
        "village.district": _("District"),
        "village.regency": _("Regency"),
        "organisation.name": _("Organisation"),
        "enrolled": _("Participants"),
    }

    def get_base_queryset(self) -> models.QuerySet[Any]:
        found = super().get_base_queryset().select_related("village", "organisation")
        if self.is_export and "only" in self.request.GET:
            found = found.filter(pk__in=valid_keys(self.request.GET.getlist("only")))
        return found.annotate(
            enrolled=models.Count("enrolments"), programme_title=models.F("programme__title")
        )

    @property
    def columns(self) -> list[Any]:
        return [BulkActionsCheckboxColumn("bulk_actions", obj_type="cohort"), *super().columns]


class ToItsPage:
    """After saving, the training's own page is shown: there the work goes on."""

    object: Cohort

    def get_success_url(self) -> str:
        return reverse("cohort:hub", args=[self.object.pk])


class CohortAddView(ToItsPage, generic.CreateView):
    pass


class CohortEditView(ToItsPage, ScopedEditView):
    """The form of a training. An archived one is only read."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        cohort = self.get_object()
        if not allows(cohort.state, Deed.CHANGE):
            messages.error(request, refusal(cohort.state, Deed.CHANGE).messages[0])
            return redirect("cohort:hub", cohort.pk)
        return super().dispatch(request, *args, **kwargs)

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
        TitleColumn(
            "title",
            label=_("Title"),
            url_name="cohort:hub",
            sort_key="title",
            width="40%",
            get_title_id=lambda cohort: f"cohort_{cohort.pk}_title",
        ),
        StatusTagColumn(
            "get_state_display", label=_("State"), sort_key="state", primary=lambda cohort: cohort.is_running
        ),
        Column("code", label=_("Code"), sort_key="code", classname="tc-wide"),
        Column("village.name", label=_("Village"), classname="tc-wide"),
        Column("starts_on", label=_("First day"), sort_key="starts_on"),
        Column("enrolled", label=_("Participants"), classname="tc-wide"),
    ]
    search_fields = ["title", "code", "theme", "village__name", "programme__title"]
    list_export = [
        "code",
        "title",
        "theme",
        "get_state_display",
        "programme_title",
        "organisation.name",
        "village.name",
        "village.district",
        "village.regency",
        "venue",
        "starts_on",
        "ends_on",
        "lesson_hours",
        "enrolled",
    ]
    export_filename = "pelatihan"
    ordering = "-starts_on"
    edit_handler = TRAINING_FORM

    def get_permissions_to_register(self) -> models.QuerySet[Permission]:
        """All permissions of a training's records, so that the groups' form shows and keeps them."""
        return Permission.objects.filter(
            content_type__app_label="cohorts",
            content_type__model__in=[
                "cohort",
                "enrolment",
                "attendance",
                "signedsheet",
                "finding",
                "experiencenote",
            ],
        )


class ProgrammeViewSet(ScopedModelViewSet):
    """The programmes of one's organisations."""

    model = Programme
    name = "programme"
    url_prefix = "program"
    icon = "folder-open-inverse"
    list_display = [
        "title",
        Column("location", label=_("Where")),
        Column("starts_year", label=_("First year"), sort_key="starts_year"),
        Column("ends_year", label=_("Last year"), classname="tc-wide"),
    ]
    search_fields = ["title", "location"]
    edit_handler = PROGRAMME_FORM
