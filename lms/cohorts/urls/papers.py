"""The papers of a training: routes of staff, its button, and the papers that trainings themselves print."""

from functools import partial
from typing import Any

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from lms.cohorts.enums import LinkGroup
from lms.cohorts.exports.board import findings_parts
from lms.cohorts.exports.meetings import attendance_parts, meeting_choices, schedule_parts
from lms.cohorts.models import Cohort
from lms.cohorts.registry import CohortPaper, register_cohort_link, register_cohort_paper
from lms.cohorts.views import papers as views

# Below the address of trainings, in the namespace of their views.
staff_urlpatterns: list[Any] = [
    path("<uuid:pk>/berkas/", views.PapersView.as_view(), name="papers"),
    path("<uuid:pk>/berkas/paket/", views.PackView.as_view(), name="paper_pack"),
    path("<uuid:pk>/berkas/<slug:paper>/", views.PaperView.as_view(), name="paper"),
]


def _address(name: str, cohort: Cohort) -> str:
    return reverse(name, args=[cohort.pk])


_PAPERS = (
    CohortPaper(
        code="jadwal",
        order=10,
        label=_("Schedule"),
        hint=_("Meetings by day with lesson hours. Times and speakers that are not known stay empty."),
        permission="cohorts.view_cohort",
        parts=schedule_parts,
    ),
    CohortPaper(
        code="daftar-hadir",
        order=20,
        label=_("Attendance sheet"),
        hint=_("For signatures, with empty lines for people who come without being on the list."),
        permission="cohorts.view_attendance",
        parts=attendance_parts,
        choices=meeting_choices,
    ),
    CohortPaper(
        code="kartu",
        order=30,
        label=_("Cards with code and PIN"),
        hint=_("A card has a new PIN, so you choose first for whom. Not part of the pack."),
        permission="people.issue_pin_participant",
        url=partial(_address, "cohort:cards"),
        in_pack=False,
    ),
    CohortPaper(
        code="temuan",
        order=60,
        label=_("Findings"),
        hint=_("The board as a table, without names of people."),
        permission="cohorts.view_finding",
        parts=findings_parts,
    ),
)


def register_papers() -> None:
    """Called once when the apps are ready."""
    for paper in _PAPERS:
        register_cohort_paper(paper)
    register_cohort_link(
        "cohorts.papers",
        label=_("Papers to print"),
        url=partial(_address, "cohort:papers"),
        permission="cohorts.view_cohort",
        group=LinkGroup.BEFORE,
        order=40,
        icon="doc-full",
    )
