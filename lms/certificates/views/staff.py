"""Certificates of a cohort, in Wagtail's admin."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lms.certificates.domain import issue_certificate, revoke_certificate
from lms.certificates.enums import CertificateStatus
from lms.certificates.forms import RevokeForm
from lms.certificates.models import Certificate
from lms.certificates.queries import holders_in, pdf_path, people_of, rows_of_cohort
from lms.certificates.views.own import pdf_response
from lms.cohorts.models import Cohort, Enrolment
from lms.cohorts.views.paging import page_of

VIEW = "certificates.view_certificate"
ISSUE = "certificates.add_certificate"
REVOKE = "certificates.change_certificate"


@require_GET
def cohort_certificates(request: HttpRequest, cohort_id: uuid.UUID) -> HttpResponse:
    """Who holds which number, and who lacks what."""
    _must_have(request, VIEW)
    cohort = get_object_or_404(Cohort.objects.visible_to(request.user), pk=cohort_id)
    page = page_of(request, people_of(cohort))
    rows = rows_of_cohort(cohort, list(page.object_list))
    context = {
        "page": page,
        "rows": [(row, bool(row.certificate and pdf_path(row.certificate))) for row in rows],
        "valid": holders_in(cohort),
        "can_issue": request.user.has_perm(ISSUE),
        "can_revoke": request.user.has_perm(REVOKE),
        **_frame(cohort, _("Certificates")),
    }
    return render(request, "certificates/cohort.html", context)


@require_GET
def staff_download(request: HttpRequest, certificate_id: uuid.UUID) -> FileResponse:
    """The PDF, revoked or not."""
    _must_have(request, VIEW)
    return pdf_response(_certificate(request, certificate_id))


@require_http_methods(["GET", "POST"])
def revoke(request: HttpRequest, certificate_id: uuid.UUID) -> HttpResponse:
    """Ask for the reason, then declare the certificate void."""
    _must_have(request, REVOKE)
    certificate = _certificate(request, certificate_id)
    back = redirect("certificates_cohort", certificate.enrolment.cohort_id)
    if certificate.status == CertificateStatus.REVOKED:
        messages.info(request, _("This certificate was revoked before."))
        return back
    form = RevokeForm(request.POST or None)
    if form.is_valid():
        try:
            revoke_certificate(certificate=certificate, reason=form.cleaned_data["reason"], by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(
                request, _("Certificate %(number)s is revoked.") % {"number": certificate.number}
            )
            return back
    context = {
        "certificate": certificate,
        "form": form,
        **_frame(certificate.enrolment.cohort, _("Revoke a certificate")),
    }
    return render(request, "certificates/revoke.html", context)


@require_POST
def issue(request: HttpRequest, enrolment_id: uuid.UUID) -> HttpResponse:
    """Give somebody who met the rule a certificate with a new number, after the old one was revoked."""
    _must_have(request, ISSUE)
    enrolment = get_object_or_404(Enrolment.objects.visible_to(request.user), pk=enrolment_id)
    try:
        certificate = issue_certificate(enrolment=enrolment, by_staff=True)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Certificate %(number)s is being made.") % {"number": certificate.number})
    return redirect("certificates_cohort", enrolment.cohort_id)


def _frame(cohort: Cohort, title: str) -> dict[str, Any]:
    """What Wagtail's header and the frame of a training's pages need."""
    hub_url = reverse("cohort:hub", args=[cohort.pk])
    trainings = {"url": reverse("cohort:index"), "label": capfirst(Cohort._meta.verbose_name_plural)}
    return {
        "cohort": cohort,
        "hub_url": hub_url,
        "page_title": title,
        "header_icon": "doc-full-inverse",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            trainings,
            {"url": hub_url, "label": cohort.code},
            {"url": "", "label": title},
        ],
    }


def _certificate(request: HttpRequest, certificate_id: uuid.UUID) -> Certificate:
    visible = Certificate.objects.visible_to(request.user).select_related("enrolment__cohort")
    return get_object_or_404(visible, pk=certificate_id)


def _must_have(request: HttpRequest, permission: str) -> None:
    if not request.user.has_perm(permission):  # type: ignore[union-attr]
        raise PermissionDenied
