"""A report of a file as plain lines: warnings before numbers, the words of the page."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from lms.evaluation.reports.results import OrderGroup
from lms.evaluation.reports.sheets.doubts import doubt_line
from lms.evaluation.reports.sheets.items import ItemRow, item_rows, to_repeat
from lms.evaluation.reports.sheets.method import method_lines
from lms.evaluation.reports.sheets.result import group_mean, groups_of, headline, notes_of, result_of
from lms.evaluation.reports.wording import lost_sentence, share_sentence, shown_change, standing_word
from lms.evaluation.stats.disclosure import MIN_SHOWN


def sheet_lines(report: Mapping[str, Any]) -> Iterator[str]:
    """From a ``published`` report, in the active language."""
    result = result_of(report)
    yield headline(report)
    yield standing_word(result.standing)
    yield _("Not proof of cause.")
    yield from (f"- {note}" for note in notes_of(report))
    yield from filter(None, (share_sentence(result), lost_sentence(result)))
    yield from _groups(groups_of(report))
    rows = item_rows(report)
    yield from _items(rows)
    yield from _section(_("What to repeat"), [repeat_line(row) for row in to_repeat(rows)])
    yield from _section(_("About the file"), [doubt_line(doubt) for doubt in report["doubts"]])
    yield from _section(_("How this was computed"), method_lines(report))


def repeat_line(row: ItemRow) -> str:
    """A question and how many answered it wrong in the end."""
    # A bare number says nothing by itself.
    question = " ".join([_("Question"), row.label]) if row.label[:1].isdigit() else row.label
    return _("%(question)s: %(wrong)s of %(n)s wrong after the training") % {
        "question": question,
        "wrong": row.wrong_after,
        "n": row.n,
    }


def group_line(group: OrderGroup) -> str:
    """A group with its means, or why there are none."""
    shown = shown_change(group)
    if group.n < MIN_SHOWN:
        return ": ".join([str(group.order), _("hidden, so that nobody is recognised")])
    if shown is None:
        return f"{group.order}: {group_mean(group) or '–'}, n = {group.n}"
    return f"{group.order}: {shown.before} → {shown.after} ({shown.change}; {shown.range}), n = {group.n}"


def _groups(groups: list[OrderGroup]) -> Iterator[str]:
    yield from _section(_("By group"), [group_line(group) for group in groups])


def _items(rows: list[ItemRow]) -> Iterator[str]:
    lines = []
    for row in rows:
        change = f"{row.before} → {row.after} ({row.change})" if row.before else row.after
        lines.append("; ".join([f"{row.label}: {change}", *row.flags]))
    yield from _section(_("Questions"), lines)


def _section(title: str, lines: list[str]) -> Iterator[str]:
    if lines:
        yield ""
        yield title
        yield from (f"- {line}" for line in lines)
