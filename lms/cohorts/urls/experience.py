"""The experience board: routes of participants, routes of staff, its button and the entries of its log."""

from typing import Any

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from lms.cohorts.enums import LinkGroup
from lms.cohorts.models import Cohort
from lms.cohorts.registry import register_cohort_link
from lms.cohorts.views import experience as views
from lms.cohorts.views import experience_staff as staff

app_name = "experience"
urlpatterns = [
    path("pengalaman/", views.board_page, name="board"),
    path("pengalaman/baru/", views.post, name="post"),
    path("pengalaman/tarik/", views.withdraw_by_code, name="withdraw_by_code"),
    path("pengalaman/<uuid:note_id>/", views.change, name="change"),
    path("pengalaman/<uuid:note_id>/tarik/", views.withdraw, name="withdraw"),
]

_board = "<uuid:pk>/pengalaman"
_note = f"{_board}/<uuid:note_id>"
# Below the address of trainings, in the namespace of their views.
staff_urlpatterns: list[Any] = [
    path(f"{_board}/", staff.ExperiencesView.as_view(), name="experiences"),
    path(f"{_board}/ketik/", staff.TypeNoteView.as_view(), name="experience_add"),
    path(f"{_board}/kutipan/", staff.TypeQuoteView.as_view(), name="experience_quote"),
    path(f"{_board}/cetak/", staff.PrintView.as_view(), name="experiences_print"),
    path(f"{_board}/rangkuman/", staff.SummaryView.as_view(), name="experiences_summary"),
    path(f"{_note}/", staff.EditNoteView.as_view(), name="experience_edit"),
    path(f"{_note}/izin/", staff.ConsentView.as_view(), name="experience_consent"),
    path(f"{_note}/keadaan/", staff.NoteStateView.as_view(), name="experience_state"),
]

LOG_ACTIONS = (
    ("cohorts.note_added", _("Add a note"), _("Added a note to the experience board")),
    ("cohorts.note_changed", _("Change a note"), _("Changed a note of the experience board")),
    ("cohorts.note_consent", _("Consent to publish"), _("Recorded a consent to publish")),
    ("cohorts.note_consent_withdrawn", _("Withdraw a consent"), _("Withdrew a consent to publish")),
    ("cohorts.note_chosen", _("Choose a note"), _("Chose a note for the public page")),
    ("cohorts.note_left_out", _("Leave out a note"), _("Left a note out of the public page")),
    ("cohorts.note_taken_off", _("Take off a note"), _("Took a note off the experience board")),
    ("cohorts.note_put_back", _("Put back a note"), _("Put a note back on the experience board")),
    ("cohorts.discussion_summed_up", _("Sum up"), _("Changed the summary of the discussion")),
)


def _board_url(cohort: Cohort) -> str:
    return reverse("cohort:experiences", args=[cohort.pk])


def register_experiences() -> None:
    """Called once when the apps are ready."""
    register_cohort_link(
        "cohorts.experiences",
        label=_("Experience board"),
        url=_board_url,
        permission="cohorts.view_experiencenote",
        group=LinkGroup.DAY,
        order=50,
        icon="openquote",
    )
