"""The evaluation of a training as sheets: summary, outcomes, groups, matched pairs, items, transitions.

Everything comes from the report, in which what may not be told is None already. Sex, age and element stand
only in the sums of the sheet of groups, never beside a person's points: together they would name people.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from lms.cohorts.models import Cohort
from lms.evaluation.datasets import CohortScores
from lms.evaluation.exports.codebook import codebook
from lms.evaluation.exports.pairs import pair_columns, pair_rows
from lms.evaluation.exports.tables import Cell, Sheet
from lms.evaluation.reports.cohort import CohortReport
from lms.evaluation.reports.people import Dimension
from lms.evaluation.reports.report_words import flag_word
from lms.evaluation.reports.wording import band_word, sentence, standing_word
from lms.people.enums import AgeBand, Element, Sex

OUTCOMES = (
    "outcome",
    "label",
    "n",
    "items",
    "max_points",
    "mean_pre",
    "mean_post",
    "mean_gain",
    "ci_low",
    "ci_high",
    "rose",
    "same",
    "fell",
    "reason",
)
GROUPS = ("dimension", "group", "n", "mean_pre", "mean_post", "mean_gain", "ci_low", "ci_high", "withheld")
ITEMS = ("question", "outcomes", "n", "share_pre", "share_post", "rir", "flags")
TRANSITIONS = ("question", "n", "n00", "n01", "n10", "n11", "right_pre", "right_post", "p_holm")
_MEANS = ("mean_pre", "mean_post", "mean_gain", "ci_low", "ci_high")
_CHANGE = (*_MEANS, "rose", "same", "fell")
SIMULATED = "data_simulasi"
_VALUES: dict[Dimension, Any] = {Dimension.SEX: Sex, Dimension.AGE: AgeBand, Dimension.ELEMENT: Element}


@dataclass(frozen=True, slots=True)
class Told:
    """What a workbook is made of. ``stems``: whether its reader may see questions."""

    cohort: Cohort
    scores: CohortScores
    report: CohortReport
    as_of: date
    stems: bool = False


def sheets_of(told: Told) -> list[Sheet]:
    """In the order of the tabs; the codebook, which explains every column, is the last."""
    sheets = [_summary(told), _outcomes(told), _groups(told), _pairs(told), _items(told), _transitions(told)]
    return [*sheets, codebook(sheets)]


def _summary(told: Told) -> Sheet:
    rows = [row for row in _facts(told) if row[2] not in (None, "")]
    return Sheet("summary", _("Summary"), ("measure", "label", "value"), rows)


def _facts(told: Told) -> Iterator[tuple[str, str, Cell]]:
    report, result, cohort = told.report, told.report.evaluation, told.cohort
    yield SIMULATED, _("Simulated data"), result.simulated
    yield "code", _("Code"), cohort.code
    yield "title", _("Title"), str(cohort.title)
    yield "village", _("Village"), str(cohort.village)
    yield "starts_on", _("First day"), cohort.starts_on.isoformat()
    yield "ends_on", _("Last day"), cohort.ends_on.isoformat()
    yield "as_of", _("As of"), told.as_of.isoformat()
    yield "data_version", _("Data version"), report.data_version
    yield "sentence", _("In a sentence"), sentence(result)
    yield "standing", _("How much it says"), standing_word(result.standing)
    for place, note in enumerate(result.notes, start=1):
        yield f"note_{place}", _("Note"), note.text
    yield "proof", _("Note"), _("Not proof of cause.")
    yield from _numbers(told)


def _numbers(told: Told) -> Iterator[tuple[str, str, Cell]]:
    report, result, trust = told.report, told.report.evaluation, told.report.trust
    for name, label in _labels().items():
        yield name, label, getattr(result, name)
    if result.band is not None:
        yield "band", _("Word for the share of the possible gain"), band_word(result.band)
    for group in result.groups:
        yield f"n_{group.order}", _("People, order of forms %(order)s") % {"order": group.order}, group.n
        for name in _MEANS:
            label = f"{_labels()[name]} ({group.order})"
            yield f"{name}_{group.order}", label, getattr(group, name)
    yield "d_av", _("Change in standard deviations (d_av)"), report.details.d_av
    yield "p_wilcoxon", _("p of Wilcoxon's signed ranks"), report.details.p
    yield "alpha", _("Reliability of the post-test (alpha)"), trust.alpha
    yield "alpha_low", _("Reliability, lower end of the 95 percent range"), trust.alpha_low
    yield "alpha_high", _("Reliability, upper end of the 95 percent range"), trust.alpha_high
    yield "sem", _("Standard error of measurement, points"), trust.sem
    yield "follow_up_n", _("People with a follow-up test"), report.follow_up_n


def _labels() -> dict[str, str]:
    """Fields of the result, in the order of the sheet."""
    return {
        "registered": _("People registered"),
        "attended": _("People who attended"),
        "pre_n": _("People with a pre-test"),
        "post_n": _("People with a post-test"),
        "matched_n": _("People with both tests"),
        "lost_n": _("People with a pre-test and no post-test"),
        "max_points": _("Points possible"),
        "mean_pre": _("Mean before, points"),
        "mean_post": _("Mean after, points"),
        "mean_gain": _("Mean change, points"),
        "ci_low": _("Change, lower end of the 95 percent range"),
        "ci_high": _("Change, upper end of the 95 percent range"),
        "rose": _("People who rose"),
        "same": _("People who stayed the same"),
        "fell": _("People who fell"),
        "normalized_gain": _("Share of the possible gain, ⟨g⟩"),
        "normalized_low": _("Share, lower end of the 95 percent range"),
        "normalized_high": _("Share, upper end of the 95 percent range"),
        "form_gap": _("Points by which the forms seem to differ"),
        "mean_pre_lost": _("Mean before of people without a post-test"),
    }


def _outcomes(told: Told) -> Sheet:
    rows: list[list[Cell]] = []
    for row in told.report.evaluation.outcomes:
        change = (getattr(row, name) for name in _CHANGE)
        reason = row.reason.value if row.reason else None
        rows.append([row.code, row.label, row.n, row.items, row.max_points, *change, reason])
    return _sheet("outcomes", _("Outcomes"), OUTCOMES, rows, told)


def _groups(told: Told) -> Sheet:
    rows: list[list[Cell]] = []
    for table in told.report.inclusion.tables:
        for row in table.rows:
            label = dict(_VALUES[table.dimension].choices).get(row.value)
            group = str(label or _("not recorded"))
            means = (getattr(row, name) for name in _MEANS)
            rows.append(
                [table.dimension.value, group, row.n, *means, row.withheld.value if row.withheld else None]
            )
    return _sheet("groups", _("Groups"), GROUPS, rows, told)


def _pairs(told: Told) -> Sheet:
    rows = list(pair_rows(told.scores))
    return Sheet("pairs", _("Matched pairs"), pair_columns(told.scores), rows)


def _items(told: Told) -> Sheet:
    """In the order of the questions' codes; the stems only for who may see questions."""
    rows: list[list[Cell]] = []
    for row in sorted(told.report.questions.rows, key=lambda one: one.place):
        flags = "; ".join(flag_word(flag) for flag in row.flags)
        numbers = (row.counts.n, row.before, row.after, row.rir)
        stems = [" / ".join(row.stems)] if told.stems else []
        rows.append([row.place, ", ".join(row.outcomes), *numbers, flags, *stems])
    return _sheet("items", _("Items"), (*ITEMS, *(("stem",) if told.stems else ())), rows, told)


def _transitions(told: Told) -> Sheet:
    rows: list[list[Cell]] = []
    for row in sorted(told.report.questions.rows, key=lambda one: one.place):
        counts = row.counts
        right = (_float(counts.before), _float(counts.after))
        rows.append([row.place, counts.n, counts.n00, counts.n01, counts.n10, counts.n11, *right, row.p])
    return _sheet("transitions", _("Transitions"), TRANSITIONS, rows, told)


def _sheet(key: str, title: str, columns: tuple[str, ...], rows: list[Any], told: Told) -> Sheet:
    """With the column that says of every row whether the data are simulated."""
    simulated = told.report.evaluation.simulated
    return Sheet(key, title, (SIMULATED, *columns), [[simulated, *row] for row in rows])


def _float(share: Any) -> float | None:
    return None if share is None else float(share)
