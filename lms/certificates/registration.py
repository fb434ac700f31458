"""What certificates add to the apps below: a button on the cohort's page."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lms.cohorts.models import Cohort
from lms.cohorts.registry import register_cohort_link


def _url(cohort: Cohort) -> str:
    return reverse("certificates_cohort", args=[cohort.pk])


def register() -> None:
    """Called once when the apps are ready."""
    register_cohort_link(
        "certificates.list",
        label=_("Certificates"),
        url=_url,
        permission="certificates.view_certificate",
        order=30,
        icon="doc-full-inverse",
    )
