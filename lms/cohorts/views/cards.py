"""Cards with code and PIN."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.cohorts.domain import Card, issue_cards
from lms.cohorts.exports.cards import cards_pdf
from lms.cohorts.forms.people import CardsForm
from lms.cohorts.models import Cohort
from lms.cohorts.queries import people_in, pin_state
from lms.cohorts.views.base import CohortView
from lms.cohorts.views.paging import page_of
from lms.cohorts.views.papers import pdf_response, size_asked_for
from lms.conf import setting
from lms.people.models import Participant
from lms.press.paper import SIZES


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
        address = form.cleaned_data["address"]
        if request.POST.get("size") in SIZES:
            return cards_file(request, self.cohort, cards, address=address)
        return print_cards(request, self.cohort, cards, address=address)

    def _choose(self, form: Form) -> HttpResponse:
        page = page_of(self.request, self._people(), size=CardsForm.MOST)
        people = list(page.object_list)
        if form.is_bound:
            ticked = set(form.data.getlist("participants"))
        else:
            ticked = {str(person.pk) for person in self._offered(people)}
        rows = [{"person": person, "is_ticked": str(person.pk) in ticked} for person in people]
        return self.show(form=form, page=page, rows=rows, most=CardsForm.MOST, state=pin_state(self.cohort))

    def _people(self) -> list[Participant]:
        """By name; of more people than are printed at a time those come first who have no card yet."""
        people = [e.participant for e in people_in(self.cohort) if e.participant.is_active]
        if len(people) > CardsForm.MOST:
            people.sort(key=lambda person: (bool(person.pin_serial), person.last_signed_in_at is not None))
        return people

    def _offered(self, people: list[Participant]) -> list[Participant]:
        """Who is ticked at first. Whoever has no card yet comes before those who have one and never used it:
        with several sheets to print, the second must not make the first worthless."""
        if self.request.GET.get("who") == "all":
            return people
        unused = [person for person in people if person.last_signed_in_at is None]
        return [person for person in unused if not person.pin_serial] or unused


def own_address(request: HttpRequest) -> str:
    """Where participants sign in: the public address if there is one, else the one used right now."""
    base = setting("PUBLIC_ADDRESS") or request.build_absolute_uri("/")
    # Short to type: the address in the site's main language, whatever the organiser reads.
    with translation.override(settings.LANGUAGE_CODE):
        path = reverse("people:sign_in")
    return f"{base.rstrip('/')}{path}".removeprefix("http://").removeprefix("https://")


def cards_file(request: HttpRequest, cohort: Cohort, cards: list[Card], *, address: str) -> HttpResponse:
    """The same as PDF. The PINs are new already: if the file cannot be made, they come as a page."""
    try:
        content = cards_pdf(cohort, cards, address=address, paper=size_asked_for(request))
    except RuntimeError:
        messages.warning(request, _("The PDF could not be made. Here are the same cards as a page."))
        return print_cards(request, cohort, cards, address=address)
    return pdf_response(content, f"kartu-{slugify(cohort.code)}.pdf")


def print_cards(
    request: HttpRequest, cohort: Cohort, cards: list[Card], *, address: str, is_new: bool = False
) -> HttpResponse:
    """The A4 page of cut-out cards. It is sent once and stored nowhere."""
    context = {"cohort": cohort, "cards": cards, "address": address, "is_new": is_new}
    response = render(request, "cohorts/cards_print.html", context)
    response["Cache-Control"] = "no-store, private"
    return response
