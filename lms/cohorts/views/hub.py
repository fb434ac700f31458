"""The page of one training."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lms.cohorts import registry
from lms.cohorts.enums import LinkGroup
from lms.cohorts.models import Meeting
from lms.cohorts.queries import meetings_with_counts, people_in, schedule, with_hours
from lms.cohorts.queries.parties import objectives_of, parties_behind, places_filled, team_of
from lms.cohorts.queries.times import today_in
from lms.cohorts.stages import Deed, allows, groups_in_order
from lms.cohorts.views.base import CohortView
from lms.cohorts.views.paging import ON_A_PAGE
from lms.cohorts.views.stages import stage_context

_PEOPLE = "cohorts/_hub_people.html"
_DAYS = ("cohorts/_hub_meetings.html", "cohorts/_hub_schedule.html", "cohorts/_hub_panels.html")
_SETUP = "cohorts/_hub_setup.html"
Way = dict[str, Any]


class HubView(CohortView):
    """Where to go from here, people, meetings, and whatever the apps above have registered for this page."""

    template_name = "cohorts/hub.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        user = request.user
        meetings = list(meetings_with_counts(self.cohort))
        filled = places_filled(self.cohort)
        people = with_hours(people_in(self.cohort)[:ON_A_PAGE])
        return self.show(
            stage=stage_context(self.cohort, may_change=user.has_perm("cohorts.change_cohort")),
            groups=self._groups(user, meetings),
            parts=self._parts(),
            people=people,
            more=filled.people - len(people),
            meetings=meetings,
            schedule=schedule(self.cohort),
            may_enrol=allows(self.cohort.state, Deed.ENROL),
            filled=filled,
            behind=parties_behind(self.cohort),
            team=team_of(self.cohort),
            objectives=objectives_of(self.cohort),
            # Codes and orders of forms are for organisers: a trainer needs neither to teach.
            sees_codes=user.has_perm("people.change_participant"),
            panels=[
                {"template": panel.template, "context": panel.context(request, self.cohort)}
                for panel in registry.panels_for(user)
            ],
        )

    def _parts(self) -> tuple[str, ...]:
        """While it is prepared people come first; on a phone their list is long, so later they come last."""
        if groups_in_order(self.cohort.state)[0] is LinkGroup.BEFORE:
            return (_PEOPLE, *_DAYS, _SETUP)
        return (*_DAYS, _PEOPLE, _SETUP)

    def _groups(self, user: Any, meetings: list[Meeting]) -> list[dict[str, Any]]:
        """The groups with something in them, the one for the state of the training first."""
        registered = registry.links_for(user, self.cohort)
        today = self._today(meetings) if user.has_perms(("cohorts.view_attendance",)) else []
        groups = []
        for group in groups_in_order(self.cohort.state):
            ways = today if group is LinkGroup.DAY else []
            ways = [
                *ways,
                *(
                    {"label": link.label, "url": link.url(self.cohort), "icon": link.icon}
                    for link in registered.get(group, [])
                ),
            ]
            if ways:
                groups.append({"label": group.label, "links": ways})
        return groups

    def _today(self, meetings: list[Meeting]) -> list[Way]:
        """The attendance of each meeting of today, as the village knows the day; else of the next one."""
        day = today_in(self.cohort.village)
        todays = [meeting for meeting in meetings if meeting.held_on == day]
        coming = sorted((m for m in meetings if m.held_on > day), key=lambda m: m.held_on)
        return [
            {
                "label": _("Attendance: %(meeting)s") % {"meeting": meeting.title},
                "hint": _("today") if meeting.held_on == day else date_format(meeting.held_on, "j F"),
                "url": self._attendance_url(meeting),
                "icon": "tasks",
            }
            for meeting in todays or coming[:1]
        ]

    def _attendance_url(self, meeting: Meeting) -> str:
        may_tick = self.request.user.has_perms(("cohorts.change_attendance", "cohorts.add_attendance"))
        return reverse(f"cohort:{'attendance' if may_tick else 'meeting'}", args=[self.cohort.pk, meeting.pk])
