"""The people of a training as a table. The file holds names: who takes it out is written to the log of the
training. Indonesian in every language, as the lists that it goes with."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils import translation
from wagtail.log_actions import log

from lms.cohorts.exports.tables import WRITERS, Cell
from lms.cohorts.models import Cohort, Enrolment
from lms.cohorts.queries import attended_hours, found_in
from lms.cohorts.queries.roster import Wanted

EXPORT_ACTION = "cohorts.roster_exported"
_HEADINGS = ("No", "Nama", "L/P", "Unsur", "Jabatan", "Dusun", "Desa", "JP hadir", "JP seluruhnya")
_FOR_ORGANISERS = ("Kode", "Urutan paket")


def export_roster(
    *, cohort: Cohort, wanted: Wanted, kind: str, user: Any, with_codes: bool
) -> tuple[bytes, str]:
    """The file and its content type; ``kind`` is "xlsx" or "csv", anything else raises KeyError. Logged.

    Only who is wanted is in it; codes and orders of forms only ``with_codes``.
    """
    write, content_type = WRITERS[kind]
    people = list(found_in(cohort, wanted))
    with translation.override("id"):
        made = write(f"Peserta {cohort.code}", list(_table(people, with_codes=with_codes)))
    log(cohort, EXPORT_ACTION, user=user, data={"people": len(people), "kind": kind})
    return made, content_type


def _table(people: Sequence[Enrolment], *, with_codes: bool) -> Iterator[list[Cell]]:
    yield [*_HEADINGS, *(_FOR_ORGANISERS if with_codes else ())]
    hours = attended_hours(people)
    for number, enrolment in enumerate(people, start=1):
        person = enrolment.participant
        row: list[Cell] = [
            number,
            person.full_name,
            person.sex,
            str(person.get_element_display()),
            person.role,
            person.dusun,
            person.village.name,
            *hours[enrolment.pk],
        ]
        yield [*row, person.code, enrolment.form_order] if with_codes else row
