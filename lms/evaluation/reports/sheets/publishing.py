"""What may leave the house: a report without small groups and without what subtraction would give away.

Whoever holds the file knows all of it; a donor or a village who reads the report does not. Below five people
nothing is shown. Means of everybody stand beside means of those who stayed only if the difference is about
nobody or about five people and more.
"""

import copy
from collections.abc import Iterable, Mapping
from typing import Any

from lms.evaluation.stats.disclosure import INDICATIVE_BELOW, MIN_SHOWN
from lms.evaluation.stats.suppression import suppressed

Report = dict[str, Any]
SINGLE_ANSWERS_FROM = 10
"""People from whom on a median is shown: of fewer it is one person's score."""
_OF_LOST = ("pre_mean_all", "pre_mean_lost", "pre_mean_completers")
_OF_TOTAL = ("total_mean", "total_sd", "sem", "facility", "item_sd", "uli27_fractional", "uli_thirds")
_OF_CHANGE = (
    *("n", "mean_diff", "sd_diff", "ci_lo", "ci_hi", "n_up", "n_same", "n_down", "t", "df", "p_t", "d_z"),
    "reasons",
)
_PAIRS = ("paired", "retention_pre_post2", "retention_post_post2")


def published(report: Mapping[str, Any]) -> Report:
    """The same report with None where a number may not be shown; ``hidden`` names what is gone."""
    shown: Report = copy.deepcopy(dict(report))
    hidden: list[str] = []
    _hide_values_of_cells(shown)
    for name in _PAIRS:
        if name in shown and not _may_show(shown[name]):
            shown[name] = None
            hidden.append(name)
    if shown.get("is_paired"):
        hidden += _hide_lost(shown)
    elif (shown.get("n") or shown.get("n_pre") or 0) < MIN_SHOWN:
        hidden += _blank(shown, ("mean", "sd", "median"))
    hidden += _hide_later(shown)
    _hide_waves(shown, hidden)
    _hide_options(shown)
    if shown.get("items") and shown["n_matched"] < MIN_SHOWN:
        shown["items"] = None
        hidden.append("items")
    _hide_change(shown)
    _hide_groups(shown)
    shown["hidden"] = hidden
    return shown


def _may_show(block: Mapping[str, Any]) -> bool:
    return int(block["n"]) >= MIN_SHOWN


def _differ_by_few(one: int, other: int) -> bool:
    """Whether two numbers of people leave one to four between them, whose mean the two means would give."""
    return 0 < abs(one - other) < MIN_SHOWN


def _hide_values_of_cells(shown: Report) -> None:
    """Rows and columns stay, so that the file can be corrected; what a cell says is the organiser's own."""
    for doubt in shown["doubts"]:
        doubt["value"] = ""


def _hide_lost(shown: Report) -> list[str]:
    apart = shown["n_lost"]
    if 0 < apart < MIN_SHOWN or shown["n_matched"] < MIN_SHOWN:
        return _blank(shown, _OF_LOST)
    if not apart:
        return _blank(shown, ("pre_mean_lost",))
    return []


def _hide_later(shown: Report) -> list[str]:
    """Of the test months later only the change, where almost the same people took the others: their means
    beside those of these people would tell of the few."""
    first = (shown.get("paired") or {}).get("n")
    hidden = []
    for name in _PAIRS[1:]:
        block = shown.get(name)
        if block and first is not None and _differ_by_few(block["n"], first):
            hidden += [
                f"{name}.{one}" for one in _blank(block, [one for one in block if one not in _OF_CHANGE])
            ]
    return hidden


def _hide_waves(shown: Report, hidden: list[str]) -> None:
    """Statistics of all takers of a test beside those of matched people: hidden if few differ."""
    sizes = [shown[name]["n"] for name in _PAIRS if shown.get(name)]
    for name in [name for name in shown if name == "ctt" or name.startswith("ctt_")]:
        block = shown[name]
        if block["n"] < MIN_SHOWN:
            shown[name] = None
            hidden.append(name)
        elif any(_differ_by_few(block["n"], size) for size in sizes):
            hidden += [f"{name}.{one}" for one in _blank(block, _OF_TOTAL)]


def _hide_options(shown: Report) -> None:
    """Options that one to four people chose, and another where the number of all would tell theirs."""
    for name in [name for name in shown if name.startswith("distractors")]:
        for item in shown[name]:
            counts = {option["option"]: option["n"] for option in item["options"]} | {"": item["n_omit"]}
            kept = suppressed(counts, zero_tells=False)
            for option in item["options"]:
                if option["n"] and option["option"] not in kept:
                    option.update(n=None, prop=None, pb_rest=None, mean_rest=None)
            if item["n_omit"] and "" not in kept:
                item["n_omit"] = None


def _hide_change(shown: Report) -> None:
    if shown.get("reliable_change") and shown["n_matched"] < MIN_SHOWN:
        shown["reliable_change"] = None
    for name in _PAIRS:
        block = shown.get(name)
        if block and block["n"] < SINGLE_ANSWERS_FROM:
            _blank(block, ("median_pre", "median_post", "median_diff"))


def _hide_groups(shown: Report) -> None:
    groups = shown.get("by_group")
    if not groups:
        return
    sizes = {label: _size(block, shown["is_paired"]) for label, block in groups.items()}
    everybody = shown["n_matched"] if shown["is_paired"] else (shown.get("n") or shown.get("n_pre") or 0)
    # People without a group are a cell too: they are what the groups leave of the whole.
    cells = {**{f"={label}": n for label, n in sizes.items()}, "": everybody - sum(sizes.values())}
    kept = suppressed(cells, zero_tells=False)
    shown["by_group"] = {
        label: _group(block, shown["is_paired"]) if f"={label}" in kept else {"n": None, "hidden": True}
        for label, block in groups.items()
    }
    if any(n < INDICATIVE_BELOW for n in sizes.values()):
        shown.pop("difference", None)


def _size(block: Mapping[str, Any], is_paired: bool) -> int:
    return int(block.get("n_matched" if is_paired else "n") or 0)


def _group(block: Mapping[str, Any], is_paired: bool) -> Report:
    """A group's own numbers. Its lost people stay out: those of other groups would follow by subtraction."""
    if not is_paired:
        return {name: block.get(name) for name in ("n", "mean", "sd")}
    paired = dict(block["paired"])
    if paired["n"] < SINGLE_ANSWERS_FROM:
        _blank(paired, ("median_pre", "median_post", "median_diff"))
    return {"n": paired["n"], "paired": paired}


def _blank(block: Report, names: Iterable[str]) -> list[str]:
    found = [name for name in names if block.get(name) is not None]
    block.update(dict.fromkeys(found))
    return found
