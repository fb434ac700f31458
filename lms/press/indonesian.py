"""Dates, times and money as Indonesians write them, whatever language is being read on the screen.

Papers are Indonesian: they are signed, filed and shown to others in that language.
"""

from datetime import date, time

_MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)
_DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")


def long_date(day: date) -> str:
    """``11 Juni 2018``."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def weekday_date(day: date) -> str:
    """``Senin, 11 Juni 2018``."""
    return f"{_DAYS[day.weekday()]}, {long_date(day)}"


def date_range(first: date, last: date) -> str:
    """``11 Juni 2018``, ``11–13 Juni 2018``, ``30 Juni–2 Juli 2018`` or both dates in full."""
    if first == last:
        return long_date(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{long_date(last)}"
    if first.year == last.year:
        return f"{first.day} {_MONTHS[first.month - 1]}–{long_date(last)}"
    return f"{long_date(first)}–{long_date(last)}"


def clock(moment: time, zone: str = "") -> str:
    """``09.00 WITA``; ``zone`` is the abbreviation, left out if it is empty."""
    return f"{moment.hour:02}.{moment.minute:02} {zone}".strip()


def rupiah(amount: int) -> str:
    """``Rp1.200.000``; whole rupiah only."""
    sign = "-" if amount < 0 else ""
    return f"{sign}Rp{abs(amount):,}".replace(",", ".")
