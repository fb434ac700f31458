"""The attendance of a whole training: registered devices, and the table to take out."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.cohorts.domain.attendance_stations import register_station, remove_station
from lms.cohorts.exports.attendance import export_attendance
from lms.cohorts.forms.meetings import StationForm
from lms.cohorts.models import Cohort, Meeting, MeetingCounts, Station
from lms.cohorts.queries.inclusion import COUNTED, share_of_women, total_counts
from lms.cohorts.views.base import CohortView
from lms.people import station as browser
from lms.people.domain import known_device


class StationsView(CohortView):
    """Devices on which signing in counts as present. Each is registered from its own browser."""

    permissions = ("cohorts.change_attendance", "cohorts.add_attendance")
    template_name = "cohorts/stations.html"
    page_title = gettext_lazy("Registered devices")

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        response = self._show(StationForm())
        # The browser gets its name now, so that it has one when the form is sent.
        browser.remember_device(request, response)
        return response

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if "remove" in request.POST:
            return self._remove(request.POST["remove"])
        form = StationForm(request.POST)
        if not form.is_valid():
            return self._show(form, status=400)
        try:
            station = register_station(
                cohort=self.cohort,
                device=browser.device_of(request),
                name=form.cleaned_data["name"],
                user=request.user,
                agent=request.headers.get("User-Agent", ""),
            )
        except ValidationError as refusal:
            form.add_error("name", refusal)
            return self._show(form, status=400)
        text = _("“%(name)s” is registered. Sign out now, so that participants can sign in here.")
        messages.success(request, text % {"name": station.name})
        return redirect("cohort:stations", self.cohort.pk)

    def _remove(self, key: str) -> HttpResponse:
        try:
            station = get_object_or_404(Station, pk=key, cohort=self.cohort)
        except ValidationError:  # not a key at all
            raise Http404 from None
        remove_station(station=station, user=self.request.user)
        messages.success(self.request, _("“%(name)s” no longer counts.") % {"name": station.name})
        return redirect("cohort:stations", self.cohort.pk)

    def _show(self, form: StationForm, *, status: int = 200) -> HttpResponse:
        there = Station.objects.filter(cohort=self.cohort, removed_at=None)
        stations = list(there.select_related("device"))
        here = known_device(browser.device_of(self.request))
        response = self.show(
            form=form,
            stations=stations,
            here=next((station for station in stations if station.device == here), None),
            counting=Meeting.objects.filter(cohort=self.cohort, sign_in_counts=True),
        )
        response.status_code = status
        return response


class ExportView(CohortView):
    """Person by meeting, as a file with names. Sent as a form: it is written to the log."""

    permissions = ("cohorts.view_attendance", "cohorts.view_cohort")

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        kind = self.kwargs["kind"]
        try:
            made, content_type = export_attendance(cohort=self.cohort, kind=kind, user=request.user)
        except KeyError:
            raise Http404 from None
        response = HttpResponse(made, content_type=content_type)
        response["Content-Disposition"] = f'attachment; filename="kehadiran-{self.cohort.code}.{kind}"'
        response["Cache-Control"] = "no-store, private"
        return response


def inclusion_panel(request: HttpRequest, cohort: Cohort) -> dict[str, Any]:
    """What the training's page says about who came."""
    totals = total_counts(cohort)
    return {
        "share": share_of_women(cohort),
        "totals": [
            (MeetingCounts._meta.get_field(name).verbose_name, totals[name])
            for name in COUNTED
            if totals[name] is not None
        ],
        "cohort": cohort,
    }
