"""The page of one training and what is done from it, in Wagtail's admin."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.log_actions import log

from lms.cohorts import registry
from lms.cohorts.domain import Card, enrol, issue_cards, record_meeting, withdraw
from lms.cohorts.enums import AttendanceStatus
from lms.cohorts.forms import AttendanceForm, CardsForm, PersonForm
from lms.cohorts.models import Attendance, Cohort, Enrolment, Meeting
from lms.cohorts.queries import candidates, meetings_with_counts, pin_state, roster
from lms.conf import setting
from lms.people.domain import register_participant
from lms.people.models import Participant

_CANDIDATES_SHOWN = 30


class CohortView(WagtailAdminTemplateMixin, View):
    """A view of one training. Outside the scope of the member of staff it does not exist (404).

    Subclasses name the ``permissions`` that are needed, all of them.
    """

    permissions: ClassVar[tuple[str, ...]] = ("cohorts.view_cohort",)
    header_icon = "calendar-check"
    cohort: Cohort

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        visible = Cohort.objects.visible_to(request.user)
        self.cohort = get_object_or_404(
            visible.select_related("organisation", "village", "course", "assessment"), pk=kwargs["pk"]
        )

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perms(self.permissions):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        items = [
            *self.breadcrumbs_items,
            {"url": reverse("cohort:index"), "label": capfirst(Cohort._meta.verbose_name_plural)},
            {"url": self.hub_url, "label": self.cohort.code},
        ]
        return [*items, {"url": "", "label": self.get_page_title()}] if self.page_title else items

    @property
    def hub_url(self) -> str:
        """The address of the training's page."""
        return reverse("cohort:hub", args=[self.cohort.pk])

    def show(self, **context: Any) -> HttpResponse:
        """The page of this view with the training in its context."""
        context = self.get_context_data(cohort=self.cohort, hub_url=self.hub_url, **context)
        return self.render_to_response(context)


class HubView(CohortView):
    """Facts, people, meetings, and whatever the apps above have registered for this page."""

    template_name = "cohorts/hub.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        user = request.user
        return self.show(
            roster=list(roster(self.cohort)),
            meetings=list(meetings_with_counts(self.cohort)),
            # Codes and orders of forms are for organisers: a trainer needs neither to teach.
            sees_codes=user.has_perm("people.change_participant"),
            links=[
                {"label": link.label, "url": link.url(self.cohort), "icon": link.icon}
                for link in registry.links_for(user)
            ],
            panels=[
                {"template": panel.template, "context": panel.context(request, self.cohort)}
                for panel in registry.panels_for(user)
            ],
        )


class AddPersonView(CohortView):
    """Register a person with consent, enrol, and show the card: the only time its PIN can be read."""

    permissions = ("cohorts.add_enrolment", "people.add_participant")
    template_name = "cohorts/add_person.html"
    page_title = gettext_lazy("Add a participant")

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.show(form=PersonForm(cohort=self.cohort))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = PersonForm(request.POST, cohort=self.cohort)
        if not form.is_valid():
            return self.show(form=form)
        try:
            card = self._add(form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error.messages)
            return self.show(form=form)
        return print_cards(request, self.cohort, [card], address=own_address(request), is_new=True)

    def _add(self, fields: dict[str, Any]) -> Card:
        wanted = {name: fields[name] for name in fields if name not in ("consent_given", "seen_namesakes")}
        with transaction.atomic():
            participant, pin = register_participant(
                organisation=self.cohort.organisation, recorded_by=self.request.user, **wanted
            )
            log(participant, "people.registered")
            enrol(cohort=self.cohort, participant=participant)
            log(self.cohort, "cohorts.enrolled", data={"participant": str(participant.pk)})
        return Card(participant, pin)


