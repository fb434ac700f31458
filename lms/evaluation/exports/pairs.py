"""The matched pairs of a cohort as CSV, so that anybody can recompute the gain.

Decision on who gets it. The file leaves the house, so it has pseudonyms and no names, and it is refused to
everybody while fewer than five people are matched: the page hides their mean, and a file would give it back.
Whoever may change the cohort runs its tests and may take the file out; each time is written to the log.
"""

import csv
import io
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from lms.cells import safe_cell
from lms.cohorts.models import Cohort
from lms.evaluation.datasets import CohortScores, MatchedScore, scores_of
from lms.evaluation.datasets.sittings import sittings_of
from lms.evaluation.datasets.version import data_version
from lms.evaluation.stats.disclosure import Standing, standing

EXPORT_ACTION = "evaluation.export_pairs"
HEADINGS = (
    "data_simulasi",
    "participant",
    "form_order",
    "form_pre",
    "points_pre",
    "form_post",
    "points_post",
    "max_points",
    "gain",
)


Cell = str | int


def export_pairs(*, cohort: Cohort, user: Any) -> str:
    """The CSV text, logged as taken out by ``user``. ValidationError (``too_few``) below five people."""
    read = sittings_of(cohort)
    scores = scores_of(cohort, read)
    refuse_few(scores)
    log(instance=cohort, action=EXPORT_ACTION, user=user, data={"rows": len(scores.matched)})
    return pairs_csv(scores, data_version(cohort, read))


def refuse_few(scores: CohortScores) -> None:
    """ValidationError (``too_few``) below five matched people: of them no file leaves the house."""
    if standing(len(scores.matched)) is Standing.HIDDEN:
        raise ValidationError(
            _("Not enough data (fewer than 5 people took both the pre-test and the post-test)."),
            code="too_few",
        )


def pairs_csv(scores: CohortScores, version: str = "") -> str:
    """A row for each matched person: UTF-8 with BOM and semicolons, as spreadsheets in Indonesia expect.

    The last column is ``version``, the same in every row: it names the data (see ``datasets.version``).
    """
    file = io.StringIO()
    file.write("\ufeff")
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerow([safe_cell(heading) for heading in (*pair_columns(scores), "data_version")])
    for row in pair_rows(scores):
        writer.writerow([safe_cell(value) for value in (*row, version)])
    return file.getvalue()


def pair_columns(scores: CohortScores) -> tuple[str, ...]:
    """``HEADINGS``, and two columns for each outcome."""
    codes = (measure.outcome.code for measure in scores.outcomes)
    return (*HEADINGS, *(f"{code}_{part}" for code in codes for part in ("pre", "post")))


def pair_rows(scores: CohortScores) -> Iterator[tuple[Cell, ...]]:
    """A row for each matched person, by pseudonym.

    ``gain`` is post - pre of the person. The gain of the cohort is the mean of the two orders' mean gains.
    Columns of outcomes follow, in points: an item may serve several, so never add them up.
    """
    codes = [measure.outcome.code for measure in scores.outcomes]
    for person in scores.matched:
        yield tuple(_row(person, scores, codes))


def _row(person: MatchedScore, scores: CohortScores, codes: list[str]) -> Iterator[Cell]:
    yield "ya" if person.is_simulated else "tidak"
    yield person.pseudonym
    yield person.order
    yield person.pre.form
    yield person.pre.points
    yield person.post.form
    yield person.post.points
    yield scores.max_points[person.post.form]
    yield person.gain
    for code in codes:
        yield person.pre.by_outcome.get(code, 0)
        yield person.post.by_outcome.get(code, 0)
