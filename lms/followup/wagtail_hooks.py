"""Follow-up plans and pledges in Wagtail's admin."""

from django.templatetags.static import static
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from lms.followup.views import commitment
from lms.followup.views.staff import CohortPlansView


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[URLPattern]:
    pledges = "angkatan/<uuid:pk>/komitmen/"
    return [
        path("cohorts/<uuid:pk>/plans/", CohortPlansView.as_view(), name="followup_cohort_plans"),
        path(pledges, commitment.PledgesView.as_view(), name="followup_pledges"),
        path(f"{pledges}usulan/", commitment.SuggestionsView.as_view(), name="followup_suggestions"),
        path(
            f"{pledges}foto/<uuid:pledge_sheet>/",
            commitment.SheetPhotoView.as_view(),
            name="followup_pledge_sheet",
        ),
        path(f"{pledges}<uuid:enrolment>/", commitment.PledgeView.as_view(), name="followup_pledge"),
    ]


@hooks.register("register_log_actions")
def log_actions_of_pledges(actions: LogActionRegistry) -> None:
    for code, label, message in (
        ("pledge_written", _("Pledge"), _("Typed a pledge")),
        ("pledge_renewed", _("Pledge"), _("Wrote a new version of a pledge")),
        ("pledges_signed", _("Commitment"), _("Recorded signatures of pledges")),
        ("signature_taken_back", _("Commitment"), _("Took the signature of a pledge back")),
        ("suggestions_set", _("Commitment"), _("Changed the suggestions for pledges")),
    ):
        actions.register_action(f"followup.{code}", label, message)


@hooks.register("insert_global_admin_css")
def staff_css() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("followup/staff.css"))
