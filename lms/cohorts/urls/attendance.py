"""Meetings and attendance: the route of participants, those of staff, and what they add to other pages."""

from typing import Any

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from lms.cohorts.enums import LinkGroup
from lms.cohorts.models import Cohort
from lms.cohorts.registry import register_cohort_link, register_cohort_panel
from lms.cohorts.views import attendance, attendance_codes, attendance_sheets, attendance_training, meetings

app_name = "attendance"
urlpatterns = [path("hadir/", attendance_codes.arrive, name="arrive")]

_list = "<uuid:pk>/kehadiran/<int:meeting>"
_meeting = "<uuid:pk>/pertemuan/<int:meeting>"
_sheet = f"{_meeting}/lembar"
# Below the address of trainings, in the namespace of their views.
staff_urlpatterns: list[Any] = [
    path(f"{_list}/", attendance.AttendanceView.as_view(), name="attendance"),
    path(f"{_list}/<uuid:enrolment>/", attendance.PersonAtMeetingView.as_view(), name="attendance_person"),
    path(
        "<uuid:pk>/kehadiran.<str:kind>", attendance_training.ExportView.as_view(), name="attendance_export"
    ),
    path("<uuid:pk>/perangkat/", attendance_training.StationsView.as_view(), name="stations"),
    path(f"{_meeting}/", meetings.MeetingView.as_view(), name="meeting"),
    path(f"{_meeting}/ubah/", meetings.EditMeetingView.as_view(), name="meeting_edit"),
    path(f"{_meeting}/jumlah/", meetings.CountsView.as_view(), name="meeting_counts"),
    path(f"{_meeting}/riwayat/", meetings.HistoryView.as_view(), name="meeting_history"),
    path(f"{_meeting}/kode/", attendance_codes.CodeView.as_view(), name="meeting_code"),
    path(f"{_sheet}/", attendance_sheets.SheetsView.as_view(), name="meeting_sheets"),
    path(f"{_sheet}/<uuid:sheet>/", attendance_sheets.SheetFileView.as_view(), name="sheet_file"),
    path(f"{_sheet}/<uuid:sheet>/hapus/", attendance_sheets.RemoveSheetView.as_view(), name="sheet_remove"),
]

LOG_ACTIONS = (
    ("cohorts.attendance", _("Attendance"), _("Recorded attendance")),
    ("cohorts.attendance_exported", _("Export attendance"), _("Took the attendance out as a file")),
    ("cohorts.code_opened", _("Open a code"), _("Opened a code for a meeting")),
    ("cohorts.code_closed", _("Close a code"), _("Closed the code of a meeting")),
    ("cohorts.station_registered", _("Register a device"), _("Registered a device for sign-in")),
    ("cohorts.station_removed", _("Remove a device"), _("Removed a registered device")),
    ("cohorts.sheet_added", _("Add a signed page"), _("Added pages of the signed list")),
    ("cohorts.sheet_removed", _("Remove a signed page"), _("Removed a page of the signed list")),
    ("cohorts.meeting_changed", _("Change a meeting"), _("Changed a meeting")),
    ("cohorts.counts_saved", _("Save counts"), _("Saved the counts of a meeting")),
)


def _stations_url(cohort: Cohort) -> str:
    return reverse("cohort:stations", args=[cohort.pk])


def register_attendance() -> None:
    """Called once when the apps are ready."""
    register_cohort_panel(
        "cohorts.inclusion",
        order=5,
        template="cohorts/inclusion_panel.html",
        context=attendance_training.inclusion_panel,
        permission="cohorts.view_attendance",
    )
    register_cohort_link(
        "cohorts.stations",
        label=_("Registered devices"),
        url=_stations_url,
        permission="cohorts.change_attendance",
        group=LinkGroup.BEFORE,
        order=60,
        icon="desktop",
    )
