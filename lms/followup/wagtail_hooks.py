"""Follow-up plans in Wagtail's admin."""

from django.urls import URLPattern, path
from wagtail import hooks

from lms.followup.views.staff import CohortPlansView


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[URLPattern]:
    return [path("cohorts/<uuid:pk>/plans/", CohortPlansView.as_view(), name="followup_cohort_plans")]
