"""Attendance sheets (*daftar hadir*) and the schedule (*jadwal*) of a training."""

from collections import Counter
from collections.abc import Sequence
from datetime import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.cohorts.exports.frame import bare
from lms.cohorts.models import Cohort, Enrolment, Meeting
from lms.cohorts.queries import roster
from lms.people.models import Participant
from lms.press.indonesian import clock, date_range, long_date, weekday_date
from lms.press.paper import Part

TEMPLATES = Path(__file__).parent.parent / "typst"
# The choice of a sheet that names nobody.
BLANK = "kosong"
# People who come without being on the list find lines at its end.
WALK_INS = 5
_BLANK_ROWS = 25
# A sheet of a thousand names would keep a server busy and nobody signs it.
MOST_PEOPLE = 500
_NOBODY = gettext_lazy("Nobody is enrolled yet. Add people, or print an empty sheet.")


def meeting_choices(cohort: Cohort) -> list[tuple[str, str]]:
    """The meetings, and a sheet without names."""
    held = Meeting.objects.filter(cohort=cohort)
    meetings = [(str(each.pk), f"{long_date(each.held_on)} · {each.title}") for each in held]
    return [*meetings, (BLANK, _("Empty sheet without names"))]


def attendance_parts(cohort: Cohort, choice: str) -> list[Part]:
    """A sheet for each meeting, or for the chosen one; without any meeting one for the whole training."""
    if choice == BLANK:
        return [_sheet(cohort, None, [], blank=_BLANK_ROWS)]
    meetings: list[Meeting | None] = list(Meeting.objects.filter(cohort=cohort))
    if choice:
        meetings = [each for each in meetings if each is not None and str(each.pk) == choice]
        if not meetings:
            raise ValidationError(_("This meeting is not there any more. Choose another."), code="gone")
    people = people_of(cohort)
    return [_sheet(cohort, meeting, people, blank=WALK_INS) for meeting in meetings or [None]]


def people_of(cohort: Cohort) -> list[Enrolment]:
    """Everybody in the training by name. Raises ValidationError if nobody is, or too many for one paper."""
    people = list(roster(cohort)[: MOST_PEOPLE + 1])
    if not people:
        raise ValidationError(_NOBODY, code="nobody")
    if len(people) > MOST_PEOPLE:
        raise ValidationError(
            _("This training has more than %(most)d people: too many for one file."),
            code="many",
            params={"most": MOST_PEOPLE},
        )
    return people


def schedule_parts(cohort: Cohort, choice: str) -> list[Part]:
    """All meetings, day by day."""
    rows: list[Any] = []
    day = None
    for meeting in Meeting.objects.filter(cohort=cohort):
        if meeting.held_on != day:
            day = meeting.held_on
            rows.append({"day": weekday_date(day)})
        rows.append(
            {
                "time": _times(meeting, cohort),
                "hours": meeting.lesson_hours,
                "title": meeting.title,
                "agenda": meeting.agenda,
                "place": meeting.place,
                "speakers": meeting.speakers,
            }
        )
    data = {
        **about(cohort),
        "rows": rows,
        "total": sum(row.get("hours", 0) for row in rows),
        "blank": 0 if rows else 8,
        "place_date": f"{bare(cohort.village.name)}, {long_date(cohort.starts_on)}",
    }
    return [Part(TEMPLATES / "schedule.typ", data)]


def about(cohort: Cohort) -> dict[str, Any]:
    """What stands below the title of each paper of a training."""
    return {
        "training": cohort.title,
        "theme": cohort.theme,
        "dates": date_range(cohort.starts_on, cohort.ends_on),
        "place": place_of(cohort),
        "village": bare(cohort.village.name),
        "organisation": cohort.organisation.name,
    }


def place_of(cohort: Cohort) -> str:
    """``Kantor Desa, Desa Loonuna, Kecamatan Lamaknen Selatan``."""
    village = cohort.village
    district = f"Kecamatan {village.district}" if village.district else ""
    return ", ".join(part for part in (cohort.venue, f"Desa {bare(village.name)}", district) if part)


def office_of(person: Participant) -> str:
    """The role as it was typed, else the element (*unsur*), in Indonesian."""
    with translation.override(settings.LANGUAGE_CODE):
        return person.role or str(person.get_element_display())


def namesakes(people: Sequence[Enrolment]) -> set[str]:
    """Names that several people of the training have, whatever their capitals."""
    counts = Counter(each.participant.full_name.casefold() for each in people)
    return {name for name, count in counts.items() if count > 1}


def _sheet(cohort: Cohort, meeting: Meeting | None, people: Sequence[Enrolment], *, blank: int) -> Part:
    same = namesakes(people)
    data = {
        **about(cohort),
        "meeting": meeting.title if meeting else "",
        "day": weekday_date(meeting.held_on) if meeting else "",
        "time": _times(meeting, cohort) if meeting else "",
        "place": (meeting and meeting.place) or place_of(cohort),
        "hours": meeting.lesson_hours if meeting else 0,
        "people": [_row(each.participant, same) for each in people],
        "blank": blank,
        "place_date": f"{bare(cohort.village.name)}, {long_date(meeting.held_on)}" if meeting else "",
    }
    return Part(TEMPLATES / "attendance.typ", data)


def _row(person: Participant, same: set[str]) -> dict[str, str]:
    """Two people of one name are told apart by their code; telephone numbers are not kept."""
    return {
        "name": person.full_name,
        "code": person.code if person.full_name.casefold() in same else "",
        "sex": person.sex,
        "office": office_of(person),
        "address": person.dusun or bare(person.village.name),
    }


def _times(meeting: Meeting, cohort: Cohort) -> str:
    """``09.00–12.00 WITA`` where a meeting has times, else nothing: they are written by hand."""
    begins: time | None = meeting.begins_at
    ends: time | None = meeting.ends_at
    if begins is None:
        return ""
    zone = cohort.village.get_time_zone_display()
    return f"{clock(begins)}–{clock(ends, zone)}" if ends else clock(begins, zone)
