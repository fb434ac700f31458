"""Regrading: what waits, who would change, doing it, and what was done."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.models import FormItem
from assessments.queries import load_questions
from lms.cohorts.models import Cohort
from lms.learning.desk.corrections import waiting_corrections
from lms.learning.domain.regrade_plan import RegradePlan, plan_regrade
from lms.learning.domain.regrading import regrade
from lms.learning.models import AttemptRecord, Regrade
from lms.learning.staff_forms import RegradeForm
from lms.learning.views.staff_base import DeskView

REGRADE = "learning.regrade_attempt"


class RegradesView(DeskView):
    """Corrections that wait, and the regrades that were done."""

    permissions = (REGRADE,)
    template_name = "learning_admin/regrades.html"
    page_title = gettext_lazy("Regrading")
    header_icon = "rotate"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(
            waiting=waiting_corrections(Cohort.objects.visible_to(request.user)),
            done=list(Regrade.objects.select_related("actor", "question", "corrected")[:100]),
        )


class BelowRegradesView(DeskView):
    permissions = (REGRADE,)
    header_icon = "rotate"

    def trail(self) -> list[dict[str, Any]]:
        return [{"url": reverse("learning_regrade:index"), "label": _("Regrading")}]


class PlanView(BelowRegradesView):
    """The dry run: nothing changes until it is confirmed with a reason."""

    template_name = "learning_admin/regrade_plan.html"
    page_title = gettext_lazy("Regrade")

    @cached_property
    def versions(self) -> tuple[Any, Any]:
        """The version whose key was wrong, and the corrected one; 404 if either is not there."""
        ids = (self.kwargs["question_id"], self.kwargs["corrected_id"])
        loaded = load_questions(ids)
        missing = next((pk for pk in ids if pk not in loaded), None)
        if missing is not None:
            get_object_or_404(Regrade.objects.none())
        return loaded[ids[0]], loaded[ids[1]]

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self._look(None)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = RegradeForm(request.POST)
        if not form.is_valid():
            return self._look(form)
        question, corrected = self.versions
        try:
            done = regrade(
                question=question,
                corrected=corrected,
                actor=request.user,
                cohorts=Cohort.objects.visible_to(request.user),
                **form.cleaned_data,
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
            return self._look(form)
        messages.success(request, _("The attempts are regraded."))
        return redirect("learning_regrade:done", done.pk)

    def _look(self, form: RegradeForm | None) -> HttpResponse:
        question, corrected = self.versions
        visible = Cohort.objects.visible_to(self.request.user)
        try:
            plan: RegradePlan | None = plan_regrade(question=question, corrected=corrected, cohorts=visible)
            refusal = ""
        except ValidationError as error:
            plan, refusal = None, " ".join(error.messages)
        if plan is not None:
            form = self._with_state(form, plan)
        everybody = "all" in self.request.GET
        return self.show(
            question=question,
            corrected=corrected,
            plan=plan,
            refusal=refusal,
            everybody=everybody,
            lines=(plan.lines if everybody else plan.changed) if plan else (),
            resting=sum(bool(line.rests) for line in plan.changed) if plan else 0,
            forms_with_old=FormItem.objects.filter(question=question).count(),
            form=form,
        )

    def _with_state(self, form: RegradeForm | None, plan: RegradePlan) -> RegradeForm:
        """The form with the fingerprint of what is shown now, and whatever was typed."""
        if form is None:
            return RegradeForm(initial={"state": plan.state})
        form.data = {**form.data.dict(), "state": plan.state}
        return form


class DoneView(BelowRegradesView):
    """What a regrade changed, in the trainings that the reader may see."""

    template_name = "learning_admin/regrade_done.html"
    page_title = gettext_lazy("Regrade")

    def get(self, request: HttpRequest, regrade_id: uuid.UUID) -> HttpResponse:
        related = ("actor", "question", "corrected")
        done = get_object_or_404(Regrade.objects.select_related(*related), pk=regrade_id)
        visible = Cohort.objects.visible_to(request.user)
        records = AttemptRecord.objects.filter(
            detail__regrade=str(done.pk), attempt__enrolment__cohort__in=visible
        )
        rows = list(
            records.select_related("attempt__enrolment__participant", "attempt__enrolment__cohort").order_by(
                "attempt__enrolment__cohort__code", "attempt__enrolment__participant__full_name"
            )
        )
        return self.show(done=done, records=rows, elsewhere=done.looked_at - len(rows))
