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
from lms.evaluation.datasets import CohortScores, MatchedScore, matched_scores
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


def export_pairs(*, cohort: Cohort, user: Any) -> str:
    """The CSV text, logged as taken out by ``user``. ValidationError (``too_few``) below five people."""
    scores = matched_scores(cohort)
    if standing(len(scores.matched)) is Standing.HIDDEN:
        raise ValidationError(
            _("Not enough data (fewer than 5 people took both the pre-test and the post-test)."),
            code="too_few",
        )
    log(instance=cohort, action=EXPORT_ACTION, user=user, data={"rows": len(scores.matched)})
    return pairs_csv(scores)


def pairs_csv(scores: CohortScores) -> str:
    """A row for each matched person: UTF-8 with BOM and semicolons, as spreadsheets in Indonesia expect.

    ``gain`` is post - pre of the person. The gain of the cohort is the mean of the two orders' mean gains.
    Columns of outcomes follow, in points: an item may serve several, so never add them up.
    """
    file = io.StringIO()
    file.write("\ufeff")
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    codes = [measure.outcome.code for measure in scores.outcomes]
    outcome_headings = (f"{code}_{part}" for code in codes for part in ("pre", "post"))
    writer.writerow([safe_cell(heading) for heading in (*HEADINGS, *outcome_headings)])
    for person in scores.matched:
        writer.writerow([safe_cell(value) for value in _row(person, scores, codes)])
    return file.getvalue()


def _row(person: MatchedScore, scores: CohortScores, codes: list[str]) -> Iterator[str | int]:
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