class EnrolExistingView(CohortView):
    """Find somebody whom the organisation knows already, and enrol."""

    permissions = ("cohorts.add_enrolment", "people.view_participant")
    template_name = "cohorts/enrol_existing.html"
    page_title = gettext_lazy("Choose somebody known")

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        search = request.GET.get("q", "").strip()
        found = list(candidates(self.cohort, search)[: _CANDIDATES_SHOWN + 1])
        return self.show(
            search=search, found=found[:_CANDIDATES_SHOWN], has_more=len(found) > _CANDIDATES_SHOWN
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        own = Participant.objects.visible_to(request.user).filter(organisation=self.cohort.organisation_id)
        try:
            participant = get_object_or_404(own, pk=request.POST.get("participant"))
        except ValidationError:  # not a key at all
            return redirect("cohort:enrol_existing", pk=self.cohort.pk)
        with transaction.atomic():
            enrol(cohort=self.cohort, participant=participant)
            log(self.cohort, "cohorts.enrolled", data={"participant": str(participant.pk)})
        messages.success(
            request, _("%(name)s is enrolled. Code and PIN stay as they are.") % {"name": participant}
        )
        return redirect(self.hub_url)


class WithdrawView(CohortView):
    """Take somebody out who was enrolled by mistake and has no records here yet."""

    permissions = ("cohorts.delete_enrolment",)
    template_name = "cohorts/withdraw.html"
    page_title = gettext_lazy("Take out")

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.show(enrolment=self._enrolment())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        enrolment = self._enrolment()
        try:
            with transaction.atomic():
                log(self.cohort, "cohorts.withdrawn", data={"participant": str(enrolment.participant_id)})
                withdraw(enrolment=enrolment)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(
                request, _("%(name)s is no longer in this training.") % {"name": enrolment.participant}
            )
        return redirect(self.hub_url)

    def _enrolment(self) -> Enrolment:
        own = Enrolment.objects.filter(cohort=self.cohort).select_related("participant")
        return get_object_or_404(own, pk=self.kwargs["enrolment"])


class CardsView(CohortView):
    """Choose people, make new PINs, print cards. Old PINs end, so the page warns first."""

    permissions = ("people.issue_pin_participant", "cohorts.view_cohort")
    template_name = "cohorts/cards.html"
    page_title = gettext_lazy("Cards with code and PIN")

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self._choose(CardsForm(cohort=self.cohort, initial={"address": own_address(request)}))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = CardsForm(request.POST, cohort=self.cohort)
        if not form.is_valid():
            return self._choose(form)
        try:
            cards = issue_cards(
                cohort=self.cohort,
                participants=form.cleaned_data["participants"].select_related("village"),
                issued_by=request.user,
                state=request.POST.get("state", ""),
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
            return self._choose(form)
        return print_cards(request, self.cohort, cards, address=form.cleaned_data["address"])

    def _choose(self, form: Form) -> HttpResponse:
        people = [e.participant for e in roster(self.cohort) if e.participant.is_active]
        if form.is_bound:
            ticked = set(form.data.getlist("participants"))
        else:
            everybody = self.request.GET.get("who") == "all"
            ticked = {str(p.pk) for p in people if everybody or p.last_signed_in_at is None}
        rows = [{"person": person, "is_ticked": str(person.pk) in ticked} for person in people]
        return self.show(form=form, rows=rows, ticked=len(ticked), state=pin_state(self.cohort))


class AttendanceView(CohortView):
    """The tick-list of one meeting, saved in one go."""

    permissions = ("cohorts.change_attendance", "cohorts.add_attendance")
    template_name = "cohorts/attendance.html"
    page_title = gettext_lazy("Attendance")

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        meeting = self._meeting()
        return self.show(form=self._form(meeting), meeting=meeting)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        meeting = self._meeting()
        form = self._form(meeting, request.POST)
        if not form.is_valid():
            return self.show(form=form, meeting=meeting)
        rest = AttendanceStatus.PRESENT if "rest_present" in request.POST else ""
        count = record_meeting(meeting=meeting, statuses=form.statuses(rest=rest), recorded_by=request.user)
        messages.success(
            request,
            ngettext("Saved: %(count)d answer changed.", "Saved: %(count)d answers changed.", count)
            % {"count": count},
        )
        return redirect(self.hub_url)

    def _meeting(self) -> Meeting:
        own = Meeting.objects.filter(cohort=self.cohort).select_related("cohort")
        return get_object_or_404(own, pk=self.kwargs["meeting"])

    def _form(self, meeting: Meeting, data: Any = None) -> AttendanceForm:
        recorded = dict(Attendance.objects.filter(meeting=meeting).values_list("enrolment_id", "status"))
        return AttendanceForm(data, enrolments=roster(self.cohort), recorded=recorded)


def own_address(request: HttpRequest) -> str:
    """Where participants sign in: the public address if there is one, else the one used right now."""
    base = setting("PUBLIC_ADDRESS") or request.build_absolute_uri("/")
    # Short to type: the address in the site's main language, whatever the organiser reads.
    with translation.override(settings.LANGUAGE_CODE):
        path = reverse("people:sign_in")
    return f"{base.rstrip('/')}{path}".removeprefix("http://").removeprefix("https://")


def print_cards(
    request: HttpRequest, cohort: Cohort, cards: list[Card], *, address: str, is_new: bool = False
) -> HttpResponse:
    """The A4 page of cut-out cards. It is sent once and stored nowhere."""
    context = {"cohort": cohort, "cards": cards, "address": address, "is_new": is_new}
    response = render(request, "cohorts/cards_print.html", context)
    response["Cache-Control"] = "no-store, private"
    return response
