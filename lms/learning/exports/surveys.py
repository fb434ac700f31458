"""What the surveys of a training say, as CSV: sums and texts as the page shows them, for reports."""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from lms.cells import safe_cell
from lms.cohorts.models import Cohort
from lms.learning.desk.moments import MomentsResult, moments_results
from lms.learning.desk.surveys import SurveyResult, survey_results

Row = tuple[Any, ...]


def surveys_csv(cohort: Cohort) -> str:
    """One line a figure, with semicolons as spreadsheets in Indonesia expect them, and a BOM for their
    letters. What the page holds back is not in the file either."""
    file = io.StringIO()
    file.write("\ufeff")
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerow(
        [_("survey"), _("moment"), _("answered"), _("participants"), _("question"), _("answer"), _("people")]
    )
    for result in survey_results(cohort):
        writer.writerows(_safe(row) for row in _once(result))
    for several in moments_results(cohort):
        writer.writerows(_safe(row) for row in _at_moments(several))
    return file.getvalue()


def _once(result: SurveyResult) -> Iterator[Row]:
    head = (result.assessment.label, "", result.answered, result.enrolled)
    if not result.questions:
        yield (*head, "", _held(result.held), "")
    for asked in result.questions:
        for tally in asked.tallies:
            stem = " · ".join(filter(None, (asked.question.stem, tally.label)))
            for words, count in tally.counts:
                yield (*head, stem, words, count)
            for text in tally.texts:
                yield (*head, stem, text, "")
        if asked.left_out:
            yield (*head, asked.question.stem, _("left out"), asked.left_out)


def _at_moments(result: MomentsResult) -> Iterator[Row]:
    title = result.assessment.label
    for moment in result.moments:
        head = (title, moment.label, moment.answered, result.enrolled)
        if moment.held:
            yield (*head, "", _held(moment.held), "")
        for scale in result.scales:
            for statement in scale.statements:
                for cell in (cell for cell in statement.cells if cell.moment is moment):
                    words = (_("agree"), _("in between"), _("disagree"))
                    for word, count in zip(words, cell.counts, strict=True):
                        yield (*head, statement.text, word, count)
        for said in (said for said in result.said if said.moment is moment):
            for word, count in said.counts:
                yield (*head, said.question.stem, word, count)
            for text in said.texts:
                yield (*head, said.question.stem, text, "")
    yield from _changes(result)


def _changes(result: MomentsResult) -> Iterator[Row]:
    for scale in result.scales:
        for change in scale.changes:
            moment = f"{change.first.label} → {change.second.label}"
            head = (result.assessment.label, moment, change.n, result.enrolled, scale.construct)
            if change.held:
                yield (*head, _held(change.held), "")
                continue
            counts = ((_("rose"), change.rose), (_("stayed"), change.same), (_("fell"), change.fell))
            for word, count in counts:
                yield (*head, word, count)
            if change.median_first is not None:
                yield (*head, _("median before"), change.median_first)
                yield (*head, _("median after"), change.median_second)


def _held(reason: str) -> str:
    return {
        "open": _("not closed yet"),
        "few": _("fewer than five people answered"),
    }.get(reason, _("no answers yet"))


def _safe(row: Iterable[Any]) -> list[Any]:
    return [safe_cell(cell) for cell in row]
