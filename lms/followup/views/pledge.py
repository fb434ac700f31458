"""The participant's own pledge (*janji saya*)."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from lms.cohorts.access import enrolment_or_404
from lms.cohorts.models import Enrolment
from lms.followup import domain
from lms.followup.forms import PledgeForm, RenewForm
from lms.followup.models import Pledge
from lms.followup.queries import suggestions_for, versions_of
from lms.people.access import PARTICIPANT
from lms.ui.policy import requires


@requires(PARTICIPANT)
@require_GET
def pledge(request: HttpRequest) -> HttpResponse:
    """What I promised, and whether it is signed."""
    enrolment = enrolment_or_404(request)
    versions = list(versions_of(enrolment))
    if not versions or not versions[0].stands:
        return HttpResponseRedirect(reverse("followup:pledge_write"))
    context = {
        "newest": versions[0],
        "signed": next((each for each in versions if each.is_signed), None),
        "simulated": enrolment.cohort.is_simulated,
    }
    return render(request, "followup/pledge.html", context)


@requires(PARTICIPANT)
@require_http_methods(["GET", "POST"])
def write(request: HttpRequest) -> HttpResponse:
    """Write the pledge, change it until it is signed, and after that write a new version with its reason."""
    enrolment = enrolment_or_404(request)
    newest = versions_of(enrolment).first()
    kind = RenewForm if newest is not None and newest.is_signed else PledgeForm
    known: dict[str, Any] = {
        "suggestions": suggestions_for(enrolment.cohort),
        "promises": newest.promises if newest else (),
        "initial": {"scribe_name": newest.scribe_name if newest else ""},
    }
    if request.method != "POST":
        return _form_page(request, enrolment, kind(**known), newest)
    form = kind(request.POST, **known)
    if not form.is_valid():
        return _form_page(request, enrolment, form, newest, status=400)
    try:
        _save(enrolment, form)
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return _form_page(request, enrolment, form, newest, status=409)
    messages.success(request, _("Your pledge is saved."))
    return HttpResponseRedirect(reverse("followup:pledge"))


def _save(enrolment: Enrolment, form: PledgeForm) -> None:
    scribe_name = form.cleaned_data["scribe_name"]
    if isinstance(form, RenewForm):
        domain.renew_pledge(
            enrolment=enrolment,
            promises=form.promises(),
            reason=form.cleaned_data["reason"],
            scribe_name=scribe_name,
        )
    else:
        domain.write_pledge(enrolment=enrolment, promises=form.promises(), scribe_name=scribe_name)


def _form_page(
    request: HttpRequest, enrolment: Enrolment, form: PledgeForm, newest: Pledge | None, *, status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "newest": newest,
        "is_new_version": isinstance(form, RenewForm),
        "cancel_url": reverse("followup:pledge") if newest and newest.stands else reverse("portal:dashboard"),
        "simulated": enrolment.cohort.is_simulated,
    }
    return render(request, "followup/pledge_form.html", context, status=status)
