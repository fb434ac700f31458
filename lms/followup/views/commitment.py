"""Pledges of a training for staff: who has signed, one person's pledge, the photo of a sheet, suggestions."""

from typing import Any, ClassVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lms.cohorts.models import Enrolment
from lms.cohorts.views import CohortView
from lms.cohorts.views.paging import page_of
from lms.followup import domain
from lms.followup.forms import PledgeForm, RenewForm, SignaturesForm, SuggestionsForm, TakeBackForm
from lms.followup.models import Pledge, PledgeSheet, PledgeSuggestions
from lms.followup.queries import pledge_counts, pledge_rows, suggestions_for, versions_of
from lms.followup.suggestions import STANDARD

VIEW = "followup.view_pledge"
CHANGE = "followup.change_pledge"


class _CommitmentView(CohortView):
    permissions: ClassVar[tuple[str, ...]] = (VIEW,)
    header_icon = "edit"

    @property
    def list_url(self) -> str:
        return reverse("followup_pledges", args=[self.cohort.pk])

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        items = super().get_breadcrumbs_items()
        if isinstance(self, PledgesView):
            return items
        return [*items[:-1], {"url": self.list_url, "label": _("Commitment")}, items[-1]]

    def show(self, **context: Any) -> HttpResponse:
        return super().show(list_url=self.list_url, **context)


