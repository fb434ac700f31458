"""Certificates in Wagtail's admin."""

from django.urls import URLPattern, path
from wagtail import hooks

from lms.certificates.views import staff


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[URLPattern]:
    return [
        path("cohorts/<uuid:cohort_id>/certificates/", staff.cohort_certificates, name="certificates_cohort"),
        path("certificates/<uuid:certificate_id>/pdf/", staff.staff_download, name="certificates_download"),
        path("certificates/<uuid:certificate_id>/revoke/", staff.revoke, name="certificates_revoke"),
        path("enrolments/<uuid:enrolment_id>/certificate/", staff.issue, name="certificates_issue"),
    ]
