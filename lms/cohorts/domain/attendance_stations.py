"""Registered devices, and marking present who signs in on one."""

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from lms.cohorts.domain.attendance import record_arrival
from lms.cohorts.enums import AttendanceStatus, Means
from lms.cohorts.models import Cohort, Station
from lms.cohorts.queries.codes import meetings_signed_in_to
from lms.cohorts.queries.times import is_late
from lms.people.domain import clean_line, device_key, device_named


def register_station(*, cohort: Cohort, device: str, name: str, user: Any, agent: str = "") -> Station:
    """Let signing in on this browser count for meetings that say so; registered again, it takes the new name.

    ``device`` is the browser's opaque name, ``agent`` what it calls itself. Raises ValidationError:
    ``no_device`` (the browser has no name yet), ``no_name``.
    """
    if not device:
        raise ValidationError(
            _("This browser does not keep cookies, so it cannot be recognised. Allow them and try again."),
            code="no_device",
        )
    if not clean_line(name):
        raise ValidationError(_("Give the device a name, for example: Laptop 1."), code="no_name")
    with transaction.atomic():
        Cohort.objects.select_for_update().get(pk=cohort.pk)
        numbered = device_named(device, agent)
        known = Station.objects.filter(cohort=cohort, device=numbered, removed_at=None).first()
        station = known or Station(cohort=cohort, device=numbered, registered_by=user)
        station.name = clean_line(name)[:60]
        station.save()
        log(cohort, "cohorts.station_registered", user=user, data={"station": station.name})
    return station


def remove_station(*, station: Station, user: Any) -> None:
    """Signing in there no longer counts. Repeating changes nothing."""
    with transaction.atomic():
        if Station.objects.filter(pk=station.pk, removed_at=None).update(removed_at=timezone.now()):
            log(station.cohort, "cohorts.station_removed", user=user, data={"station": station.name})


def arrive_by_sign_in(*, participant_id: uuid.UUID, device: str) -> int:
    """Mark the person present, or late, at the meetings that go on now. Returns at how many it was new.

    Nothing happens on a device that is not registered, outside the time of a meeting, and where it is
    known already whether the person was there.
    """
    if not device:
        return 0
    now = timezone.now()
    return sum(
        record_arrival(
            meeting=meeting,
            enrolment=enrolment,
            status=AttendanceStatus.LATE if is_late(meeting, now) else AttendanceStatus.PRESENT,
            means=Means.STATION,
            at=now,
        )
        for meeting, enrolment in meetings_signed_in_to(participant_id, device_key(device))
    )