class PledgesView(_CommitmentView):
    """Everybody with the pledge, and one form that records the signatures of all who are ticked."""

    template_name = "followup/pledges.html"
    page_title = gettext_lazy("Commitment")

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        rows = pledge_rows(self.cohort)
        everybody = request.GET.get("tick") == "all"
        shown = page_of(request, rows)
        ticked = {str(row.enrolment.pk) for row in shown if row.waits} if everybody else set()
        return self._page(SignaturesForm(cohort=self.cohort, rows=rows), rows, ticked, set())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm(CHANGE):
            raise PermissionDenied
        rows = pledge_rows(self.cohort)
        form = SignaturesForm(request.POST, request.FILES, cohort=self.cohort, rows=rows)
        if not form.is_valid():
            return self._page(form, rows, form.ticked(), form.thumbs(), status=400)
        try:
            done = domain.record_signatures(
                cohort=self.cohort,
                means=form.means(),
                signature=form.signature(),
                photo=form.cleaned_data["photo"],
                user=request.user,
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
            return self._page(form, rows, form.ticked(), form.thumbs(), status=409)
        self._say(done)
        page = page_of(request, rows).number
        return redirect(f"{self.list_url}?p={page}" if page > 1 else self.list_url)

    def _say(self, done: Any) -> None:
        text = ngettext("Recorded: %(n)d signature.", "Recorded: %(n)d signatures.", done.signed)
        messages.success(self.request, text % {"n": done.signed})
        if done.with_photo:
            text = ngettext(
                "The photo was added to %(n)d older signature.",
                "The photo was added to %(n)d older signatures.",
                done.with_photo,
            )
            messages.success(self.request, text % {"n": done.with_photo})
        if done.already:
            text = ngettext(
                "%(n)d person was recorded before and stays as recorded.",
                "%(n)d people were recorded before and stay as recorded.",
                done.already,
            )
            messages.warning(self.request, text % {"n": done.already})

    def _page(
        self, form: SignaturesForm, rows: list[Any], ticked: set[str], thumbs: set[str], *, status: int = 200
    ) -> HttpResponse:
        page = page_of(self.request, rows)
        lines = [
            {
                "row": row,
                "is_ticked": str(row.enrolment.pk) in ticked,
                "is_thumb": str(row.enrolment.pk) in thumbs,
            }
            for row in page
        ]
        response = self.show(
            form=form,
            page=page,
            lines=lines,
            counts=pledge_counts(self.cohort),
            may_record=self.request.user.has_perm(CHANGE),
            waiting=sum(row.waits for row in page),
        )
        response.status_code = status
        return response


class PledgeView(_CommitmentView):
    """One person: all versions, typing from paper, a new version, and taking a mistaken signature back."""

    template_name = "followup/pledge_staff.html"
    page_title = gettext_lazy("Pledge")

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self._page(self._enrolment())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm(CHANGE):
            raise PermissionDenied
        enrolment = self._enrolment()
        if "take_back" in request.POST:
            return self._take_back(enrolment)
        form = self._form(enrolment, request.POST)
        if not form.is_valid():
            return self._page(enrolment, form=form, status=400)
        fields = {
            "enrolment": enrolment,
            "promises": form.promises(),
            "scribe_name": form.cleaned_data["scribe_name"],
            "entered_by": request.user,
        }
        try:
            if isinstance(form, RenewForm):
                domain.renew_pledge(reason=form.cleaned_data["reason"], **fields)
            else:
                domain.write_pledge(**fields)
        except ValidationError as refusal:
            form.add_error(None, refusal)
            return self._page(enrolment, form=form, status=409)
        messages.success(
            request, _("The pledge of %(name)s is saved.") % {"name": enrolment.participant.full_name}
        )
        return redirect(self.list_url)

    def _take_back(self, enrolment: Enrolment) -> HttpResponse:
        form = TakeBackForm(self.request.POST)
        if not form.is_valid():
            return self._page(enrolment, take_back=form, status=400)
        pledge = get_object_or_404(Pledge.objects.filter(enrolment=enrolment), version=self._version())
        try:
            domain.take_back_signature(
                pledge=pledge, reason=form.cleaned_data["reason"], user=self.request.user
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
            return self._page(enrolment, take_back=form, status=409)
        messages.success(self.request, _("The signature is taken back."))
        return redirect(self.request.path)

    def _version(self) -> int:
        asked = self.request.POST.get("version", "")
        if not (asked.isascii() and asked.isdigit() and len(asked) <= 4):
            raise Http404
        return int(asked)

    def _enrolment(self) -> Enrolment:
        own = Enrolment.objects.filter(cohort=self.cohort).select_related("participant", "cohort__village")
        found: Enrolment = get_object_or_404(own, pk=self.kwargs["enrolment"])
        return found

    def _form(self, enrolment: Enrolment, data: Any = None) -> PledgeForm:
        newest = versions_of(enrolment).first()
        promises = newest.promises if newest else []
        renews = newest is not None and newest.is_signed and bool(promises)
        scribe = newest.scribe_name if newest else ""
        return (RenewForm if renews else PledgeForm)(
            data,
            suggestions=suggestions_for(self.cohort),
            promises=promises,
            initial={"scribe_name": scribe},
        )

    def _page(
        self,
        enrolment: Enrolment,
        *,
        form: PledgeForm | None = None,
        take_back: TakeBackForm | None = None,
        status: int = 200,
    ) -> HttpResponse:
        versions = list(versions_of(enrolment))
        form = form or self._form(enrolment)
        response = self.show(
            enrolment=enrolment,
            versions=versions,
            newest=versions[0] if versions else None,
            form=form,
            is_new_version=isinstance(form, RenewForm),
            take_back=take_back or TakeBackForm(),
            may_record=self.request.user.has_perm(CHANGE),
        )
        response.status_code = status
        return response


class SheetPhotoView(_CommitmentView):
    """The photo of a signed sheet, for staff of the training only."""

    def get(self, request: HttpRequest, **kwargs: Any) -> FileResponse:
        own = PledgeSheet.objects.filter(cohort=self.cohort)
        photo = get_object_or_404(own, pk=self.kwargs["pledge_sheet"]).photo
        if not photo.storage.exists(photo.name):
            raise Http404
        response = FileResponse(photo.open("rb"), content_type="image/jpeg", filename="lembar-komitmen.jpg")
        response["X-Content-Type-Options"] = "nosniff"
        response["Content-Security-Policy"] = "default-src 'none'; sandbox"
        response["Cache-Control"] = "no-store, private"
        return response


class SuggestionsView(_CommitmentView):
    """What participants of this training may promise with one tap."""

    permissions = (VIEW, CHANGE)
    template_name = "followup/pledge_suggestions.html"
    page_title = gettext_lazy("Suggestions for pledges")

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        own = PledgeSuggestions.objects.filter(cohort=self.cohort).first()
        return self.show(form=SuggestionsForm(initial={"text": own.text if own else ""}), standard=STANDARD)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = SuggestionsForm(request.POST)
        if form.is_valid():
            try:
                domain.set_suggestions(cohort=self.cohort, text=form.cleaned_data["text"], user=request.user)
            except ValidationError as refusal:
                form.add_error("text", refusal)
            else:
                messages.success(request, _("The suggestions are saved."))
                return redirect(self.list_url)
        response = self.show(form=form, standard=STANDARD)
        response.status_code = 400
        return response
