"""One way to every format: which questions, which file, and what the file could not hold."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext_lazy as _

from assessments.exports import gift, moodle_xml, xlsx
from assessments.queries import load_questions
from assessments.questions.base import Question


@dataclass(frozen=True, slots=True)
class Left:
    """A question that a format cannot hold (``fields`` empty), or fields of it that were left behind."""

    code: str
    fields: tuple[str, ...] = ()

    @property
    def names(self) -> str:
        """The fields in the words of the editor."""
        return ", ".join(str(_NAMES.get(name, name)) for name in self.fields)


@dataclass(frozen=True, slots=True)
class ExportFile:
    name: str
    content_type: str
    data: bytes
    written: int
    left: list[Left] = field(default_factory=list)


_NAMES = {
    "note": _("note for trainers"),
    "audio": _("recording"),
    "image": _("picture"),
    "rationale": _("why"),
    "when": _("when to ask"),
    "may_be_spoken": _("may be spoken"),
    "instructions": _("instructions"),
    "ignore_punctuation": _("full stops and commas do not matter"),
    "rubric": _("rubric"),
    "max_words": _("most words"),
    "tags": _("place in the bank"),
}

Writer = Callable[[list[Question]], tuple[bytes, list[tuple[str, tuple[str, ...]]]]]
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMATS: dict[str, tuple[Any, str, str, Writer]] = {
    "xlsx": (_("Excel workbook (everything)"), "xlsx", _XLSX, xlsx.write),
    "moodle_xml": (_("Moodle XML"), "xml", "application/xml", moodle_xml.write),
    "gift": (_("GIFT"), "gift", "text/plain; charset=utf-8", gift.write),
}


def export_questions(*, ids: Iterable[int], format: str, name: str = "soal") -> ExportFile:
    """The questions in order of their codes. Raises KeyError for a format that is not in ``FORMATS``."""
    _label, suffix, content_type, write = FORMATS[format]
    questions = sorted(load_questions(ids).values(), key=lambda question: question.code)
    prefetch_related_objects(questions, "outcomes", "legal_bases")
    data, left = write(questions)
    gone = sum(1 for _code, fields in left if not fields)
    losses = [Left(code, fields) for code, fields in left]
    return ExportFile(f"{name}.{suffix}", content_type, data, len(questions) - gone, losses)
