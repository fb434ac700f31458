"""A participant's own certificate."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lms.certificates.codes import grouped
from lms.certificates.enums import CertificateStatus
from lms.certificates.models import Certificate
from lms.certificates.queries import certificate_of, pdf_path, requirements_of
from lms.cohorts.access import enrolment_or_404
from lms.people.access import PARTICIPANT
from lms.ui.policy import requires


@requires(PARTICIPANT)
@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """What is still missing, that it is being made, or the certificate itself."""
    enrolment = enrolment_or_404(request)
    certificate = certificate_of(enrolment)
    context = {
        "enrolment": enrolment,
        "certificate": certificate,
        "state": _state(certificate),
        "code_words": grouped(certificate.code) if certificate else "",
        "requirements": [] if certificate else requirements_of(enrolment),
        "simulated": enrolment.cohort.is_simulated,
    }
    return render(request, "certificates/own.html", context)


@requires(PARTICIPANT)
@require_safe
def download(request: HttpRequest) -> HttpResponse | FileResponse:
    """The PDF of the own certificate. 404 while there is none, or when it was revoked."""
    certificate = certificate_of(enrolment_or_404(request))
    if _state(certificate) != "ready":
        raise Http404
    return pdf_response(certificate)


def pdf_response(certificate: Certificate) -> FileResponse:
    """The file as a download that leaves no copy in caches. Its name says the number, not the person."""
    path = pdf_path(certificate)
    if path is None:
        raise Http404
    name = f"sertifikat-{certificate.number.replace('/', '-')}.pdf"
    response = FileResponse(
        path.open("rb"), as_attachment=True, filename=name, content_type="application/pdf"
    )
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _state(certificate: Certificate | None) -> str:
    if certificate is None:
        return "missing"
    if certificate.status == CertificateStatus.REVOKED:
        return "revoked"
    return "making" if pdf_path(certificate) is None else "ready"
