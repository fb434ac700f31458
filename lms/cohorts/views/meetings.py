"""The page of one meeting, from which everything about it is reached; its facts, counts and history."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lms.cohorts import registry
from lms.cohorts.domain.attendance_meetings import change_meeting, save_counts
from lms.cohorts.forms.meetings import CountsForm, MeetingForm
from lms.cohorts.models import Attendance, Meeting, MeetingCounts
from lms.cohorts.queries.attendance import history_of, namesakes, people_of, sheets_of, summary_of
from lms.cohorts.queries.codes import open_code_of
from lms.cohorts.queries.inclusion import COUNTED, counts_of, proposed_counts
from lms.cohorts.views.base import CohortView
from lms.cohorts.views.paging import page_of

_EVENTS_ON_A_PAGE = 100


class OneMeetingView(CohortView):
    """A view of one meeting of the training. ``meeting`` has its cohort and village loaded."""

    permissions = ("cohorts.view_attendance",)
    header_icon = "calendar-alt"

    @cached_property
    def meeting(self) -> Meeting:
        found = get_object_or_404(Meeting, pk=self.kwargs["meeting"], cohort=self.cohort)
        found.cohort = self.cohort
        return found

    @property
    def meeting_url(self) -> str:
        """The page of the meeting."""
        return reverse("cohort:meeting", args=[self.cohort.pk, self.meeting.pk])

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        items = super().get_breadcrumbs_items()
        if not self.page_title:
            return [*items, {"url": "", "label": self.meeting.title}]
        return [*items[:-1], {"url": self.meeting_url, "label": self.meeting.title}, items[-1]]

    def show(self, *, status: int = 200, **context: Any) -> HttpResponse:
        response = super().show(meeting=self.meeting, meeting_url=self.meeting_url, **context)
        response.status_code = status
        return response


class MeetingView(OneMeetingView):
    """Who was there, and where to go on. A handful of queries, however many people."""

    template_name = "cohorts/meeting.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        people = people_of(self.meeting)
        kept = MeetingCounts.objects.filter(meeting=self.meeting).first()
        counts = counts_of(kept) if kept is not None else {}
        return self.show(
            page=page_of(request, people),
            summary=summary_of(people),
            namesakes=namesakes(people),
            sheets=sheets_of(self.meeting),
            code=open_code_of(self.meeting),
            counts=kept,
            counted=[
                (MeetingCounts._meta.get_field(name).verbose_name, counts[name])
                for name in COUNTED
                if counts.get(name) is not None
            ],
            links=[
                {"label": link.label, "url": link.url(self.meeting), "icon": link.icon}
                for link in registry.meeting_links_for(request.user)
            ],
        )


class EditMeetingView(OneMeetingView):
    """The facts of a meeting. Moved to another day, it keeps its attendance."""

    permissions = ("cohorts.change_meeting",)
    template_name = "cohorts/meeting_form.html"
    page_title = gettext_lazy("Change the meeting")

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.show(form=MeetingForm(instance=self.meeting))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        was_on = self.meeting.held_on
        # A copy: what was typed wrongly must not stand in the headings of the page.
        form = MeetingForm(request.POST, instance=Meeting.objects.get(pk=self.meeting.pk))
        if not form.is_valid():
            return self.show(form=form, status=400)
        try:
            changed = change_meeting(meeting=self.meeting, fields=form.cleaned_data, user=request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal)
            return self.show(form=form, status=400)
        messages.success(request, _("The meeting is saved."))
        recorded = Attendance.objects.filter(meeting=changed).count()
        if changed.held_on != was_on and recorded:
            text = ngettext(
                "The meeting moved to another day. The attendance of %(number)d person moved with it.",
                "The meeting moved to another day. The attendance of %(number)d people moved with it.",
                recorded,
            )
            messages.warning(request, text % {"number": recorded})
        return redirect(self.meeting_url)


class CountsView(OneMeetingView):
    """Numbers for reports, proposed from the roster and corrected by who counted."""

    permissions = ("cohorts.change_attendance",)
    template_name = "cohorts/meeting_counts.html"
    page_title = gettext_lazy("Who was there in numbers")

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self._show(self._form())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = self._form(request.POST)
        if not form.is_valid():
            return self._show(form, status=400)
        data = form.cleaned_data
        try:
            save_counts(
                meeting=self.meeting,
                counts=form.counts(),
                source=data["source"],
                note=data["note"],
                user=request.user,
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
            return self._show(form, status=400)
        messages.success(request, _("The counts are saved."))
        return redirect(self.meeting_url)

    @cached_property
    def _kept(self) -> MeetingCounts | None:
        return MeetingCounts.objects.filter(meeting=self.meeting).first()

    @cached_property
    def _proposal(self) -> Any:
        return proposed_counts(self.meeting)

    def _form(self, data: Any = None) -> CountsForm:
        return CountsForm(
            data, instance=self._kept or MeetingCounts(meeting=self.meeting), proposal=self._proposal
        )

    def _show(self, form: CountsForm, *, status: int = 200) -> HttpResponse:
        known = [
            (MeetingCounts._meta.get_field(name).verbose_name, number)
            for name, number in self._proposal.counts.items()
            if number is not None
        ]
        return self.show(
            form=form,
            status=status,
            known=known if self._kept else [],
            unknown_age=self._proposal.unknown_age,
        )


class HistoryView(OneMeetingView):
    """Every change of attendance at this meeting, the newest first."""

    template_name = "cohorts/meeting_history.html"
    page_title = gettext_lazy("History of the attendance")

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        page = page_of(request, history_of(self.meeting), size=_EVENTS_ON_A_PAGE)
        return self.show(events=page, namesakes=namesakes(people_of(self.meeting)))
