"""Dates as people type them, with an answer that says what is wrong with one that does not exist."""

import calendar
import re
from datetime import date, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from lms.press.indonesian import clock, long_date

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari jan january", "februari feb pebruari february", "maret mar march", "april apr",
            "mei may", "juni jun june", "juli jul july", "agustus agu ags agt aug august",
            "september sep sept", "oktober okt oct october",
            "november nov nopember", "desember des dec december",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_NAMES = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip
_CLOCK = re.compile(r"([0-9]{1,2})(?:[.:]?([0-9]{2}))?\Z")
_YEAR_FIRST = re.compile(r"([0-9]{4})[-/. ]([0-9]{1,2})[-/. ]([0-9]{1,2})\Z")
_DAY_FIRST = re.compile(r"([0-9]{1,2})[-/. ]+([0-9]{1,2}|[a-z]+)[-/. ]+([0-9]{4})\Z")


def parse_day(text: str) -> date:
    """``2018-06-11``, ``11-6-2018``, ``11/06/2018`` or ``11 Juni 2018``.

    Raises ValidationError: ``no_day`` for a day that the calendar lacks, ``invalid`` for anything else.
    """
    bare = " ".join(text.casefold().split())
    year_first, day_first = _YEAR_FIRST.match(bare), _DAY_FIRST.match(bare)
    if year_first:
        year, month, day = (int(part) for part in year_first.groups())
    elif day_first and (named := _month(day_first[2])):
        day, month, year = int(day_first[1]), named, int(day_first[3])
    else:
        raise _unread()
    if not 1 <= month <= 12 or year < 1:
        raise _unread()
    last = calendar.monthrange(year, month)[1]
    if not 1 <= day <= last:
        raise ValidationError(
            _("There is no %(day)s %(month)s %(year)s: %(month)s has %(last)s days. Correct the date."),
            code="no_day",
            params={"day": day, "month": _NAMES[month - 1], "year": year, "last": last},
        )
    return date(year, month, day)


def parse_clock(text: str) -> time:
    """``09.00``, ``9:00``, ``0900`` or ``9``. Raises ValidationError (``invalid``)."""
    found = _CLOCK.match("".join(text.split()))
    hour, minute = (int(found[1]), int(found[2] or 0)) if found else (99, 0)
    if hour > 23 or minute > 59:
        raise ValidationError(_("Write the time with hours and minutes, for example 09.00."), code="invalid")
    return time(hour, minute)


class _DayInput(forms.TextInput):
    """Typed, not picked: Wagtail's picker turns a day that it cannot read into today without a word."""

    def format_value(self, value: Any) -> str | None:
        return long_date(value) if isinstance(value, date) else super().format_value(value)


class _ClockInput(forms.TextInput):
    def format_value(self, value: Any) -> str | None:
        return clock(value) if isinstance(value, time) else super().format_value(value)


class DayField(forms.DateField):
    """A date as Indonesians write it."""

    widget = _DayInput

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values:
            return None
        return value if isinstance(value, date) else parse_day(str(value))


class ClockField(forms.TimeField):
    """A time of the village's day as Indonesians write it."""

    widget = _ClockInput

    def to_python(self, value: Any) -> time | None:
        if value in self.empty_values:
            return None
        return value if isinstance(value, time) else parse_clock(str(value))


def _month(written: str) -> int:
    return int(written) if written.isdigit() else _MONTHS.get(written, 0)


def _unread() -> ValidationError:
    return ValidationError(
        _("We cannot read this date. Write day, month and year, for example 11 Juni 2018."), code="invalid"
    )
