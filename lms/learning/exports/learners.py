"""Who learned a rule, as a table. The file holds names: who takes it out stands in the log of each training.
Indonesian in every language, as the lists that it goes with."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from django.utils import timezone, translation
from wagtail.log_actions import log

from lms.cohorts.exports.tables import WRITERS, Cell
from lms.learning.desk.learners import Asked, Person

EXPORTED = "learning.learners_exported"
_HEADINGS = ("No", "Nama", "Desa", "Pelatihan", "Pelajaran lama", "Soal benar", "Pelajaran pembaruan")


def export_learners(*, asked: Asked, people: Sequence[Person], user: Any) -> tuple[bytes, str]:
    """The workbook and its content type. Logged in every training whose people are in it."""
    write, content_type = WRITERS["xlsx"]
    with translation.override("id"):
        made = write("Aturan berubah", list(_table(people)))
    for cohort, number in Counter(person.cohort for person in people).items():
        log(cohort, EXPORTED, user=user, data={"people": number, "basis": asked.title})
    return made, content_type


def _table(people: Sequence[Person]) -> Iterator[list[Cell]]:
    yield list(_HEADINGS)
    for number, person in enumerate(people, start=1):
        lessons = "; ".join(f"{code} ({_day(at)})" for code, at in person.lessons)
        given = "; ".join(
            f"{one.code}: selesai {_day(one.done_at)}" if one.done_at else f"{one.code}: menunggu"
            for one in person.assigned
        )
        yield [
            number,
            person.name,
            person.village,
            person.cohort.code,
            lessons,
            person.questions,
            given or "belum diberi",
        ]


def _day(moment: Any) -> str:
    return timezone.localtime(moment).date().isoformat()
