"""The words and figures of a certificate, which is in Indonesian whatever language the site is read in."""

import unicodedata
from datetime import date

MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


def date_in_words(day: date) -> str:
    """``11 Juni 2018``."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def dates_in_words(first: date, last: date) -> str:
    """``11 Juni 2018``, ``11–13 Juni 2018``, ``30 Juni–2 Juli 2018`` or both dates in full."""
    if first == last:
        return date_in_words(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{date_in_words(last)}"
    if first.year == last.year:
        return f"{first.day} {MONTHS[first.month - 1]}–{date_in_words(last)}"
    return f"{date_in_words(first)}–{date_in_words(last)}"


def roman_month(month: int) -> str:
    """The month as Indonesian letters number it: 6 is ``VI``."""
    return _ROMAN[month - 1]


def certificate_number(*, sequence: int, activity: str, organisation: str, day: date) -> str:
    """``NNN/activity/organisation/roman month/year``, as offices in Indonesia number (DOMAIN §4.4)."""
    return f"{sequence:03d}/{activity}/{organisation}/{roman_month(day.month)}/{day.year}"


def kind_in_words(*, post_test_passed: bool) -> str:
    """A test was passed, or somebody took part. Never "Kompetensi": certified bodies alone may say so."""
    return "Kelulusan Pelatihan" if post_test_passed else "Keikutsertaan"


def place_in_words(*, venue: str, village: str, district: str, regency: str) -> str:
    """The place from small to large, without saying the village twice."""
    parts = [
        venue,
        "" if venue and village.casefold() in venue.casefold() else village,
        _titled(district, "Kecamatan", ("kecamatan", "distrik")),
        _titled(regency, "Kabupaten", ("kabupaten", "kota")),
    ]
    return ", ".join(part for part in parts if part)


def printable(text: str, *, longest: int) -> str:
    """One line of at most ``longest`` letters, without control and direction characters (SECURITY T8)."""
    # Cut first: normalising is the only costly step, and nothing legitimate is four times too long.
    line = unicodedata.normalize("NFC", text[: longest * 4])
    line = "".join(" " if letter.isspace() else letter for letter in line)
    line = "".join(letter for letter in line if unicodedata.category(letter)[0] != "C")
    line = " ".join(line.split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def _titled(name: str, title: str, known: tuple[str, ...]) -> str:
    return name if not name or name.casefold().startswith(known) else f"{title} {name}"
