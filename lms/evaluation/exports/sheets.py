"""A report of a file as JSON, CSV, a page of its own, and PDF.

They write what they are given: a ``published`` report where it leaves the house. Nothing of the file itself
is in them, no code or name of a person and no score of one.
"""

import csv
import datetime
import io
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from lms.cells import safe_cell
from lms.evaluation.reports.sheets.page import page_parts
from lms.evaluation.reports.sheets.publishing import published
from lms.evaluation.reports.sheets.result import headline
from lms.press.paper import Frame, Heading, print_paper

_HERE = Path(__file__).resolve().parents[1]
_STYLES = [_HERE / "static" / "evaluation" / name for name in ("report.css", "sheet.css")]
_PAPER = _HERE / "typst" / "sheet.typ"


def sheet_json(report: Mapping[str, Any]) -> str:
    """The report as it is given, with the headline in the active language. Never NaN or infinity."""
    said = {**report, "sentence": headline(published(report))}
    return json.dumps(said, ensure_ascii=False, indent=2, allow_nan=False)


def sheet_csv(report: Mapping[str, Any]) -> str:
    """A row for each number: UTF-8 with BOM, semicolons and decimal commas, as spreadsheets here expect."""
    file = io.StringIO()
    file.write("\ufeff")
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerow(["part", "of", "measure", "value"])
    writer.writerow(["sentence", "", "", safe_cell(headline(report))])
    labels = [str(label) for label in report.get("items_order", ())]
    for place, value in _leaves(report, labels):
        part, *between, measure = place if len(place) > 1 else (*place, "")
        writer.writerow([*(safe_cell(text) for text in (part, "/".join(between), measure)), _cell(value)])
    return file.getvalue()


def sheet_html(report: Mapping[str, Any], *, title: str = "") -> str:
    """A page of its own: style inside, no script, nothing fetched from anywhere. Prints on A4."""
    style = "\n".join(path.read_text(encoding="utf-8") for path in _STYLES)
    return render_to_string(
        "evaluation/sheet_page.html",
        {**page_parts(report), "title": title or default_title(), "style": style, "as_of": _today()},
    )


def sheet_pdf(report: Mapping[str, Any], *, title: str = "", issuer: str = "") -> bytes:
    """A paper, Indonesian like all papers. Raises RuntimeError if it cannot be set."""
    with translation.override("id"):
        parts = page_parts(report)
        frame = Frame(
            title=title or default_title(),
            heading=Heading((issuer,) if issuer else ()),
            code=report["file"]["data_version"],
            printed_on=_today(),
        )
        return print_paper(_PAPER, _paper(parts, frame.title), frame=frame)


def default_title() -> str:
    return _("Evaluation of a training")


def _today() -> datetime.date:
    return timezone.localdate()


def _paper(parts: Mapping[str, Any], title: str) -> dict[str, Any]:
    """What the template prints: texts and counts."""
    overall = parts["overall"]
    return {
        "title": title,
        "sentence": parts["sentence"],
        "badges": [parts["standing_word"], parts["badge"], _("not proof of cause")],
        "notes": parts["notes"],
        "change": None if overall is None else {"before": overall.before, "after": overall.after},
        "said": [text for text in (parts["share_sentence"], parts["lost_sentence"]) if text],
        "groups": [
            [group.order, *_group_cells(group, shown, mean)] for group, shown, mean in parts["groups"]
        ],
        "group_name": parts["group_name"],
        "is_paired": parts["is_paired"],
        "items": [
            {
                "label": row.label,
                "before": row.before,
                "after": row.after,
                "change": row.change,
                "discrimination": row.discrimination,
                "flags": ", ".join(row.flags),
                "parts": [part.count for part in row.parts],
            }
            for row in parts["items"]
        ],
        "repeat": parts["to_repeat"],
        "doubts": parts["doubts"],
        "method": parts["method"],
        "parts": [part.label for row in parts["items"][:1] for part in row.parts],
        "words": {
            "groups": _("By group"),
            "group": _("Group"),
            "items": _("Questions"),
            "repeat": _("What to repeat"),
            "doubts": _("About the file"),
            "method": _("How this was computed"),
            "people": _("People"),
            "before": _("Before"),
            "after": _("After"),
            "change": _("Change"),
            "range": _("95% plausible range"),
            "average": _("Average"),
            "right": _("Right"),
            "question": _("Question"),
            "discrimination": _("Discrimination"),
            "look": _("To look at"),
        },
    }


def _group_cells(group: Any, shown: Any, mean: str) -> list[str]:
    if not group.n:
        return ["<5", "–", "–", "–", "–"]
    if shown is None:
        return [str(group.n), mean or "–", "–", "–", "–"]
    return [str(group.n), shown.before, shown.after, shown.change, shown.range]


def _leaves(
    value: Any, labels: list[str], place: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every number with the names that lead to it; questions by their label."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            if place or name not in ("doubts", "notes", "gains", "items_order", "hidden", "doubts_untold"):
                yield from _leaves(inner, labels, (*place, str(name)))
    elif isinstance(value, list):
        for at, inner in enumerate(value):
            is_one_each = len(value) == len(labels) and place
            yield from _leaves(inner, labels, (*place, labels[at] if is_one_each else str(at + 1)))
    else:
        yield place, value


def _cell(value: Any) -> str | int:
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if value is None:
        return ""
    if isinstance(value, float):
        return repr(value).replace(".", ",")
    return safe_cell(value)
