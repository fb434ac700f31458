"""A result as plain lines and as JSON, for the command line and for machines."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from lms.evaluation.reports import after_words, report_words
from lms.evaluation.reports.cohort import CohortReport
from lms.evaluation.reports.people import GroupRow
from lms.evaluation.reports.questions import QuestionRow
from lms.evaluation.reports.results import CohortEvaluation, OrderGroup, OutcomeRow
from lms.evaluation.reports.wording import (
    lost_sentence,
    outcome_reason,
    sentence,
    share_sentence,
    shown_change,
    standing_word,
)

_NUMBERS = ("mean_pre", "mean_post", "mean_gain", "ci_low", "ci_high", "rose", "same", "fell")
_TRUST = ("n", "k", "alpha", "alpha_low", "alpha_high", "sem", "band", "up", "same", "down")
_ACTIONS = (
    "planned_by",
    "done_by",
    "planned",
    "done",
    "running",
    "stuck",
    "not_started",
    "late",
)


def as_dict(result: CohortEvaluation) -> dict[str, Any]:
    """JSON-ready. Numbers are exact (not rounded for show); null = may not be shown or is undefined."""
    return {
        "code": result.code,
        "title": result.title,
        "simulated": result.simulated,
        "registered": result.registered,
        "attended": result.attended,
        "pre_n": result.pre_n,
        "post_n": result.post_n,
        "matched_n": result.matched_n,
        "lost_n": result.lost_n,
        "standing": result.standing.value,
        "max_points": result.max_points,
        **{name: getattr(result, name) for name in _NUMBERS},
        "normalized_gain": result.normalized_gain,
        "normalized_low": result.normalized_low,
        "normalized_high": result.normalized_high,
        "band": result.band.value if result.band else None,
        "mean_pre_lost": result.mean_pre_lost,
        "form_gap": result.form_gap,
        "groups": [_group(group) for group in result.groups],
        "outcomes": [_outcome(row) for row in result.outcomes],
        "notes": [{"code": note.code.value, "text": note.text} for note in result.notes],
        "sentence": sentence(result),
    }


def report_as_dict(report: CohortReport) -> dict[str, Any]:
    """``as_dict`` with the rest of the report. Shares are 0 to 1; questions are named by their pair."""
    trust, actions = report.trust, report.actions
    return {
        **as_dict(report.evaluation),
        "data_version": report.data_version or None,
        "follow_up_n": report.follow_up_n,
        "questions": [_question(row) for row in report.questions.rows],
        "repeat": [row.place for row in report.questions.repeat],
        "reliability": {
            **{name: getattr(trust, name) for name in _TRUST},
            "reason": trust.reason.value if trust.reason else None,
        },
        "d_av": report.details.d_av,
        "people": {
            table.dimension.value: [_people(row) for row in table.rows] for table in report.inclusion.tables
        },
        "actions": {
            **{name: getattr(actions, name) for name in _ACTIONS},
            "done_by_day": {str(one.days): one.done for one in actions.milestones},
        },
        "pledges": {"written": report.pledges.written, "signed": report.pledges.signed},
    }


def report_as_lines(report: CohortReport) -> Iterator[str]:
    """``as_lines`` with the sentences that lead the other parts of the page."""
    yield from as_lines(report.evaluation)
    table = report.questions
    repeat = report_words.questions_reason(table) or report_words.repeat_sentence(table)
    yield _part(_("To teach again"), repeat)
    yield from (f"- {row.place}: {report_words.missed_sentence(row)}" for row in table.repeat)
    yield _part(_("How good the test is"), report_words.test_sentence(report.trust))
    yield _part(_("Who is included"), after_words.dropped_sentence(report.evaluation))
    yield _part(_("What was done afterwards"), after_words.actions_sentence(report.actions))
    yield _part(_("Commitment"), after_words.commitment_sentence(report))


def _part(title: str, sentence: str) -> str:
    return f"{title}: {sentence}"


def as_lines(result: CohortEvaluation) -> Iterator[str]:
    """What a person reads in a terminal: warnings before numbers, the same words as the page."""
    yield f"{result.code} · {result.title}"
    if result.simulated:
        yield _("SIMULATED DATA: made for a demonstration, not from real people.")
    yield sentence(result)
    yield standing_word(result.standing)
    yield _("Not proof of cause.")
    said = sentence(result)
    yield from (f"- {note.text}" for note in result.notes if note.text not in said)
    yield from filter(None, (share_sentence(result), lost_sentence(result)))
    yield from (_outcome_line(row) for row in result.outcomes)


def _group(group: OrderGroup) -> dict[str, Any]:
    return {
        "order": group.order,
        "n": group.n,
        "mean_pre": group.mean_pre,
        "mean_post": group.mean_post,
        "mean_gain": group.mean_gain,
        "ci_low": group.ci_low,
        "ci_high": group.ci_high,
    }


def _question(row: QuestionRow) -> dict[str, Any]:
    return {
        "code": row.place,
        "outcomes": list(row.outcomes),
        "n": row.counts.n,
        **{name: getattr(row.counts, name) for name in ("n00", "n01", "n10", "n11")},
        "before": row.before,
        "after": row.after,
        "rir": row.rir,
        "p_holm": row.p,
        "flags": [flag.value for flag in row.flags],
    }


def _people(row: GroupRow) -> dict[str, Any]:
    return {
        "value": row.value,
        "n": row.n,
        **{name: getattr(row, name) for name in ("mean_pre", "mean_post", "mean_gain", "ci_low", "ci_high")},
        "withheld": row.withheld.value if row.withheld else None,
    }


def _outcome(row: OutcomeRow) -> dict[str, Any]:
    return {
        "code": row.code,
        "label": row.label,
        "n": row.n,
        "items": row.items,
        "max_points": row.max_points,
        **{name: getattr(row, name) for name in _NUMBERS},
        "reason": row.reason.value if row.reason else None,
    }


def _outcome_line(row: OutcomeRow) -> str:
    shown = shown_change(row)
    if shown is None:
        return f"{row.code:<4} {row.label}: {outcome_reason(row.reason) if row.reason else ''}"
    return f"{row.code:<4} {row.label}: {shown.before} → {shown.after} / {row.max_points} ({shown.change})"
