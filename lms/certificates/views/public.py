"""What anybody may learn who holds a certificate's code: name, title, date, status."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lms.certificates.codes import grouped, normalised
from lms.certificates.enums import CertificateStatus
from lms.certificates.forms import CheckForm
from lms.certificates.models import Certificate
from lms.ui.policy import PUBLIC, requires


@requires(PUBLIC)
@never_cache
@require_safe
def check(request: HttpRequest) -> HttpResponse:
    """Ask for a code; a code that could be one leads to its page."""
    form = CheckForm(request.GET if "kode" in request.GET else None)
    if form.is_bound and form.is_valid():
        typed = form.cleaned_data["kode"]
        code = normalised(typed)
        if code is None:
            return _unknown(request, typed)
        return HttpResponseRedirect(reverse("certificates:verify", args=[code]))
    return _unindexed(render(request, "certificates/check.html", {"form": form}))


@requires(PUBLIC)
@never_cache
@require_safe
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """The few facts of one certificate, or the same 404 for everything that is none."""
    known = normalised(code)
    certificate = known and Certificate.objects.filter(code=known).first()
    if not certificate:
        return _unknown(request, grouped(known) if known else code)
    context = {
        "name": certificate.snapshot["name"],
        "title": certificate.snapshot["title"],
        "issued_on": certificate.issued_on,
        "is_valid": certificate.status == CertificateStatus.VALID,
        "simulated": certificate.snapshot["is_simulated"],
    }
    return _unindexed(render(request, "certificates/verify.html", context))


def _unknown(request: HttpRequest, typed: str) -> HttpResponse:
    """What was typed stays in the field: 26 signs are compared more easily than typed again."""
    form = CheckForm(initial={"kode": typed[: CheckForm.base_fields["kode"].max_length]})
    return _unindexed(render(request, "certificates/unknown.html", {"form": form}, status=404))


def _unindexed(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
