"""From the scores of a file to one JSON-ready report. Everything is computed here, once; the rest only "
"shows."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from lms.evaluation.datasets.sheets import Doubt, SheetScores
from lms.evaluation.reports.notes import NoteCode
from lms.evaluation.stats.disclosure import Standing, many_lost, near_ceiling, standing
from lms.evaluation.stats.frames import POST, PRE, Choices, ItemScores, Scores
from lms.evaluation.stats.whole import analyse_choices, analyse_items, analyse_scores

HISTOGRAM_FROM = 20
MOST_BARS = 60
DOUBTS_TOLD = 200
Report = dict[str, Any]
Frame = Scores | ItemScores | Choices


def evaluate_sheet(sheet: SheetScores, *, options: int | None = None) -> Report:
    """All that can be said about a file; its keys are ``paired``, ``ctt``, ``items`` and others.

    Numbers are exact as far as a float is, and small groups are *not* hidden: this is for whoever holds the
    file. What leaves the house goes through ``published``. ``options``: how many answers a question offers,
    where the file does not show it (else 4); only the correction for guessing hangs on it.
    """
    chance = Fraction(1, options) if options else None
    totals = _totals(sheet.frame)
    held = [wave for wave in totals.waves if totals.took(wave)]
    report = {
        "file": {
            "shape": sheet.shape.value,
            "people": sheet.people,
            "waves": held,
            "max_score": _plain(totals.max_points),
            "group": sheet.group,
            "options": sheet.options or options or 4,
            "options_assumed": not (sheet.options or options),
            "data_version": data_version(sheet.frame),
        },
        **_analysis(sheet.frame, chance),
        "doubts": [_doubt(doubt) for doubt in sheet.doubts[:DOUBTS_TOLD]],
        "doubts_untold": max(0, len(sheet.doubts) - DOUBTS_TOLD),
    }
    groups = _by_group(sheet.frame, chance)
    if groups:
        report["by_group"] = groups
    report["is_paired"] = PRE in held and POST in held
    report["standing"] = standing(_counted(report)).value
    report["gains"] = _gains(totals)
    report["notes"] = [{"code": code.value, "values": values} for code, values in _notes(report)]
    return report


def data_version(frame: Frame) -> str:
    """Twelve digits that change with any score: under one version stand the same numbers."""
    parts = [type(frame).__name__, *frame.ids, *map(str, frame.groups)]
    for wave, column in frame.waves.items():
        parts += [wave, *map(_written, column)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]


def _written(cell: Any) -> str:
    return " ".join(map(str, cell)) if isinstance(cell, tuple) else str(cell)


def _totals(frame: Frame) -> Scores:
    if isinstance(frame, Choices):
        frame = frame.scored()
    return frame.totals() if isinstance(frame, ItemScores) else frame


def _analysis(frame: Frame, chance: Fraction | None) -> dict[str, Any]:
    whole = replace(frame, groups=())
    if isinstance(whole, Choices):
        return analyse_choices(whole)
    if isinstance(whole, ItemScores):
        return analyse_items(whole, chance=chance) if chance else analyse_items(whole)
    return analyse_scores(whole)


def _by_group(frame: Frame, chance: Fraction | None) -> dict[str, Any]:
    """Each group as a file of its own; what is said of pairs stands at the top level too."""
    labels = sorted({label for label in frame.groups if label is not None})
    found = {}
    for label in labels:
        places = [place for place, one in enumerate(frame.groups) if one == label]
        block = _analysis(_part(frame, places), chance)
        found[label] = {**block, **block.get("paired", {}), "reasons": block.get("reasons", {})}
    return found


def _part(frame: Frame, places: list[int]) -> Frame:
    waves: Any = {wave: tuple(column[place] for place in places) for wave, column in frame.waves.items()}
    part: Frame = replace(frame, ids=tuple(frame.ids[place] for place in places), waves=waves, groups=())
    return part


def _counted(report: Mapping[str, Any]) -> int:
    """The people whom the report is about: matched, or all who took the only test."""
    if report["is_paired"]:
        return int(report["n_matched"])
    return int(report.get("n") or report.get("n_pre") or 0)


def _gains(totals: Scores) -> list[int]:
    """Gains of single people in ascending order for the histogram: whole points, from 20 people on."""
    gains = sorted(totals.matched().gains)
    is_fit = len(gains) >= HISTOGRAM_FROM and all(gain.denominator == 1 for gain in gains)
    return [int(gain) for gain in gains] if is_fit else []


def _notes(report: Mapping[str, Any]) -> Iterator[tuple[NoteCode, dict[str, Any]]]:
    n = _counted(report)
    judged = standing(n)
    if not report["is_paired"]:
        if judged is Standing.INDICATIVE:
            yield NoteCode.INDICATIVE, {"n": n}
        return
    if judged is Standing.HIDDEN:
        yield NoteCode.TOO_FEW, {}
    elif judged is Standing.INDICATIVE:
        yield NoteCode.INDICATIVE, {"n": n}
    if many_lost(report["n_lost"], report["n_pre"]):
        yield NoteCode.MANY_LOST, {"k": report["n_lost"], "n": report["n_pre"]}
    if judged is not Standing.HIDDEN:
        yield from _notes_on_gain(report["paired"], report["file"]["max_score"])


def _notes_on_gain(
    paired: Mapping[str, Any], max_score: float | None
) -> Iterator[tuple[NoteCode, dict[str, Any]]]:
    if max_score and near_ceiling(paired["mean_pre"] / max_score, 1):
        yield NoteCode.CEILING, {}
    if paired["sd_diff"] == 0:
        yield NoteCode.NO_SPREAD, {"x": _plain(Fraction(paired["mean_diff"]))}
    low, high = paired["ci_lo"], paired["ci_hi"]
    if low is not None and high is not None and low <= 0 <= high:
        yield NoteCode.INCLUDES_ZERO, {}


def _plain(value: Fraction | None) -> int | float | None:
    if value is None:
        return None
    return value.numerator if value.denominator == 1 else float(value)


def _doubt(doubt: Doubt) -> dict[str, Any]:
    return {
        "code": doubt.code.value,
        "row": doubt.row,
        "column": doubt.column,
        "value": doubt.value,
        "values": dict(doubt.values),
    }
