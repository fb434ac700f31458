"""The findings board as participants see it: everybody's findings, without the names of who posted them."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lms.cohorts.access import enrolment_or_404
from lms.cohorts.domain.findings import change_own_finding, post_finding, set_support
from lms.cohorts.forms.board import FindingForm, PostForm
from lms.cohorts.models import Enrolment, Finding
from lms.cohorts.queries.board import board
from lms.people.access import PARTICIPANT
from lms.ui.policy import requires


@requires(PARTICIPANT)
@require_GET
def board_page(request: HttpRequest) -> HttpResponse:
    """All findings of the own training, by topic."""
    return _board(request, enrolment_or_404(request))


@requires(PARTICIPANT)
@require_http_methods(["GET", "POST"])
def post(request: HttpRequest) -> HttpResponse:
    """Put a finding on the board."""
    enrolment = enrolment_or_404(request)
    if request.method != "POST":
        # Random: an id that holds a time could be laid beside a sign-in.
        initial = {"id": uuid.uuid4(), "dusun": enrolment.participant.dusun}
        return _form_page(request, enrolment, PostForm(initial=initial))
    form = PostForm(request.POST)
    if not form.is_valid():
        return _form_page(request, enrolment, form, status=400)
    try:
        post_finding(
            enrolment=enrolment,
            finding_id=form.cleaned_data["id"],
            fields=form.finding_fields(),
            without_name=form.cleaned_data["without_name"],
        )
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return _form_page(request, enrolment, form, status=409)
    messages.success(request, _("Your finding is on the board."))
    return HttpResponseRedirect(reverse("board:board"))


@requires(PARTICIPANT)
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, finding_id: uuid.UUID) -> HttpResponse:
    """Mend the words of an own finding."""
    enrolment = enrolment_or_404(request)
    finding = get_object_or_404(Finding, pk=finding_id, cohort=enrolment.cohort_id, author=enrolment)
    if request.method != "POST":
        names = ("text", "topic", "dusun", "group")
        initial = {name: getattr(finding, name) for name in names}
        return _form_page(request, enrolment, FindingForm(initial=initial), finding=finding)
    form = FindingForm(request.POST)
    if not form.is_valid():
        return _form_page(request, enrolment, form, finding=finding, status=400)
    try:
        change_own_finding(enrolment=enrolment, finding=finding, fields=form.finding_fields())
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return _form_page(request, enrolment, form, finding=finding, status=409)
    messages.success(request, _("The finding is saved."))
    return HttpResponseRedirect(reverse("board:board"))


@requires(PARTICIPANT)
@require_POST
def support(request: HttpRequest, finding_id: uuid.UUID) -> HttpResponse:
    """Say that it also happens in the own dusun, or take that back; the button says which."""
    enrolment = enrolment_or_404(request)
    finding = get_object_or_404(Finding, pk=finding_id, cohort=enrolment.cohort_id)
    try:
        set_support(enrolment=enrolment, finding=finding, happens=request.POST.get("happens") == "1")
    except ValidationError as refusal:
        return _board(request, enrolment, problem=refusal.messages[0], status=409)
    stays = finding.merged_into_id or finding.pk
    return HttpResponseRedirect(f"{reverse('board:board')}#temuan-{stays}")


def _board(
    request: HttpRequest, enrolment: Enrolment, *, problem: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "topics": board(enrolment.cohort, reader=enrolment),
        "problem": problem,
        "simulated": enrolment.cohort.is_simulated,
    }
    return render(request, "cohorts/board.html", context, status=status)


def _form_page(
    request: HttpRequest,
    enrolment: Enrolment,
    form: FindingForm,
    *,
    finding: Finding | None = None,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "finding": finding, "simulated": enrolment.cohort.is_simulated}
    return render(request, "cohorts/board_post.html", context, status=status)
