"""What deliberations add to a training's page: a button."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lms.cohorts.enums import LinkGroup
from lms.cohorts.models import Cohort
from lms.cohorts.registry import register_cohort_link


def _minutes_url(cohort: Cohort) -> str:
    return reverse("minutes:index", query={"cohort": cohort.pk})


def register() -> None:
    """Called once when the apps are ready."""
    register_cohort_link(
        "deliberations.minutes",
        label=_("Minutes and village sheets"),
        url=_minutes_url,
        permission="deliberations.view_minutes",
        group=LinkGroup.AFTER,
        order=60,
        icon="doc-full",
    )
