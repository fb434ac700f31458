"""The findings board as a table: without names of people, as on paper everywhere."""

from typing import Any

from django.conf import settings
from django.utils import translation

from lms.cohorts.exports.meetings import TEMPLATES, about
from lms.cohorts.models import Cohort, Finding
from lms.cohorts.queries.board import Entry, board
from lms.press.paper import Part

_BLANK_ROWS = 12


def findings_parts(cohort: Cohort, choice: str) -> list[Part]:
    """Every finding that the board shows, by topic; an empty table to write on while there is none."""
    with translation.override(settings.LANGUAGE_CODE):
        rows = [_row(entry, str(topic.label)) for topic in board(cohort) for entry in topic.entries]
    data = {**about(cohort), "rows": rows, "blank": 0 if rows else _BLANK_ROWS}
    return [Part(TEMPLATES / "findings.typ", data, "landscape")]


def _row(entry: Entry, topic: str) -> dict[str, Any]:
    finding = entry.finding
    return {
        "code": finding.code,
        "text": finding.text,
        "merged": [_merged(same) for same in entry.merged],
        "place": "\n".join(part for part in (finding.dusun, finding.group) if part),
        "supports": entry.supports,
        "topic": topic,
        "law": finding.legal_basis,
        "lesson": f"{finding.lesson.code} {finding.lesson.title}" if finding.lesson else "",
        "actions": entry.actions,
        "state": str(entry.state.label),
    }


def _merged(same: Finding) -> str:
    return f"{same.code}: {same.text} ({same.dusun})" if same.dusun else f"{same.code}: {same.text}"
