"""People in Wagtail's admin: participants, villages and (for administrators) organisations."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, UpdatedAtColumn
from wagtail.admin.views import generic

from lms.people.models import Organisation, Participant, Village
from lms.people.scoped_viewsets import RecordsViewSet, ScopedDeleteView, ScopedIndexView, ScopedModelViewSet
from lms.people.staff_forms import OrganisationForm, ParticipantForm


class ParticipantIndexView(ScopedIndexView):
    def get_base_queryset(self) -> models.QuerySet[Any]:
        return super().get_base_queryset().select_related("village")


class ParticipantDeleteView(ScopedDeleteView):
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
        return [pattern for pattern in super().get_urlpatterns() if pattern.name != "add"]


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
