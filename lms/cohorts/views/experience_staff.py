"""The experience board as staff keep it: type notes and quotes, record consents, choose, sum up, print."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.cohorts.domain import consents, experiences
from lms.cohorts.enums import NoteKind
from lms.cohorts.forms.experience import ConsentForm, SummaryForm, TypeNoteForm
from lms.cohorts.models import ExperienceNote
from lms.cohorts.queries.experiences import all_notes, summary_of
from lms.cohorts.views import CohortView

# What everybody may read is decided by organisers.
MAY_CHOOSE = "cohorts.change_cohort"


class _ExperienceView(CohortView):
    header_icon = "openquote"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        items = super().get_breadcrumbs_items()
        if isinstance(self, ExperiencesView):
            return items
        return [*items[:-1], {"url": self.board_url, "label": _("Experience board")}, items[-1]]

    @property
    def board_url(self) -> str:
        return reverse("cohort:experiences", args=[self.cohort.pk])

    def show(self, **context: Any) -> HttpResponse:
        return super().show(board_url=self.board_url, **context)

    def _note(self) -> ExperienceNote:
        own = ExperienceNote.objects.filter(cohort=self.cohort).select_related("cohort__village")
        note: ExperienceNote = get_object_or_404(own, pk=self.kwargs["note_id"])
        return note


class ExperiencesView(_ExperienceView):
    """Every note and quote with its consent. A handful of queries whatever their number."""

    permissions = ("cohorts.view_experiencenote",)
    template_name = "cohorts/experiences_staff.html"
    page_title = gettext_lazy("Experience board")

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.show(
            entries=all_notes(self.cohort),
            summary=summary_of(self.cohort),
            may_choose=request.user.has_perm(MAY_CHOOSE),
        )


class PrintView(_ExperienceView):
    """The experiences on A4, without names of people who did not choose to be named."""

    permissions = ("cohorts.view_experiencenote",)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        entries = [entry for entry in all_notes(self.cohort) if entry.note.taken_off_at is None]
        context = {
            "cohort": self.cohort,
            "entries": entries,
            "summary": summary_of(self.cohort),
            "board_url": self.board_url,
        }
        return render(request, "cohorts/experiences_print.html", context)


class TypeNoteView(_ExperienceView):
    """Type somebody's experience; consent is asked for on the next page."""

    permissions = ("cohorts.add_experiencenote", "cohorts.view_experiencenote")
    template_name = "cohorts/experience_form.html"
    page_title = gettext_lazy("Type an experience")
    kind = NoteKind.EXPERIENCE

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = TypeNoteForm(cohort=self.cohort, kind=self.kind, initial={"id": uuid.uuid4()})
        return self.show(form=form)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = TypeNoteForm(request.POST, cohort=self.cohort, kind=self.kind)
        if not form.is_valid():
            return self.show(form=form)
        try:
            note = experiences.add_note(
                cohort=self.cohort,
                note_id=form.cleaned_data["id"],
                kind=self.kind,
                fields=form.note_fields(),
                author=form.cleaned_data.get("author"),
                agreement=None,
                user=request.user,
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
            return self.show(form=form)
        messages.success(request, _("The note is on the board. Nobody outside the training sees it yet."))
        if "consent" in request.POST:
            return redirect("cohort:experience_consent", self.cohort.pk, note.pk)
        return redirect(self.board_url)


class TypeQuoteView(TypeNoteView):
    """Type what somebody said, with name and office."""

    page_title = gettext_lazy("Type a quote")
    kind = NoteKind.QUOTE


class EditNoteView(_ExperienceView):
    """Put words right; the earlier ones stay, and consent has to be asked for anew."""

    permissions = ("cohorts.change_experiencenote", "cohorts.view_experiencenote")
    template_name = "cohorts/experience_form.html"
    page_title = gettext_lazy("Change the note")

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        note = self._note()
        return self.show(form=TypeNoteForm(cohort=self.cohort, kind=note.kind, note=note), note=note)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        note = self._note()
        form = TypeNoteForm(request.POST, cohort=self.cohort, kind=note.kind, note=note)
        if not form.is_valid():
            return self.show(form=form, note=note)
        try:
            experiences.edit_note(note=note, fields=form.note_fields(), user=request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal)
            return self.show(form=form, note=note)
        messages.success(request, _("The note is saved. What stood there before is kept."))
        return redirect(self.board_url)


class ConsentView(_ExperienceView):
    """Record that the person agreed to these words being published."""

    permissions = ("cohorts.change_experiencenote", "cohorts.view_experiencenote")
    template_name = "cohorts/experience_consent.html"
    page_title = gettext_lazy("Consent to publish")

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        note = self._note()
        return self.show(form=ConsentForm(note=note), note=note)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        note = self._note()
        form = ConsentForm(request.POST, note=note)
        if not form.is_valid():
            return self.show(form=form, note=note)
        try:
            consents.give_consent(note=note, agreement=form.agreement(), user=request.user)
        except ValidationError as refusal:
            messages.error(request, refusal.messages[0])
        else:
            messages.success(request, _("The consent is recorded."))
        return redirect(self.board_url)


class NoteStateView(_ExperienceView):
    """One press each, and each can be undone: choose, leave out, withdraw, take off, put back."""

    permissions = ("cohorts.change_experiencenote", "cohorts.view_experiencenote")
    # A consent is withdrawn whatever has become of the training; the verbs refuse the rest.
    writes_archived = True
    _done = {
        "choose": gettext_lazy("The note is chosen for the public page."),
        "leave_out": gettext_lazy("The note is not on the public page any more."),
        "withdraw": gettext_lazy("The consent is withdrawn; the note is on no public page any more."),
        "take_off": gettext_lazy("The note is off the board."),
        "put_back": gettext_lazy("The note is back on the board."),
    }

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        note, what = self._note(), request.POST.get("do", "")
        if what not in self._done:
            raise Http404
        if what == "choose" and not request.user.has_perm(MAY_CHOOSE):
            raise PermissionDenied
        try:
            self._do(note, what)
        except ValidationError as refusal:
            messages.error(request, refusal.messages[0])
        else:
            messages.success(request, self._done[what])
        return redirect(self.board_url)

    def _do(self, note: ExperienceNote, what: str) -> None:
        user = self.request.user
        if what == "withdraw":
            consents.withdraw_consent(note=note, user=user)
        elif what in ("choose", "leave_out"):
            consents.choose_note(note=note, chosen=what == "choose", user=user)
        else:
            experiences.take_off(note=note, off=what == "take_off", user=user)


class SummaryView(_ExperienceView):
    """The summary of the discussion (*rangkuman diskusi*)."""

    permissions = ("cohorts.change_experiencenote", "cohorts.view_experiencenote")
    template_name = "cohorts/experience_form.html"
    page_title = gettext_lazy("Summary of the discussion")

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.show(form=SummaryForm(initial={"text": summary_of(self.cohort)}), is_summary=True)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = SummaryForm(request.POST)
        if not form.is_valid():
            return self.show(form=form, is_summary=True)
        try:
            experiences.sum_up(cohort=self.cohort, text=form.cleaned_data["text"].strip(), user=request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal)
            return self.show(form=form, is_summary=True)
        messages.success(request, _("The summary is saved. Participants see it on the experience board."))
        return redirect(self.board_url)
