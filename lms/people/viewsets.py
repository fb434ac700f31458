"""People in Wagtail's admin: participants, villages and (for administrators) organisations."""

from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import quote
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn, Column, TitleColumn, UpdatedAtColumn
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import Button, HeaderButton

from lms.people import merge_views
from lms.people.models import Organisation, Participant, RecordLogEntry, Village
from lms.people.scoped_viewsets import (
    RecordsViewSet,
    ScopedDeleteView,
    ScopedEditView,
    ScopedHistoryView,
    ScopedIndexView,
    ScopedModelViewSet,
)
from lms.people.staff_forms import OrganisationForm, ParticipantForm


class LeadsToKept:
    """The address of a record that was merged into another leads to the one that was kept."""

    gone: Participant | None = None

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        if request.user.has_perm("people.view_participant"):
            self.gone = Participant.objects.merged_visible_to(request.user).filter(pk=kwargs["pk"]).first()
        if self.gone is None:
            super().setup(request, *args, **kwargs)  # type: ignore[misc]
        else:
            # Wagtail's setup looks for the object, which is in no list any more.
            self.request, self.args, self.kwargs = request, args, kwargs

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.gone is None:
            return super().dispatch(request, *args, **kwargs)  # type: ignore[misc, no-any-return]
        text = gettext("%(name)s (%(code)s) was merged into this record.")
        messages.info(request, text % {"name": self.gone.full_name, "code": self.gone.code})
        return redirect(request.resolver_match.view_name, self.gone.merged_into_id)


class ParticipantIndexView(ScopedIndexView):
    def get_base_queryset(self) -> models.QuerySet[Any]:
        return super().get_base_queryset().select_related("village")

    @cached_property
    def may_merge(self) -> bool:
        """Whether two lines can be ticked and merged."""
        return bool(self.request.user.has_perms(merge_views.MERGES))

    @cached_property
    def columns(self) -> list[Any]:
        ticks = [BulkActionsCheckboxColumn("bulk_actions", obj_type="participant")] if self.may_merge else []
        return [*ticks, *super().columns]

    def _get_title_column(self, *args: Any, **kwargs: Any) -> TitleColumn:
        """With the id that the tick of the line names for screen readers."""
        name = kwargs.pop("get_title_id", None) or (lambda person: f"participant_{quote(person.pk)}_title")
        column: TitleColumn = super()._get_title_column(*args, **kwargs, get_title_id=name)
        return column

    @cached_property
    def header_buttons(self) -> list[Any]:
        buttons: list[Any] = super().header_buttons
        if self.may_merge:
            address = reverse("participant:twins")
            label = gettext("Possibly the same person")
            buttons.append(HeaderButton(label, url=address, icon_name="group", classname="pp-twins"))
        return buttons


class ParticipantEditView(LeadsToKept, ScopedEditView):
    @cached_property
    def header_more_buttons(self) -> list[Any]:
        buttons: list[Any] = super().header_more_buttons
        if self.request.user.has_perms(merge_views.MERGES):
            address = reverse("participant:choose_twin", args=[self.object.pk])
            label = gettext("Merge with another record")
            buttons.append(Button(label, url=address, icon_name="group", priority=15))
        return buttons


class ParticipantHistoryView(LeadsToKept, ScopedHistoryView):
    """Together with what was done to the records that were merged into this one."""

    def get_base_queryset(self) -> models.QuerySet[Any]:
        people = [self.object, *Participant.objects.filter(merged_into=self.object)]
        found = RecordLogEntry.objects.for_instances(people).latest_by_uuid_and_action()
        return self._annotate_queryset(found)


class ParticipantDeleteView(LeadsToKept, ScopedDeleteView):
    kept_message = _(
        "“%(object)s” has a consent or other records and stays. If the person should no longer sign in, "
        "untick “may sign in”."
    )


class ParticipantViewSet(ScopedModelViewSet):
    """People are corrected here; they are added on the page of a training, with consent and a card."""

    model = Participant
    name = "participant"
    url_prefix = "peserta"
    icon = "user"
    index_view_class = ParticipantIndexView
    index_template_name = "people_admin/participants.html"
    edit_view_class = ParticipantEditView
    history_view_class = ParticipantHistoryView
    delete_view_class = ParticipantDeleteView
    list_display = [
        "full_name",
        "code",
        Column("get_element_display", label=_("Element (unsur)"), sort_key="element", classname="tc-wide"),
        "dusun",
        Column("village.name", label=_("Village"), classname="tc-wide"),
    ]
    list_filter = ["element", "sex", "is_active"]
    search_fields = ["full_name", "code"]

    def get_form_class(self, for_update: bool = False) -> type[ParticipantForm]:
        return ParticipantForm

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_common_view_kwargs(**{"add_url_name": None, **kwargs})

    def get_urlpatterns(self) -> list[Any]:
        own = [pattern for pattern in super().get_urlpatterns() if pattern.name != "add"]
        return [
            *own,
            path("kembar/", merge_views.TwinsView.as_view(), name="twins"),
            path("gabung/<uuid:pk>/", merge_views.ChooseTwinView.as_view(), name="choose_twin"),
            path("gabung/<uuid:pk>/<uuid:other>/", merge_views.MergeView.as_view(), name="merge"),
            path("gabungan/<uuid:record_id>/", merge_views.MergeRecordView.as_view(), name="merge_record"),
        ]


class VillageViewSet(RecordsViewSet):
    """Villages are public facts, shared by all organisations."""

    model = Village
    name = "village"
    url_prefix = "desa"
    icon = "home"
    list_display = ["name", "district", "regency", "official_code"]
    search_fields = ["name", "district", "official_code"]
    form_fields = ["name", "official_code", "district", "regency", "province", "time_zone"]


class OrganisationIndexView(generic.IndexView):
    def get_base_queryset(self) -> models.QuerySet[Any]:
        return super().get_base_queryset().annotate(staff=models.Count("memberships"))


class OrganisationViewSet(RecordsViewSet):
    """Only for administrators: no role that we ship has permissions on organisations."""

    model = Organisation
    name = "organisation"
    url_prefix = "organisasi"
    icon = "group"
    index_view_class = OrganisationIndexView
    list_display = ["name", "short_code", Column("staff", label=_("Staff")), UpdatedAtColumn()]

    def get_form_class(self, for_update: bool = False) -> type[OrganisationForm]:
        return OrganisationForm
