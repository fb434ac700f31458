"""Watching the class (*Pantau kelas*): its page, what changed since, and a way in for who is locked out.

What is done to a test goes to the pages of attempts, which lead back here (``?from=live``).
"""

import hashlib
import uuid
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.cohorts.domain import issue_cards
from lms.cohorts.models import Cohort, Enrolment
from lms.cohorts.queries import pin_state
from lms.cohorts.views import CohortView
from lms.learning.desk.live import live_class
from lms.learning.desk.live_people import LiveClass, Person, Test
from lms.learning.views.staff_attempts import MANAGE, VIEW
from lms.learning.views.staff_verbs import EXTEND, PAUSE, REOPEN, RESUME
from lms.people.domain import unlock

ISSUE_PIN = "people.issue_pin_participant"
# How often the page asks (seconds), and how often it is drawn anew without a script.
EVERY, EVERY_WITHOUT_SCRIPT = 10, 60
# What a reason may be without typing; it stays in the history of the attempt.
REASONS = (
    gettext_lazy("Helped in class"),
    gettext_lazy("The power or the line was cut"),
    gettext_lazy("Changed to another device"),
    gettext_lazy("Needs more time to read"),
    gettext_lazy("Handed in by mistake"),
)
MINUTES = (5, 15)


@dataclass(frozen=True, slots=True)
class Button:
    """One tap on a card. ``asks`` leads to a page first, else it is done at once; ``minutes`` are given."""

    label: str
    icon: str
    url: str
    key: str
    asks: bool = False
    minutes: int = 0


def live_url(cohort: Cohort, enrolment_id: uuid.UUID | None = None) -> str:
    """The page of the class, at one person's card if given."""
    anchor = f"#p-{enrolment_id.hex}" if enrolment_id is not None else ""
    return reverse("learning_live:page", args=[cohort.pk]) + anchor


class LiveView(CohortView):
    """The whole class, one card for each person."""

    permissions = (VIEW,)
    template_name = "learning_admin/live.html"
    page_title = gettext_lazy("Watch the class")
    header_icon = "view"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        found = live_class(self.cohort)
        only_help = request.GET.get("show") == "help"
        search = request.GET.get("q", "").strip()
        cards = [
            {**_card(request, self.cohort, person), "is_hidden": not _is_wanted(person, only_help, search)}
            for person in found.people
        ]
        return self.show(
            live=found,
            version=_version(found),
            cards=cards,
            only_help=only_help,
            search=search,
            nobody=all(card["is_hidden"] for card in cards),
            reasons=REASONS,
            may_manage=request.user.has_perm(MANAGE),
            every=EVERY,
            every_without_script=EVERY_WITHOUT_SCRIPT,
        )


class LiveNewsView(CohortView):
    """What changed since a version: 204 if nothing did, else the cards that look different, in JSON.

    ``have`` are the versions that the page shows, of the head and of each card in order, six signs each.
    Without it (a class too large for an address) all cards are sent. ``reload`` if the people changed.
    """

    permissions = (VIEW,)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        found = live_class(self.cohort)
        versions = _versions(found)
        if request.GET.get("v") == _version(found):
            return HttpResponse(status=204)
        size = len(found.head_version)
        text = request.GET.get("have", "")
        have = [text[start : start + size] for start in range(0, len(text), size)]
        if have and len(have) != len(versions):
            return JsonResponse({"reload": True})
        changed = [
            person
            for place, person in enumerate(found.people, start=1)
            if not have or have[place] != versions[place]
        ]
        return JsonResponse(
            {
                "v": _version(found),
                "head": render_to_string("learning_admin/_live_head.html", {"live": found}, request),
                "head_v": found.head_version,
                "help": found.needing_help,
                "cards": [self._drawn(person) for person in changed],
            }
        )

    def _drawn(self, person: Person) -> str:
        context = _card(self.request, self.cohort, person)
        return render_to_string("learning_admin/_live_person.html", context, self.request)


class _OneLivePersonView(CohortView):
    header_icon = "key"

    def enrolment(self) -> Enrolment:
        """The enrolment in the address; 404 unless it belongs to this training."""
        own = Enrolment.objects.filter(cohort=self.cohort).select_related("participant__village")
        return get_object_or_404(own, pk=self.kwargs["enrolment"])

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        items = super().get_breadcrumbs_items()
        return [*items[:-1], {"url": live_url(self.cohort), "label": _("Watch the class")}, items[-1]]


