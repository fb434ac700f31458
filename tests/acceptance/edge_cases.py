"""What must be said where the data say nothing: cases by definition."""

import json
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

from lms.evaluation.stats.frames import ItemScores, Scores
from lms.evaluation.stats.suppression import suppressed
from lms.evaluation.stats.whole import analyse_items, analyse_scores

FLAGS = {
    "no information: everyone already knew": "already_known",
    "check key": "check_key",
    "key changed or item confusing?": "confusing",
}


def comparisons(path: Path) -> Iterator[tuple[str, Any, Any, float]]:
    cases = json.loads(path.read_text(encoding="utf-8"), parse_float=str)
    for case in cases["paired"]:
        yield f"edge.{case['name']}", _floats(case["expect"]), paired_case(case), 1e-9
    for case in cases["items"]:
        yield f"edge.{case['name']}", item_expectation(case["expect"]), item_case(case), 1e-9
    for case in cases["suppression"]:
        shown = sorted(suppressed(case["cells"], zero_tells=False, least=case["k"]))
        yield f"edge.{case['name']}", sorted(case["expect_shown"]), shown, 1e-9


def paired_case(case: dict[str, Any]) -> dict[str, Any]:
    """Everything said of it, on one level."""
    columns = {wave: tuple(_points(value) for value in case[wave]) for wave in ("pre", "post")}
    ids = tuple(str(place) for place in range(len(case["pre"])))
    result = dict(analyse_scores(Scores(ids, columns, Fraction(str(case["max_score"])))))
    paired = result["paired"]
    assert isinstance(paired, dict)
    return {**result, **paired}


def item_case(case: dict[str, Any]) -> dict[str, Any]:
    waves = {wave: tuple((Fraction(value),) for value in case[wave]) for wave in ("pre", "post")}
    ids = tuple(str(place) for place in range(len(case["pre"])))
    result = analyse_items(ItemScores(ids, ("q",), waves, (Fraction(1),)))
    item, ctt = result["items"], result["ctt_post"]
    assert isinstance(item, list)
    assert isinstance(ctt, dict)
    first = dict(item[0])
    rir = ctt["rir_corrected_point_biserial"]
    return {**first, "facility_pre": first["pre"], "facility_post": first["post"], "rir": rir[0]}


def item_expectation(expect: dict[str, Any]) -> dict[str, Any]:
    """The flag's words as our codes; that it is among those raised is compared, not that it is alone."""
    return _floats({name: value for name, value in expect.items() if name != "flag"})


def _points(value: str | int | None) -> Fraction | None:
    return None if value is None else Fraction(value)


def _floats(expect: dict[str, Any]) -> dict[str, Any]:
    return {name: float(value) if isinstance(value, str) else value for name, value in expect.items()}
