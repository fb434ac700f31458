"""Confirm pages: what is done to an attempt or a whole room, what follows from it, and why."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lms.cohorts.views import CohortView
from lms.learning.desk.rooms import Room, rooms_of
from lms.learning.models import Attempt
from lms.learning.registry import what_rests_on
from lms.learning.views.staff_attempts import MANAGE, OneAttemptView, above_attempts
from lms.learning.views.staff_verbs import ATTEMPT_VERBS, ROOM_VERBS, AttemptVerb, RoomVerb


class ActionView(OneAttemptView):
    """Ask why, then do it to one attempt."""

    permissions = (MANAGE,)
    template_name = "learning_admin/action.html"

    @property
    def verb(self) -> AttemptVerb:
        found = ATTEMPT_VERBS.get(self.kwargs["action"])
        if found is None:
            raise Http404
        return found

    @property
    def page_title(self) -> str:  # type: ignore[override]
        return str(self.verb.label)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        attempt = self.attempt()
        if not self.verb.offered(attempt):
            messages.info(request, _("This has changed meanwhile. Look at the attempt again."))
            return self._back(attempt)
        return self._ask(attempt, self.verb.form(attempt)())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        attempt = self.attempt()
        form = self.verb.form(attempt)(request.POST)
        if not form.is_valid():
            return self._ask(attempt, form)
        try:
            self.verb.apply(attempt=attempt, actor=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
            return self._ask(attempt, form)
        messages.success(request, self.verb.done)
        return self._back(attempt)

    def _ask(self, attempt: Attempt, form: Form) -> HttpResponse:
        offered = self.verb.offered(attempt)
        return self.show(
            attempt=attempt,
            verb=self.verb,
            form=form,
            consequences=list(self.verb.consequences(attempt)) if offered else [],
            rests=what_rests_on([attempt.enrolment_id])[attempt.enrolment_id],
            back=self._way_back(attempt),
        )

    def _way_back(self, attempt: Attempt) -> str:
        """The page of the attempt, or the card of the person for who came from watching the class."""
        if self.request.GET.get("from") == "live":
            card = f"#p-{attempt.enrolment_id.hex}"
            return reverse("learning_live:page", args=[self.cohort.pk]) + card
        return reverse("learning_attempts:attempt", args=[self.cohort.pk, attempt.pk])

    def _back(self, attempt: Attempt) -> HttpResponse:
        return redirect(self._way_back(attempt))


class RoomActionView(CohortView):
    """Ask why, then do it to everybody who is taking this test now."""

    permissions = (MANAGE,)
    template_name = "learning_admin/room_action.html"
    header_icon = "form"

    @property
    def verb(self) -> RoomVerb:
        found = ROOM_VERBS.get(self.kwargs["action"])
        if found is None:
            raise Http404
        return found

    @property
    def page_title(self) -> str:  # type: ignore[override]
        return str(self.verb.label)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return above_attempts(super().get_breadcrumbs_items(), self.cohort)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self._ask(self.verb.form())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = self.verb.form(request.POST)
        if not form.is_valid():
            return self._ask(form)
        room = self._room()
        try:
            count = self.verb.apply(
                cohort=self.cohort,
                occasion=room.terms.occasion,
                assessment_id=room.terms.assessment.pk,
                actor=request.user,
                **form.cleaned_data,
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
            return self._ask(form)
        done = ngettext("Done for %(count)d participant.", "Done for %(count)d participants.", count)
        messages.success(request, done % {"count": count})
        return redirect("learning_attempts:cohort", self.cohort.pk)

    def _ask(self, form: Form) -> HttpResponse:
        room = self._room()
        return self.show(
            room=room,
            verb=self.verb,
            concerned=self.verb.concerns(room),
            form=form,
            back=reverse("learning_attempts:cohort", args=[self.cohort.pk]),
        )

    def _room(self) -> Room:
        place = (self.kwargs["occasion"], self.kwargs["assessment_id"])
        for room in rooms_of(self.cohort):
            if (room.terms.occasion, room.terms.assessment.pk) == place:
                return room
        raise Http404
