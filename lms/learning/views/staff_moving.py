"""Give an attempt to the person who really took it: choose, look what happens, say why."""

import json
import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.cohorts.models import Enrolment
from lms.cohorts.queries import roster
from lms.learning.domain.arranging import sentences
from lms.learning.domain.moving import MovePlan, after_leaving, move_attempt, plan_move
from lms.learning.merging import name_attempt
from lms.learning.models import Attempt
from lms.learning.move_forms import BY_TIME, VOID, MoveForm, TargetForm
from lms.learning.registry import what_rests_on
from lms.learning.views.staff_attempts import MANAGE, OneAttemptView


class MoveView(OneAttemptView):
    """First who really took it, then what that does to both, then it is done."""

    permissions = (MANAGE,)
    template_name = "learning_admin/move.html"
    page_title = gettext_lazy("Move to another participant")

    def get(self, request: HttpRequest, pk: uuid.UUID, attempt_id: uuid.UUID) -> HttpResponse:
        attempt = self.attempt()
        if attempt.voided_at is not None:
            messages.info(request, _("This has changed meanwhile. Look at the attempt again."))
            return self._back(attempt)
        if "to" not in request.GET:
            return self._choose(attempt, TargetForm(people=self._people(attempt)))
        chosen = TargetForm(request.GET, people=self._people(attempt))
        if not chosen.is_valid():
            return self._choose(attempt, chosen)
        return self._ask(attempt, chosen.cleaned_data["to"], None)

    def post(self, request: HttpRequest, pk: uuid.UUID, attempt_id: uuid.UUID) -> HttpResponse:
        attempt = self.attempt()
        chosen = TargetForm(request.POST, people=self._people(attempt))
        if not chosen.is_valid():
            return self._choose(attempt, chosen)
        target = chosen.cleaned_data["to"]
        form = MoveForm(request.POST)
        if not form.is_valid():
            return self._ask(attempt, target, form)
        wanted = form.cleaned_data
        try:
            moved = move_attempt(
                attempt=attempt,
                target=target,
                counts=wanted["counts"] == BY_TIME,
                reason=wanted["reason"],
                actor=request.user,
                state=wanted["states"].get(wanted["counts"], ""),
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
            return self._ask(self.attempt(), target, form)
        messages.success(
            request, _("The attempt now belongs to %(name)s.") % {"name": moved.enrolment.participant}
        )
        return self._back(moved)

    def _people(self, attempt: Attempt) -> Any:
        return (
            roster(self.cohort)
            .exclude(pk=attempt.enrolment_id)
            .select_related("participant", "participant__village", "cohort__assessment", "cohort__village")
        )

    def _choose(self, attempt: Attempt, form: TargetForm) -> HttpResponse:
        return self.show(attempt=attempt, choose=form, back=self._address(attempt))

    def _ask(self, attempt: Attempt, target: Enrolment, form: MoveForm | None) -> HttpResponse:
        try:
            plans = {
                name: plan_move(attempt=attempt, target=target, counts=name == BY_TIME)
                for name in (BY_TIME, VOID)
            }
        except ValidationError as refusal:
            messages.error(self.request, " ".join(refusal.messages))
            return self._back(attempt)
        states = {name: plan.state for name, plan in plans.items()}
        if form is None:
            form = MoveForm(initial={"states": states})
        else:
            # What was typed stays; what it would do now is looked at again.
            form.show_again(json.dumps(states))
        rests = what_rests_on([attempt.enrolment_id, target.pk])
        return self.show(
            attempt=attempt,
            target=target,
            form=form,
            outcomes=[(label, self._told(plans[name])) for name, label in MoveForm.CHOICES],
            leaving=list(after_leaving(attempt)),
            rests=[*rests[attempt.enrolment_id], *rests[target.pk]],
            back=self._address(attempt),
        )

    def _told(self, plan: MovePlan) -> list[str]:
        def named(attempt: Attempt) -> str:
            comes = attempt.enrolment_id != plan.target.pk
            whose = _("the one that moves") if comes else plan.target.participant.full_name
            return name_attempt(attempt, plan.target, whose)

        found = [text for text, _collides in sentences(plan.arranged, named)]
        return found or [_("It stands beside nothing else and counts.")]

    def _address(self, attempt: Attempt) -> str:
        return reverse("learning_attempts:attempt", args=[self.cohort.pk, attempt.pk])

    def _back(self, attempt: Attempt) -> HttpResponse:
        return redirect(self._address(attempt))
