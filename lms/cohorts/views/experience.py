"""The experience board as participants see it: all experiences, without the names of who wrote them."""

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
from lms.cohorts.domain.consents import new_withdrawal_code, withdraw_consent, withdraw_with_code
from lms.cohorts.domain.experiences import change_own_note, post_note
from lms.cohorts.forms.experience import ExperienceForm, PostExperienceForm, WithdrawForm
from lms.cohorts.models import Enrolment, ExperienceNote
from lms.cohorts.queries.experiences import experience_board, summary_of
from lms.people.access import PARTICIPANT
from lms.ui.policy import requires


@requires(PARTICIPANT)
@require_GET
def board_page(request: HttpRequest) -> HttpResponse:
    """All experiences of the own training, and the summary of its discussion."""
    enrolment = enrolment_or_404(request)
    context = {
        "entries": experience_board(enrolment.cohort, reader=enrolment),
        "summary": summary_of(enrolment.cohort),
        "simulated": enrolment.cohort.is_simulated,
    }
    return render(request, "cohorts/experiences.html", context)


@requires(PARTICIPANT)
@require_http_methods(["GET", "POST"])
def post(request: HttpRequest) -> HttpResponse:
    """Put an experience on the board."""
    enrolment = enrolment_or_404(request)
    if request.method != "POST":
        # Random: an id that holds a time could be laid beside a sign-in.
        initial = {
            "id": uuid.uuid4(),
            "code": new_withdrawal_code(),
            "dusun": enrolment.participant.dusun,
        }
        return _form_page(request, enrolment, PostExperienceForm(initial=initial))
    form = PostExperienceForm(request.POST)
    if not form.is_valid():
        return _form_page(request, enrolment, form, status=400)
    try:
        post_note(
            enrolment=enrolment,
            note_id=form.cleaned_data["id"],
            fields=form.note_fields(),
            without_name=form.cleaned_data["without_name"],
            agreement=form.agreement(),
            withdrawal_code=form.cleaned_data["code"],
        )
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return _form_page(request, enrolment, form, status=409)
    messages.success(request, _("Your experience is on the board. Thank you for sharing it."))
    return _to_board()


@requires(PARTICIPANT)
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, note_id: uuid.UUID) -> HttpResponse:
    """Write an own note anew, and say anew whether it may be published."""
    enrolment = enrolment_or_404(request)
    note = _own_note(enrolment, note_id)
    if request.method != "POST":
        return _form_page(request, enrolment, ExperienceForm(initial=_initial(note)), note=note)
    form = ExperienceForm(request.POST)
    if not form.is_valid():
        return _form_page(request, enrolment, form, note=note, status=400)
    try:
        change_own_note(enrolment=enrolment, note=note, fields=form.note_fields(), agreement=form.agreement())
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return _form_page(request, enrolment, form, note=note, status=409)
    messages.success(request, _("The note is saved."))
    return _to_board()


@requires(PARTICIPANT)
@require_POST
def withdraw(request: HttpRequest, note_id: uuid.UUID) -> HttpResponse:
    """Take the consent to an own note back."""
    note = _own_note(enrolment_or_404(request), note_id)
    withdraw_consent(note=note, user=None)
    messages.success(request, _("Your note is no longer published. It stays on the board of this training."))
    return _to_board()


@requires(PARTICIPANT)
@require_http_methods(["GET", "POST"])
def withdraw_by_code(request: HttpRequest) -> HttpResponse:
    """Take the consent to a note without a name back. Nothing about who did it is stored."""
    enrolment = enrolment_or_404(request)
    form = WithdrawForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            withdraw_with_code(enrolment=enrolment, code=form.cleaned_data["code"])
        except ValidationError as refusal:
            form.add_error("code", refusal)
        else:
            messages.success(
                request, _("That note is no longer published. It stays on the board of this training.")
            )
            return _to_board()
    if request.method == "POST":
        status = 400
    context = {"form": form, "simulated": enrolment.cohort.is_simulated}
    return render(request, "cohorts/experience_withdraw.html", context, status=status)


def _own_note(enrolment: Enrolment, note_id: uuid.UUID) -> ExperienceNote:
    own = ExperienceNote.objects.filter(cohort=enrolment.cohort_id, author=enrolment, kind="pengalaman")
    note: ExperienceNote = get_object_or_404(own.filter(taken_off_at__isnull=True), pk=note_id)
    return note


def _initial(note: ExperienceNote) -> dict[str, Any]:
    names = ("text", "happened", "learned", "dusun")
    standing = note.consents.filter(withdrawn_at__isnull=True, revision=note.revision).first()
    return {
        **{name: getattr(note, name) for name in names},
        "agree": standing is not None,
        "shown_as": standing.shown_as if standing else "",
    }


def _to_board() -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("experience:board"))


def _form_page(
    request: HttpRequest,
    enrolment: Enrolment,
    form: ExperienceForm,
    *,
    note: ExperienceNote | None = None,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "note": note, "simulated": enrolment.cohort.is_simulated}
    return render(request, "cohorts/experience_post.html", context, status=status)
