"""Present with a code: the screen in the room, and where participants type it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from lms.cohorts.access import enrolment_or_404
from lms.cohorts.domain.attendance_codes import arrive_by_code, close_code, digits_of, open_code
from lms.cohorts.enums import COUNTS_AS_PRESENT
from lms.cohorts.forms.attendance import CodeForm, OpenCodeForm
from lms.cohorts.models import Attendance, AttendanceCode
from lms.cohorts.queries.attendance import people_of, summary_of
from lms.cohorts.queries.codes import open_code_of, own_day
from lms.cohorts.views.cards import own_address
from lms.cohorts.views.meetings import OneMeetingView
from lms.people.access import PARTICIPANT
from lms.ui.policy import requires


class CodeView(OneMeetingView):
    """Open a code; while it is open, the page to project: digits to read from the last row, and how many."""

    permissions = ("cohorts.change_attendance", "cohorts.add_attendance")
    template_name = "cohorts/code_open.html"
    page_title = gettext_lazy("Present with a code")

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        code = open_code_of(self.meeting)
        return self.show(form=OpenCodeForm()) if code is None else self._screen(code)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if request.POST.get("do") == "close":
            close_code(meeting=self.meeting, closed_by=request.user)
            messages.success(request, _("The code is closed."))
            return redirect(self.meeting_url)
        form = OpenCodeForm(request.POST)
        if not form.is_valid():
            return self.show(form=form, status=400)
        try:
            open_code(meeting=self.meeting, opened_by=request.user, rotates=form.cleaned_data["rotates"])
        except ValidationError as refusal:
            form.add_error(None, refusal)
            return self.show(form=form, status=400)
        return redirect("cohort:meeting_code", self.cohort.pk, self.meeting.pk)

    def _screen(self, code: AttendanceCode) -> HttpResponse:
        context = {
            "cohort": self.cohort,
            "meeting": self.meeting,
            "meeting_url": self.meeting_url,
            "code": code,
            "digits": digits_of(code, timezone.now()),
            "address": own_address(self.request),
            "summary": summary_of(people_of(self.meeting)),
        }
        response = render(self.request, "cohorts/code_screen.html", context)
        response["Cache-Control"] = "no-store, private"
        return response


@requires(PARTICIPANT)
@require_http_methods(["GET", "POST"])
def arrive(request: HttpRequest) -> HttpResponse:
    """Type the code on the screen of the room. Errors come back with the field; else to the own page."""
    enrolment = enrolment_or_404(request)
    form = CodeForm(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_bound:
        if form.is_valid():
            try:
                known = arrive_by_code(
                    participant_id=enrolment.participant_id, typed=form.cleaned_data["code"]
                )
            except ValidationError as refusal:
                form.add_error("code", refusal)
                status = 429 if refusal.code == "too_many" else 400
            else:
                _tell(request, known)
                return HttpResponseRedirect(reverse("portal:dashboard"), status=303)
        else:
            status = 400
    context = {"form": form, "day": own_day(enrolment), "simulated": enrolment.cohort.is_simulated}
    return render(request, "cohorts/arrive.html", context, status=status)


def _tell(request: HttpRequest, known: Attendance) -> None:
    """How it stands now, also where staff had recorded something else before."""
    words = {"meeting": known.meeting.title, "status": known.get_status_display()}
    if known.status in COUNTS_AS_PRESENT:
        messages.success(request, _("%(meeting)s: you are recorded as “%(status)s”.") % words)
    else:
        text = _("%(meeting)s: you were recorded as “%(status)s”. Tell the facilitator that you are here.")
        messages.warning(request, text % words)
