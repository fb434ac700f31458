"""A result as plain lines and as JSON, for the command line and for machines."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

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
