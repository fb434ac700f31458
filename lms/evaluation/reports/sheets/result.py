"""A report of a file, as the result that the pages of trainings know: the same words say it."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lms.evaluation.reports.notes import Note, NoteCode
from lms.evaluation.reports.results import CohortEvaluation, OrderGroup
from lms.evaluation.reports.wording import decimals_for, sentence
from lms.evaluation.stats.disclosure import MIN_SHOWN, Standing
from lms.evaluation.stats.normalized import band_of
from lms.ui.templatetags.lms_ui import format_number


def result_of(report: Mapping[str, Any]) -> CohortEvaluation:
    """From a ``published`` report: what is hidden there is None here."""
    paired = report.get("paired") or {}
    share = paired.get("hake_class")
    return CohortEvaluation(
        code="",
        title="",
        simulated=False,
        registered=report["file"]["people"],
        attended=report["file"]["people"],
        pre_n=report.get("n_pre") or 0,
        post_n=report.get("n_post") or 0,
        matched_n=report.get("n_matched") or 0,
        lost_n=report.get("n_lost") or 0,
        standing=Standing(report["standing"]),
        notes=tuple(Note(NoteCode(note["code"]), note["values"]) for note in report["notes"]),
        outcomes=(),
        groups=(),
        max_points=report["file"]["max_score"],
        **_change(paired),
        normalized_gain=share,
        normalized_low=paired.get("hake_class_ci_lo"),
        normalized_high=paired.get("hake_class_ci_hi"),
        band=None if share is None else band_of(share),
        mean_pre_lost=report.get("pre_mean_lost"),
        gains=tuple(report["gains"]) or None,
    )


def headline(report: Mapping[str, Any]) -> str:
    """The sentence that stands first."""
    return sentence(result_of(report)) if report["is_paired"] else _of_one_test(report)


def notes_of(report: Mapping[str, Any]) -> list[str]:
    """Warnings that the headline does not give already."""
    said = headline(report)
    return [note.text for note in result_of(report).notes if note.text not in said]


def groups_of(report: Mapping[str, Any]) -> list[OrderGroup]:
    """A row for each group; a hidden one has 0 people and no numbers."""
    return [_group(label, block) for label, block in (report.get("by_group") or {}).items()]


def group_mean(group: OrderGroup) -> str:
    """The average of a group that took one test only; empty for the others."""
    if group.mean_pre is not None or group.mean_post is None:
        return ""
    return format_number(group.mean_post, decimals_for(group.n))


def _group(label: str, block: Mapping[str, Any]) -> OrderGroup:
    paired = block.get("paired") or {}
    if not paired:
        return OrderGroup(label, block.get("n") or 0, None, block.get("mean"), None)
    change = _change(paired)
    return OrderGroup(
        label,
        block["n"],
        **{name: change[name] for name in ("mean_pre", "mean_post", "mean_gain", "ci_low", "ci_high")},
    )


def _change(paired: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "mean_pre": paired.get("mean_pre"),
        "mean_post": paired.get("mean_post"),
        "mean_gain": paired.get("mean_diff"),
        "ci_low": paired.get("ci_lo"),
        "ci_high": paired.get("ci_hi"),
        "rose": paired.get("n_up"),
        "same": paired.get("n_same"),
        "fell": paired.get("n_down"),
    }


def _of_one_test(report: Mapping[str, Any]) -> str:
    n = report.get("n") or report.get("n_pre") or 0
    who = ngettext(
        "%(n)s of %(people)s participant took this test.",
        "%(n)s of %(people)s participants took this test.",
        report["file"]["people"],
    ) % {"n": n, "people": report["file"]["people"]}
    mean, most = report.get("mean"), report["file"]["max_score"]
    if mean is None or n < MIN_SHOWN:
        return " ".join([who, _("Not enough data (fewer than 5 people).")])
    shown = format_number(mean, decimals_for(n))
    if most is None:
        return " ".join([who, _("The average is %(mean)s points.") % {"mean": shown}])
    text = _("The average is %(mean)s of %(max)s points.") % {"mean": shown, "max": format_number(most)}
    return f"{who} {text}"
