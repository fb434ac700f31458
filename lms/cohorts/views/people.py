"""Take people into a training and out of it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log

from lms.cohorts.domain import Card, enrol, withdraw
from lms.cohorts.forms.people import PersonForm
from lms.cohorts.models import Enrolment
from lms.cohorts.queries import candidates
from lms.cohorts.views.base import CohortView
from lms.cohorts.views.cards import own_address, print_cards
from lms.people.domain import register_participant
from lms.people.models import Participant

_CANDIDATES_SHOWN = 30


class AddPersonView(CohortView):
    """Register a person with consent, enrol, and show the card: the only time its PIN can be read."""

    permissions = ("cohorts.add_enrolment", "people.add_participant")
    template_name = "cohorts/add_person.html"
    page_title = gettext_lazy("Add a participant")

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.show(form=PersonForm(cohort=self.cohort, user=request.user))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = PersonForm(request.POST, cohort=self.cohort, user=request.user)
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
        found = list(candidates(self.cohort, search, user=request.user)[: _CANDIDATES_SHOWN + 1])
        return self.show(
            search=search, found=found[:_CANDIDATES_SHOWN], has_more=len(found) > _CANDIDATES_SHOWN
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        own = Participant.objects.visible_to(request.user).filter(organisation=self.cohort.organisation_id)
        try:
            participant = get_object_or_404(own, pk=request.POST.get("participant"))
        except ValidationError:  # not a key at all
            return redirect("cohort:enrol_existing", pk=self.cohort.pk)
        try:
            with transaction.atomic():
                enrol(cohort=self.cohort, participant=participant)
                log(self.cohort, "cohorts.enrolled", data={"participant": str(participant.pk)})
        except ValidationError as refusal:
            messages.error(request, refusal.messages[0])
            return redirect(self.hub_url)
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
