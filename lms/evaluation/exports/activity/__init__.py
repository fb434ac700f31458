"""*Laporan Kegiatan*: what an organiser hands in about a training, as PDF and as a document to go on with.

In the structure that offices ask for. Words of papers are Indonesian. It holds no name of a participant and
no question; parts that nobody has filled in say so and leave room to write.
"""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone, translation

from lms.cohorts.exports.frame import frame_of
from lms.cohorts.exports.meetings import about
from lms.cohorts.models import Cohort
from lms.deliberations.exports.docx import paper_docx
from lms.deliberations.exports.paper import Paper
from lms.evaluation.datasets.activity import activity_of
from lms.evaluation.exports.activity.closing import annexes, conclusion, obstacles
from lms.evaluation.exports.activity.opening import cover, held, introduction
from lms.evaluation.exports.activity.parts import Piece, data_of, words_of
from lms.evaluation.exports.activity.results import results
from lms.evaluation.exports.files import note_export
from lms.evaluation.reports.cohort import Reader, report_on
from lms.press.paper import Frame, print_paper

TITLE = "LAPORAN KEGIATAN"
_TEMPLATE = Path(__file__).parents[2] / "typst" / "activity.typ"


@dataclass(frozen=True, slots=True)
class ActivityReport:
    """``pieces`` in the order of the report; ``below`` stands under its title."""

    cohort: Cohort
    below: tuple[str, ...]
    pieces: tuple[Piece, ...]
    version: str
    is_simulated: bool


def activity_report(cohort: Cohort) -> ActivityReport:
    """Everything that the report says, in Indonesian whatever language is read on the screen."""
    today = timezone.localdate(timezone=ZoneInfo(cohort.village.time_zone))
    with translation.override(settings.LANGUAGE_CODE):
        report, found = report_on(cohort, Reader()), activity_of(cohort, today)
        known = about(cohort)
        pieces = [
            *cover(cohort, found, report.data_version),
            *introduction(cohort, found),
            *held(cohort, found),
            *results(cohort, found, report),
            *obstacles(report),
            *conclusion(report),
            *annexes(found, report),
        ]
    return ActivityReport(
        cohort=cohort,
        below=(known["training"], known["dates"], known["place"]),
        pieces=tuple(pieces),
        version=report.data_version,
        is_simulated=report.evaluation.simulated,
    )


def export_activity_pdf(*, cohort: Cohort, user: Any) -> bytes:
    """Logged as taken out by ``user``. Raises RuntimeError if it cannot be set."""
    report = activity_report(cohort)
    data = {"title": TITLE, "below": report.below, "pieces": data_of(report.pieces)}
    printed = print_paper(_TEMPLATE, data, frame=_frame(report))
    note_export(report.version, cohort=cohort, user=user, kind="pdf")
    return printed


def export_activity_docx(*, cohort: Cohort, user: Any) -> bytes:
    """The same words and tables without the drawings. Logged as taken out by ``user``."""
    report = activity_report(cohort)
    frame = _frame(report)
    paper = Paper(
        title=TITLE,
        below=report.below,
        blocks=words_of(report.pieces),
        code=" · ".join(part for part in (cohort.code, report.version) if part),
        heading=frame.heading.lines,
        contact=frame.heading.contact,
        is_simulated=report.is_simulated,
    )
    note_export(report.version, cohort=cohort, user=user, kind="docx")
    return paper_docx(paper, "a4", printed_on=frame.printed_on)


def _frame(report: ActivityReport) -> Frame:
    """A training with a single simulated person is labelled, too: its figures are not real."""
    return replace(frame_of(report.cohort, "Laporan Kegiatan"), is_simulated=report.is_simulated)
