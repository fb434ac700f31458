"""Certificates in Wagtail's admin."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from lms.certificates.enums import REVOKED_ACTION
from lms.certificates.models import Certificate
from lms.certificates.views import staff
from lms.people.models import RecordLogEntry


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[URLPattern]:
    return [
        path("cohorts/<uuid:cohort_id>/certificates/", staff.cohort_certificates, name="certificates_cohort"),
        path("certificates/<uuid:certificate_id>/pdf/", staff.staff_download, name="certificates_download"),
        path("certificates/<uuid:certificate_id>/revoke/", staff.revoke, name="certificates_revoke"),
        path("enrolments/<uuid:enrolment_id>/certificate/", staff.issue, name="certificates_issue"),
    ]


@hooks.register("register_log_actions")
def log_actions_of_certificates(actions: LogActionRegistry) -> None:
    actions.register_model(Certificate, RecordLogEntry)
    actions.register_action(REVOKED_ACTION, _("Revoke"), _("Revoked a certificate"))
