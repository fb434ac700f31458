"""What cohorts add to Wagtail: the menu and first page of organisers, and the log of trainings."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import path
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.log_actions import LogActionRegistry

from lms.cohorts import views
from lms.cohorts.models import Cohort
from lms.cohorts.viewsets import CohortViewSet
from lms.people.models import RecordLogEntry
from lms.people.viewsets import OrganisationViewSet, ParticipantViewSet, VillageViewSet


class TrainingViewSet(CohortViewSet):
    """The generic views of trainings together with the page of each and what is done from it."""

    def get_urlpatterns(self) -> list[Any]:
        person = "<uuid:pk>/peserta"
        return [
            *super().get_urlpatterns(),
            path("<uuid:pk>/", views.HubView.as_view(), name="hub"),
            path(f"{person}/baru/", views.AddPersonView.as_view(), name="add_person"),
            path(f"{person}/pilih/", views.EnrolExistingView.as_view(), name="enrol_existing"),
            path(f"{person}/<uuid:enrolment>/keluarkan/", views.WithdrawView.as_view(), name="withdraw"),
            path("<uuid:pk>/kartu/", views.CardsView.as_view(), name="cards"),
            path("<uuid:pk>/kehadiran/<int:meeting>/", views.AttendanceView.as_view(), name="attendance"),
        ]


class TrainingGroup(ViewSetGroup):
    """The menu item of organisers."""

    menu_label = _("Training")
    menu_icon = "group"
    menu_order = 90
    items = (TrainingViewSet(), ParticipantViewSet(), VillageViewSet(), OrganisationViewSet())


@hooks.register("register_admin_viewset")
def training_menu() -> TrainingGroup:
    return TrainingGroup()


@hooks.register("insert_global_admin_css")
def staff_css() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("cohorts/staff.css"))


class OwnTrainings(Component):
    """The newest trainings of one's organisations, on the first page of the admin."""

    name = "own_trainings"
    template_name = "cohorts/own_trainings.html"
    order = 50

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        user = parent_context["request"].user
        return {
            "cohorts": Cohort.objects.visible_to(user).select_related("village")[:6],
            "may_add": user.has_perm("cohorts.add_cohort"),
        }


@hooks.register("construct_homepage_panels")
def show_own_trainings(request: HttpRequest, panels: list[Component]) -> None:
    if request.user.has_perm("cohorts.view_cohort"):
        panels.append(OwnTrainings())


@hooks.register("register_log_actions")
def log_actions_of_cohorts(actions: LogActionRegistry) -> None:
    actions.register_model(Cohort, RecordLogEntry)
    actions.register_action("cohorts.enrolled", _("Enrol"), _("Enrolled a participant"))
    actions.register_action("cohorts.withdrawn", _("Take out"), _("Took out a participant"))
    actions.register_action("cohorts.attendance", _("Attendance"), _("Recorded attendance"))
