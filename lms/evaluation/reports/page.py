"""What the template of a cohort's report gets: words, drawings and tables, in the order of the page."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from lms.cohorts.models import Cohort
from lms.evaluation.reports import after_words, report_words
from lms.evaluation.reports.actions import Actions
from lms.evaluation.reports.bars import Segment, funnel, stacked
from lms.evaluation.reports.charts import gain_bars, outcome_dumbbells, overall_dumbbell, slopes
from lms.evaluation.reports.cohort import CohortReport
from lms.evaluation.reports.people import Dimension, GroupRow, GroupTable
from lms.evaluation.reports.questions import QuestionRow
from lms.evaluation.reports.reactions import Reaction
from lms.evaluation.reports.wording import (
    ShownChange,
    lost_sentence,
    modes_sentence,
    sentence,
    share_sentence,
    shown_change,
    standing_word,
)
from lms.evaluation.stats.flags import ItemFlag
from lms.learning.desk.scales import Change
from lms.people.enums import AgeBand, Element, Sex
from lms.ui.templatetags.lms_ui import format_number

_VALUES: dict[Dimension, Any] = {Dimension.SEX: Sex, Dimension.AGE: AgeBand, Dimension.ELEMENT: Element}


@dataclass(frozen=True, slots=True)
class ShownQuestion:
    """A question as the page shows it. ``stems`` are empty for who may not see questions."""

    row: QuestionRow
    stems: tuple[str, ...]
    bar: tuple[Segment, ...]
    missed: str
    counts: str
    flags: tuple[str, ...]
    p: str


@dataclass(frozen=True, slots=True)
class ShownGroup:
    label: str
    row: GroupRow
    shown: ShownChange | None
    withheld: str


@dataclass(frozen=True, slots=True)
class ShownStatement:
    text: str
    mean: str
    bar: tuple[Segment, ...]
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ShownReaction:
    """A survey; statements of one scale stand together, below its steps."""

    title: str
    sentence: str
    scales: tuple[tuple[tuple[str, ...], tuple[ShownStatement, ...]], ...]


@dataclass(frozen=True, slots=True)
class ShownCommitment:
    """Two moments of the commitment scale: people, and the medians of their sums from twenty people on."""

    label: str
    change: Change
    reason: str
    medians: str


def page_of(report: CohortReport, cohort: Cohort, *, with_stems: bool) -> dict[str, Any]:
    """Variables of ``evaluation/result.html`` that do not depend on the request."""
    result = report.evaluation
    said = sentence(result)
    mark = cohort.assessment.pass_mark_percent
    return {
        "report": report,
        "result": result,
        "sentence": said,
        "notes": [note for note in result.notes if note.text not in said],
        "standing_word": standing_word(result.standing),
        "response": result.matched_n / result.registered if result.registered else None,
        "overall": overall_dumbbell(result, label=_("All points"), pass_mark_percent=mark),
        "dumbbells": outcome_dumbbells(result),
        "outcomes_sentence": report_words.outcomes_sentence(result),
        "bars": gain_bars(result.gains or (), report.trust.band),
        "slopes": slopes(result.pairs, result.max_points) if result.pairs and result.max_points else [],
        "share_sentence": share_sentence(result),
        **_questions(report, with_stems=with_stems),
        **_people(report),
        **_afterwards(report),
        "details": report_words.details_sentences(report.details),
        "modes_sentence": modes_sentence(report.modes),
    }


def _questions(report: CohortReport, *, with_stems: bool) -> dict[str, Any]:
    table = report.questions
    shown = {row.place: _question(row, with_stems=with_stems) for row in table.rows}
    return {
        "questions": list(shown.values()),
        "questions_reason": report_words.questions_reason(table),
        "repeat": [shown[row.place] for row in table.repeat],
        "repeat_sentence": report_words.repeat_sentence(table),
        "flags": _by_flag(report),
        "baits": [(row.place, bait) for row in table.rows for bait in row.baits],
        "flagged_sentence": report_words.flagged_sentence(table, report.evaluation.matched_n),
        "test_sentence": report_words.test_sentence(report.trust),
        "exactness": report_words.exactness_sentence(report.trust),
        "band_reason": report_words.band_reason(report.trust),
    }


def _by_flag(report: CohortReport) -> list[tuple[str, list[str]]]:
    """Words of a flag with the questions that it was raised for, the most urgent flag first."""
    rows = report.questions.rows
    found = ((flag, sorted(row.place for row in rows if flag in row.flags)) for flag in ItemFlag)
    return [(report_words.flag_word(flag), places) for flag, places in found if places]


def _question(row: QuestionRow, *, with_stems: bool) -> ShownQuestion:
    counts = row.counts
    parts = (
        ("kept", _("stayed right"), counts.n11),
        ("learned", _("learned"), counts.n01),
        ("lost", _("lost"), counts.n10),
        ("missing", _("stayed wrong"), counts.n00),
    )
    return ShownQuestion(
        row=row,
        stems=row.stems if with_stems else (),
        bar=stacked(parts),
        missed=report_words.missed_sentence(row),
        counts=report_words.counts_sentence(row),
        flags=tuple(report_words.flag_word(flag) for flag in row.flags),
        p="" if row.p is None else report_words.small(row.p),
    )


def _people(report: CohortReport) -> dict[str, Any]:
    result = report.evaluation
    steps = [
        (_("registered"), result.registered),
        (_("attended"), result.attended),
        (_("pre-test"), result.pre_n),
        (_("post-test"), result.post_n),
        (_("both tests"), result.matched_n),
    ]
    if report.follow_up_n:
        steps.append((_("follow-up test"), report.follow_up_n))
    return {
        "steps": funnel(steps),
        "dropped_sentence": after_words.dropped_sentence(result),
        "lost_sentence": lost_sentence(result),
        "groups": [(group, shown_change(group)) for group in result.groups],
        "tables": [_table(table) for table in report.inclusion.tables],
        "women_sentence": report_words.women_sentence(report.inclusion),
    }


def _table(table: GroupTable) -> tuple[str, list[ShownGroup]]:
    title = {
        Dimension.SEX: _("Sex"),
        Dimension.AGE: _("Age"),
        Dimension.ELEMENT: _("Element of the village (unsur)"),
    }[table.dimension]
    labels = dict(_VALUES[table.dimension].choices)
    return title, [
        ShownGroup(
            label=str(labels.get(row.value) or _("not recorded")),
            row=row,
            shown=shown_change(row, 1),
            withheld=report_words.withheld_word(row),
        )
        for row in table.rows
    ]


def _afterwards(report: CohortReport) -> dict[str, Any]:
    change = report.commitment
    moments = [
        (_("From before the training to its end"), change.during),
        (_("From the end to 90 days later"), change.kept),
    ]
    return {
        "actions": report.actions,
        "actions_sentence": after_words.actions_sentence(report.actions),
        "actions_bar": _actions_bar(report.actions),
        "reactions": [_reaction(reaction) for reaction in report.reactions],
        "commitment_sentence": after_words.commitment_sentence(report),
        "commitment": [_commitment(label, found) for label, found in moments if found is not None],
    }


def _actions_bar(actions: Actions) -> tuple[Segment, ...]:
    return stacked(
        (
            ("kept", _("reported done"), actions.done),
            ("learned", _("running"), actions.running),
            ("lost", _("stuck"), actions.stuck),
            ("missing", _("not started"), actions.not_started),
        )
    )


def _reaction(reaction: Reaction) -> ShownReaction:
    scales: dict[tuple[str, ...], list[ShownStatement]] = {}
    for one in reaction.statements:
        words = tuple(word for word, _n in one.steps)
        shades = (f"step-{_shade(at, len(words))}" for at in range(len(words)))
        bar = stacked((shade, word, n) for shade, (word, n) in zip(shades, one.steps, strict=True))
        shown = ShownStatement(one.text, format_number(one.mean, 1), bar, tuple(n for _word, n in one.steps))
        scales.setdefault(words, []).append(shown)
    return ShownReaction(
        reaction.title,
        after_words.reaction_sentence(reaction),
        tuple((words, tuple(statements)) for words, statements in scales.items()),
    )


def _shade(at: int, steps: int) -> int:
    """One of five shades, 1 to 5, for a step of a scale of any length."""
    return 1 + round(4 * at / (steps - 1)) if steps > 1 else 5


def _commitment(label: str, change: Change) -> ShownCommitment:
    medians = ""
    if change.median_first is not None and change.median_second is not None:
        medians = _("median %(first)s → %(second)s (from %(lowest)s to %(highest)s)") % {
            "first": format_number(change.median_first, 1),
            "second": format_number(change.median_second, 1),
            "lowest": change.lowest,
            "highest": change.highest,
        }
    return ShownCommitment(label, change, after_words.change_reason(change), medians)
