"""The beginning of a reading: which occasion, which form, who takes part."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.cohorts.enums import COUNTS_AS_PRESENT
from lms.cohorts.models import Attendance, Cohort
from lms.cohorts.queries.times import today_in
from lms.learning.domain.aloud import start_reading
from lms.learning.domain.printed import hold_printed_form
from lms.learning.views.occasions import HelpedView, task_or_404


class ChooseView(HelpedView):
    """Choose the occasion and who takes part."""

    template_name = "learning_admin/aloud_choose.html"
    page_title = gettext_lazy("Read a test aloud")

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        tasks, chosen = self.task_asked_for()
        return self.show(tasks=tasks, task=chosen, groups=chosen.groups(), ticked=_present_today(self.cohort))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        task = task_or_404(self.cohort, request.POST.get("occasion", ""))
        group = task.group_or_404(request.POST.get("form", ""))
        asked = set(request.POST.getlist("people"))
        back = f"{request.path}?occasion={task.key}"
        wanted = [each.enrolment for each in group.people if each.is_free and str(each.enrolment.pk) in asked]
        going_on = any(each.is_read_aloud for each in group.people)
        if not wanted and not going_on:
            messages.error(request, _("Tick at least one participant."))
            return redirect(back)
        try:
            hold_printed_form(cohort=self.cohort, occasion=task.occasion, form=group.form)
        except ValidationError as refusal:
            messages.error(request, refusal.messages[0])
            return redirect(back)
        reading = start_reading(
            enrolments=wanted, occasion=task.occasion, assessment=task.assessment, actor=request.user
        )
        for enrolment, reason in reading.left_alone:
            messages.warning(request, f"{enrolment.participant.full_name}: {reason}")
        if not reading.attempts and not going_on:
            return redirect(back)
        return redirect("learning_aloud_question", self.cohort.pk, task.key, group.form.letter, 1)


def _present_today(cohort: Cohort) -> set[uuid.UUID]:
    """Who was ticked as present at a meeting of today: they are most likely the ones to be read to."""
    there = Attendance.objects.filter(
        meeting__cohort=cohort, meeting__held_on=today_in(cohort.village), status__in=COUNTS_AS_PRESENT
    )
    return set(there.values_list("enrolment_id", flat=True))
