"""The clock of the village: on which day a meeting is, and when it begins and ends.

Days and times of meetings are stored as people say them. At 00:30 in WITA the day has changed in the
village and not in UTC, so "today" is always asked of the village.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from lms.cohorts.models import Meeting
from lms.people.models import Village

# Who comes early comes this long before the beginning.
_EARLY = timedelta(minutes=90)


@dataclass(frozen=True, slots=True)
class Window:
    """From when until when somebody may come to a meeting; aware moments."""

    opens: datetime
    closes: datetime

    def __contains__(self, moment: datetime) -> bool:
        return self.opens <= moment < self.closes


def zone_of(village: Village) -> ZoneInfo:
    """The time zone of a village."""
    return ZoneInfo(village.time_zone)


def today_in(village: Village) -> date:
    """The day that it is in the village now."""
    return timezone.now().astimezone(zone_of(village)).date()


def at_meeting(meeting: Meeting, clock: time) -> datetime:
    """The moment when the clock of the village shows this on the day of the meeting."""
    return datetime.combine(meeting.held_on, clock, tzinfo=zone_of(meeting.cohort.village))


def window_of(meeting: Meeting) -> Window:
    """When somebody may come: from an hour and a half before the beginning to the end; where a time is not
    known, from the first or to the last moment of the village's day. Never another day."""
    dawn = at_meeting(meeting, time.min)
    midnight = at_meeting(meeting, time.max)
    opens = max(dawn, at_meeting(meeting, meeting.begins_at) - _EARLY) if meeting.begins_at else dawn
    closes = at_meeting(meeting, meeting.ends_at) if meeting.ends_at else midnight
    return Window(opens, closes)


def is_late(meeting: Meeting, moment: datetime) -> bool:
    """Whether who comes then is late: after the beginning and the grace. Without a beginning nobody is."""
    if meeting.begins_at is None:
        return False
    return moment > at_meeting(meeting, meeting.begins_at) + timedelta(minutes=meeting.grace_minutes)


def day_has_passed(meeting: Meeting) -> bool:
    """Whether the day of the meeting is over in the village."""
    return today_in(meeting.cohort.village) > meeting.held_on
