"""When a survey of several moments is open, by the dates of the training and the clock of its village."""

from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from assessments.enums import MOMENTS, Occasion

# How long a moment stays open: long enough for who comes to the office once a week, and over before the next.
_DAYS_OPEN = 21
_DAYS_AFTER = {Occasion.AFTER: 0, Occasion.DAY_30: 30, Occasion.DAY_60: 60, Occasion.DAY_90: 90}
_SUNDAY = 6


class Window(NamedTuple):
    """From when until when something may be begun; None is without a limit."""

    opens_at: datetime | None
    closes_at: datetime | None

    def instead(self, *, opens_at: datetime | None, closes_at: datetime | None) -> "Window":
        """The window with one end or both moved by staff. An opening that comes after the usual end takes
        the end along: a survey that never opens helps nobody."""
        begin, end = opens_at or self.opens_at, closes_at or self.closes_at
        if closes_at is None and begin is not None and end is not None and end <= begin:
            end = begin + timedelta(days=_DAYS_OPEN)
        return Window(begin, end)


ALWAYS = Window(None, None)


def usual_window(occasion: str, *, starts_on: date, ends_on: date, time_zone: str) -> Window:
    """The time of a moment that no assignment says otherwise; without limits for what has no moment.

    "Before" is open until the first day ends, "after" from the last day on, the others so many days after
    it, on Monday where that is a Sunday. Days begin and end at midnight in the village.
    """
    if occasion not in MOMENTS:
        return ALWAYS
    zone = ZoneInfo(time_zone)
    if occasion == Occasion.BEFORE:
        return Window(None, _midnight(starts_on + timedelta(days=1), zone))
    first = first_day(occasion, ends_on=ends_on)
    return Window(_midnight(first, zone), _midnight(first + timedelta(days=_DAYS_OPEN), zone))


def first_day(occasion: str, *, ends_on: date) -> date:
    """The day on which a moment after the training opens. A Sunday gives way to Monday, but not the last
    day of the training itself: then everybody is there."""
    days = _DAYS_AFTER[Occasion(occasion)]
    day = ends_on + timedelta(days=days)
    return day + timedelta(days=1) if days and day.weekday() == _SUNDAY else day


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), tzinfo=zone)
