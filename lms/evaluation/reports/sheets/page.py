"""The parts of a report of a file, ready for a template. The admin's page and the page of its own share "
"them."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from lms.evaluation.reports.charts import Dumbbell, gain_bars, overall_dumbbell
from lms.evaluation.reports.sheets.doubts import doubt_line
from lms.evaluation.reports.sheets.items import item_rows, to_repeat
from lms.evaluation.reports.sheets.method import method_lines
from lms.evaluation.reports.sheets.result import group_mean, groups_of, headline, notes_of, result_of
from lms.evaluation.reports.sheets.text import repeat_line
from lms.evaluation.reports.wording import (
    lost_sentence,
    share_sentence,
    shown_change,
    standing_word,
)


def page_parts(report: Mapping[str, Any]) -> dict[str, Any]:
    """From a ``published`` report, in the active language."""
    result = result_of(report)
    rows = item_rows(report)
    return {
        "report": report,
        "result": result,
        "sentence": headline(report),
        "standing_word": standing_word(result.standing),
        "badge": _badge(report),
        "notes": notes_of(report),
        "overall": _overall(report),
        "share_sentence": share_sentence(result),
        "lost_sentence": lost_sentence(result),
        "bars": [] if result.is_hidden else gain_bars(tuple(report["gains"])),
        "groups": [(group, shown_change(group), group_mean(group)) for group in groups_of(report)],
        "group_name": report["file"]["group"],
        "items": rows,
        "is_paired": report["is_paired"],
        "to_repeat": [repeat_line(row) for row in to_repeat(rows)],
        "by_wrong": sorted((row for row in rows if row.parts), key=lambda row: -row.wrong_after),
        "doubts": [doubt_line(doubt) for doubt in report["doubts"]],
        "doubts_untold": report["doubts_untold"],
        "method": method_lines(report),
    }


def _badge(report: Mapping[str, Any]) -> str:
    """How many of all are measured."""
    if report["is_paired"]:
        text = _("%(n)s of %(all)s with both tests")
        return text % {"n": report["n_matched"], "all": report["file"]["people"]}
    n = report.get("n") or report.get("n_pre") or 0
    return _("%(n)s of %(all)s took the test") % {"n": n, "all": report["file"]["people"]}


def _overall(report: Mapping[str, Any]) -> Dumbbell | None:
    drawn = overall_dumbbell(result_of(report), label=_("All points"), pass_mark_percent=0)
    # A file says nothing of a pass mark.
    return replace(drawn, mark=None) if drawn else None
