"""The attendance of a training as a table: a row for each person, a column for each meeting.

The file holds names: who takes it out is written to the log of the training. Indonesian in every language, as
the list that it goes with.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils import translation
from wagtail.log_actions import log

from lms.cohorts.enums import AttendanceStatus
from lms.cohorts.exports.tables import WRITERS, Cell
from lms.cohorts.models import Cohort
from lms.cohorts.queries.attendance import Matrix, PersonOverAll, matrix_of

EXPORT_ACTION = "cohorts.attendance_exported"
_FIXED = ("No", "Nama", "L/P", "Unsur", "Jabatan", "Dusun", "Kode")
_LAST = ("JP hadir", "JP seluruhnya", "Persen")


def export_attendance(*, cohort: Cohort, kind: str, user: Any) -> tuple[bytes, str]:
    """The file and its content type; ``kind`` is "xlsx" or "csv", anything else raises KeyError. Logged."""
    write, content_type = WRITERS[kind]
    matrix = matrix_of(cohort)
    with translation.override("id"):
        made = write(f"Kehadiran {cohort.code}", list(_table(matrix)))
    log(cohort, EXPORT_ACTION, user=user, data={"people": len(matrix.people), "kind": kind})
    return made, content_type


def _table(matrix: Matrix) -> Iterator[list[Cell]]:
    meetings = [f"{each.held_on:%d-%m-%Y} {each.title} ({each.lesson_hours} JP)" for each in matrix.meetings]
    yield [*_FIXED, *meetings, *_LAST]
    for number, each in enumerate(matrix.people, start=1):
        yield [*_person(number, each), *_standing(each, matrix.planned)]


def _person(number: int, each: PersonOverAll) -> Iterator[Cell]:
    person = each.enrolment.participant
    yield number
    yield person.full_name
    yield person.sex
    yield str(person.get_element_display())
    yield person.role
    yield person.dusun
    yield person.code


def _standing(each: PersonOverAll, planned: int) -> Iterator[Cell]:
    labels: Mapping[str, Any] = {status.value: status.label for status in AttendanceStatus}
    yield from (str(labels.get(status, "")) for status in each.statuses)
    yield each.hours
    yield planned
    yield round(100 * each.hours / planned) if planned else ""