class UnlockView(_OneLivePersonView):
    """Let somebody try the PIN again at once. Opened by hand it leads back to the class."""

    permissions = (VIEW, ISSUE_PIN)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return redirect(live_url(self.cohort, self.enrolment().pk))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        enrolment = self.enrolment()
        unlock(participant=enrolment.participant, actor=request.user)
        text = _("%(name)s can sign in again, with the PIN on the card.")
        messages.success(request, text % {"name": enrolment.participant})
        return redirect(live_url(self.cohort, enrolment.pk))


class NewPinView(_OneLivePersonView):
    """Ask, then give one person a new PIN and show it, the only time that it can be read."""

    permissions = (VIEW, ISSUE_PIN)
    template_name = "learning_admin/live_pin.html"
    page_title = gettext_lazy("New PIN")

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self._show()

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        enrolment = self.enrolment()
        if not enrolment.participant.is_active:
            return self._show(refusal=_("This person may not sign in. An organiser can change that."))
        try:
            (card,) = issue_cards(
                cohort=self.cohort,
                participants=[enrolment.participant],
                issued_by=request.user,
                state=request.POST.get("state", ""),
            )
        except ValidationError as refusal:
            return self._show(refusal=" ".join(refusal.messages))
        return self._show(card=card)

    def _show(self, **context: Any) -> HttpResponse:
        enrolment = self.enrolment()
        back = live_url(self.cohort, enrolment.pk)
        return self.show(enrolment=enrolment, state=pin_state(self.cohort), back=back, **context)


def _versions(found: LiveClass) -> list[str]:
    return [found.head_version, *(person.version for person in found.people)]


def _version(found: LiveClass) -> str:
    """Of everything on the page."""
    return hashlib.sha256("".join(_versions(found)).encode()).hexdigest()[:12]


def _is_wanted(person: Person, only_help: bool, search: str) -> bool:
    words = search.casefold().split()
    name = person.name.casefold()
    return all(word in name for word in words) and (bool(person.troubles) or not only_help)


def _card(request: HttpRequest, cohort: Cohort, person: Person) -> dict[str, Any]:
    """What the card of a person is drawn from, with what this member of staff may do from it."""
    user: Any = request.user
    doors = _doors(cohort, person) if user.has_perm(ISSUE_PIN) and person.may_sign_in else []
    # Only the newest attempt can be reopened: see ``reopen_attempt``.
    newest = next((test for test in reversed(person.tests) if test.attempt is not None), None)
    tests = [
        {"test": test, "buttons": _buttons(cohort, test, newest) if user.has_perm(MANAGE) else []}
        for test in person.tests
    ]
    return {"cohort": cohort, "person": person, "doors": doors, "tests": tests}


def _doors(cohort: Cohort, person: Person) -> list[Button]:
    """Unlocking, at hand where it is needed, and a new PIN."""
    place = [cohort.pk, person.enrolment_id]
    new_pin = Button(_("New PIN"), "key", reverse("learning_live:pin", args=place), "pin", asks=True)
    if not person.wrong:
        return [new_pin]
    return [Button(_("Unlock"), "lock-open", reverse("learning_live:unlock", args=place), "unlock"), new_pin]


def _buttons(cohort: Cohort, test: Test, newest: Test | None) -> list[Button]:
    """What can be done with a test as it stands, of what is done in class."""
    attempt = test.attempt
    if attempt is None:
        return []
    buttons = []
    for verb in (RESUME, PAUSE, EXTEND, REOPEN):
        if not verb.offered(attempt) or (verb is REOPEN and test is not newest):
            continue
        url = reverse("learning_attempts:action", args=[cohort.pk, attempt.pk, verb.slug]) + "?from=live"
        key = f"{verb.slug}-{attempt.pk.hex[:6]}"
        if verb is EXTEND:
            for count in MINUTES:
                label = _("+%(count)d min.") % {"count": count}
                buttons.append(Button(label, verb.icon, url, f"{key}-{count}", minutes=count))
        else:
            # What follows from reopening is read first.
            buttons.append(Button(str(verb.label), verb.icon, url, key, asks=verb is REOPEN))
    return buttons
