"""The findings board: routes of participants, routes of staff, its button and the entries of its log."""

from typing import Any

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from lms.cohorts.enums import LinkGroup
from lms.cohorts.models import Cohort
from lms.cohorts.registry import register_cohort_link
from lms.cohorts.views import board as views
from lms.cohorts.views import board_staff as staff

app_name = "board"
urlpatterns = [
    path("temuan/", views.board_page, name="board"),
    path("temuan/baru/", views.post, name="post"),
    path("temuan/<uuid:finding_id>/", views.change, name="change"),
    path("temuan/<uuid:finding_id>/dusun-saya/", views.support, name="support"),
]

_board = "<uuid:pk>/temuan"
_finding = f"{_board}/<uuid:finding_id>"
# Below the address of trainings, in the namespace of their views.
staff_urlpatterns: list[Any] = [
    path(f"{_board}/", staff.BoardView.as_view(), name="board"),
    path(f"{_board}/kartu/", staff.AddCardView.as_view(), name="board_add"),
    path(f"{_board}/cetak/", staff.PrintView.as_view(), name="board_print"),
    path(f"{_finding}/", staff.EditFindingView.as_view(), name="board_edit"),
    path(f"{_finding}/gabung/", staff.MergeView.as_view(), name="board_merge"),
    path(f"{_finding}/keadaan/", staff.StateView.as_view(), name="board_state"),
    path(f"{_finding}/foto/", staff.PhotoView.as_view(), name="board_photo"),
]

LOG_ACTIONS = (
    ("cohorts.finding_added", _("Add a finding"), _("Added a finding to the board")),
    ("cohorts.finding_changed", _("Change a finding"), _("Changed a finding")),
    ("cohorts.finding_merged", _("Merge findings"), _("Merged a finding into another")),
    ("cohorts.finding_split", _("Split findings"), _("Let a merged finding stand by itself again")),
    ("cohorts.finding_closed", _("Close a finding"), _("Closed a finding")),
    ("cohorts.finding_reopened", _("Reopen a finding"), _("Reopened a finding")),
)


def _board_url(cohort: Cohort) -> str:
    return reverse("cohort:board", args=[cohort.pk])


def register_board() -> None:
    """Called once when the apps are ready."""
    register_cohort_link(
        "cohorts.findings",
        label=_("Findings board"),
        url=_board_url,
        permission="cohorts.view_finding",
        group=LinkGroup.DAY,
        order=40,
        icon="comment",
    )
