"""What cohorts add to Wagtail: the menu and first page of organisers, the log of trainings, and the guard of
courses that a training has."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page

from lms.cohorts.bulk_actions import ArchiveTrainings, ExportTrainings
from lms.cohorts.enums import CohortState
from lms.cohorts.models import Cohort, Letterhead, Programme
from lms.cohorts.queries import pages_with_trainings
from lms.cohorts.urls import attendance, board, experience, staff
from lms.cohorts.views.letterheads import LetterheadViewSet
from lms.cohorts.viewsets import CohortViewSet, ProgrammeViewSet
from lms.people.models import RecordLogEntry
from lms.people.viewsets import OrganisationViewSet, ParticipantViewSet, VillageViewSet


class TrainingViewSet(CohortViewSet):
    """The generic views of trainings together with the page of each and what is done from it."""

    def get_urlpatterns(self) -> list[Any]:
        return [*super().get_urlpatterns(), *staff.urlpatterns]


class TrainingGroup(ViewSetGroup):
    """The menu item of organisers."""

    menu_label = _("Training")
    menu_icon = "group"
    menu_order = 90
    items = (
        TrainingViewSet(),
        ProgrammeViewSet(),
        ParticipantViewSet(),
        LetterheadViewSet(),
        VillageViewSet(),
        OrganisationViewSet(),
    )


@hooks.register("register_admin_viewset")
def training_menu() -> TrainingGroup:
    return TrainingGroup()


hooks.register("register_bulk_action", ArchiveTrainings)
hooks.register("register_bulk_action", ExportTrainings)


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
            "cohorts": Cohort.objects.visible_to(user)
            .exclude(state=CohortState.ARCHIVED)
            .select_related("village")[:6],
            "may_add": user.has_perm("cohorts.add_cohort"),
        }


@hooks.register("construct_homepage_panels")
def show_own_trainings(request: HttpRequest, panels: list[Component]) -> None:
    if request.user.has_perm("cohorts.view_cohort"):
        panels.append(OwnTrainings())


@hooks.register("register_log_actions")
def log_actions_of_cohorts(actions: LogActionRegistry) -> None:
    actions.register_model(Cohort, RecordLogEntry)
    actions.register_model(Programme, RecordLogEntry)
    actions.register_model(Letterhead, RecordLogEntry)
    actions.register_action("cohorts.enrolled", _("Enrol"), _("Enrolled a participant"))
    actions.register_action("cohorts.imported", _("Import"), _("Imported a list of participants"))
    actions.register_action(
        "cohorts.roster_exported", _("Export participants"), _("Took the list of participants out as a file")
    )
    actions.register_action("cohorts.withdrawn", _("Take out"), _("Took out a participant"))
    actions.register_action("cohorts.copied", _("Copy"), _("Copied from another training"))
    actions.register_action("cohorts.state", _("Change the state"), _("Changed the state of the training"))
    for code, label, message in (*board.LOG_ACTIONS, *attendance.LOG_ACTIONS, *experience.LOG_ACTIONS):
        actions.register_action(code, label, message)


@hooks.register("before_delete_page")
def keep_courses_of_trainings(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Wagtail does not see that a training needs the page: the database would refuse, and the page fail."""
    return _refuse(request, page) if request.method == "POST" and pages_with_trainings([page]) else None


@hooks.register("before_bulk_action")
def keep_courses_of_trainings_in_bulk(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> HttpResponse | None:
    pages = [thing for thing in objects if isinstance(thing, Page)] if action_type == "delete" else []
    kept = pages_with_trainings(pages)
    return _refuse(request, kept[0]) if kept else None


def _refuse(request: HttpRequest, page: Page) -> HttpResponse:
    text = gettext("“%(title)s” cannot be deleted, because a training has this course. Unpublish it instead.")
    messages.error(request, text % {"title": page.get_admin_display_title()})
    parent = page.get_parent()
    return redirect("wagtailadmin_explore", parent.pk if parent else page.pk)
