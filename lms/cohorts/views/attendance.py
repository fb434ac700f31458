"""The tick list of a meeting, and one person in it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lms.cohorts.domain.attendance import record_attendance
from lms.cohorts.domain.attendance_list import Saved, save_list
from lms.cohorts.enums import AttendanceStatus, CohortState, Means
from lms.cohorts.forms.attendance import PersonAtMeetingForm, TickListForm
from lms.cohorts.models import Attendance, AttendanceEvent, Enrolment
from lms.cohorts.queries.attendance import NOT_RECORDED, PersonThere, namesakes, people_of, sheets_of
from lms.cohorts.queries.times import day_has_passed
from lms.cohorts.views.meetings import OneMeetingView
from lms.cohorts.views.paging import page_of

# A browser on a weak laptop draws and filters so many rows without a wait.
_TICKED_AT_ONCE = 300
_TICK = ("cohorts.change_attendance", "cohorts.add_attendance")


class _RecordingView(OneMeetingView):
    """Writes attendance down. After the training was closed organisers put it right, with a reason."""

    permissions = _TICK

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST" and self._is_over and not self._may_record:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def show(self, *, status: int = 200, **context: Any) -> HttpResponse:
        asks = self._is_over or day_has_passed(self.meeting)
        return super().show(status=status, asks_reason=asks, may_record=self._may_record, **context)

    @property
    def _is_over(self) -> bool:
        return self.cohort.state == CohortState.CLOSED

    @property
    def _may_record(self) -> bool:
        if self._is_over:
            return bool(self.request.user.has_perm("cohorts.change_cohort"))
        return self.cohort.state != CohortState.ARCHIVED


class AttendanceView(_RecordingView):
    """The tick list of one meeting, saved in one go; beside it the photos of the signed sheet."""

    template_name = "cohorts/attendance.html"
    page_title = gettext_lazy("Attendance")

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        initial = {"means": Means.PAPER} if "lembar" in request.GET else {}
        return self._show(self._form(initial=initial))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = self._form(request.POST)
        if not form.is_valid():
            return self._show(form, status=400)
        rest = AttendanceStatus.PRESENT.value if "rest_present" in request.POST else NOT_RECORDED
        try:
            saved = save_list(
                meeting=self.meeting,
                answers=form.answers(rest=rest),
                recorded_by=request.user,
                means=form.cleaned_data["means"],
                reason=form.cleaned_data["reason"],
            )
        except ValidationError as refusal:
            form.add_error("reason" if refusal.code == "reason" else None, refusal)
            return self._show(form, status=400)
        if saved.overtaken:
            return self._ask_again(saved)
        messages.success(request, _how_many(saved.count))
        return redirect(self._next_address)

    def _ask_again(self, saved: Saved) -> HttpResponse:
        """What nobody else touched is saved; the rows that changed meanwhile are shown with both answers."""
        form = self._form(self.request.POST)
        form.is_valid()
        form.ask_again(saved.overtaken)
        return self._show(form, status=409, saved=_how_many(saved.count), overtaken=len(saved.overtaken))

    def _form(self, *args: Any, **kwargs: Any) -> TickListForm:
        return TickListForm(*args, people=self._page.object_list, **kwargs)

    @cached_property
    def _page(self) -> "Page[PersonThere]":
        """What is ticked at once: all of a usual training."""
        people = people_of(self.meeting, search=self.request.GET.get("q", ""))
        return page_of(self.request, people, size=_TICKED_AT_ONCE)

    @property
    def _next_address(self) -> str:
        """After saving: the next page of a long list, else the meeting."""
        if not self._page.has_next() or "q" in self.request.GET:
            return self.meeting_url
        return f"{self.request.path}?p={self._page.next_page_number()}"

    def _show(self, form: TickListForm, *, status: int = 200, **context: Any) -> HttpResponse:
        return self.show(
            form=form,
            status=status,
            statuses=AttendanceStatus.choices,
            search=self.request.GET.get("q", ""),
            page=self._page,
            namesakes=namesakes(self._page.paginator.object_list),
            sheets=sheets_of(self.meeting),
            **context,
        )


class PersonAtMeetingView(_RecordingView):
    """One person at one meeting: arrival, thumbprint, note, and every change so far."""

    template_name = "cohorts/attendance_person.html"
    page_title = gettext_lazy("Attendance of one person")

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        enrolment, known = self._found()
        return self._show(enrolment, known, PersonAtMeetingForm(meeting=self.meeting, known=known))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        enrolment, known = self._found()
        form = PersonAtMeetingForm(request.POST, meeting=self.meeting, known=known)
        if not form.is_valid():
            return self._show(enrolment, known, form, status=400)
        try:
            record_attendance(
                meeting=self.meeting,
                enrolment=enrolment,
                status=form.cleaned_data["status"],
                recorded_by=request.user,
                means=form.cleaned_data["means"],
                reason=form.cleaned_data["reason"],
                details=form.details(),
            )
        except ValidationError as refusal:
            form.add_error("reason" if refusal.code == "reason" else None, refusal)
            return self._show(enrolment, known, form, status=400)
        messages.success(request, _("The attendance of %(name)s is saved.") % {"name": enrolment.participant})
        return redirect(self.meeting_url)

    def _found(self) -> tuple[Enrolment, Attendance | None]:
        own = Enrolment.objects.filter(cohort=self.cohort).select_related("participant")
        enrolment = get_object_or_404(own, pk=self.kwargs["enrolment"])
        return enrolment, Attendance.objects.filter(meeting=self.meeting, enrolment=enrolment).first()

    def _show(
        self,
        enrolment: Enrolment,
        known: Attendance | None,
        form: PersonAtMeetingForm,
        *,
        status: int = 200,
    ) -> HttpResponse:
        events = AttendanceEvent.objects.filter(attendance=known).select_related("by").order_by("-at", "-id")
        return self.show(
            enrolment=enrolment,
            form=form,
            events=events if known is not None else [],
            status=status,
        )


def _how_many(count: int) -> str:
    words = ngettext("Saved: %(count)d answer changed.", "Saved: %(count)d answers changed.", count)
    return words % {"count": count}
