"""Every published set beside what the estimators say of it."""

import json
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

from lms.evaluation.stats.exact import mean, sd
from lms.evaluation.stats.frames import Scores
from lms.evaluation.stats.reliable import reliable_change
from lms.evaluation.stats.transitions import Transitions, mcnemar
from lms.evaluation.stats.whole import analyse_choices, analyse_items, analyse_scores, paired_block
from tests.acceptance import edge_cases, frames
from tests.acceptance.compare import RELATIVE

MOODLE = 1e-4
"""Its fixture is rounded."""
NIST = 1e-8
"""Doubles cannot give all of the certified digits; exact points can."""


class Comparison(NamedTuple):
    name: str
    expected: Any
    result: Any
    relative: float = RELATIVE


def comparisons(folder: Path) -> Iterator[Comparison]:
    """Of all sets in ``folder``, which holds ``expected.json`` beside the tables."""
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    yield from totals(folder, expected)
    yield from lsat(folder, expected)
    yield from concept_inventory(folder, expected)
    yield from long_items(folder, expected)
    yield from approval(folder, expected)
    yield from nist(folder, expected)
    yield from jacobson_truax(folder, expected)
    yield from moodle(folder, expected)
    yield from edge_cases.comparisons(folder / "edge_cases.json")


def totals(folder: Path, expected: dict[str, Any]) -> Iterator[Comparison]:
    for name in ("01_sleep", "02_depression"):
        if name in expected:
            result = analyse_scores(frames.scores(frames.table(folder / f"{name}.csv")))
            yield Comparison(name, expected[name], result)
    if "03_aids_awareness" in expected:
        rows = frames.table(folder / "03_aids_awareness.csv")
        result = analyse_scores(frames.scores(rows, most=20, group="group_code"))
        result["paired_max20"] = result["paired"]
        yield Comparison("03_aids_awareness", expected["03_aids_awareness"], result)


def lsat(folder: Path, expected: dict[str, Any]) -> Iterator[Comparison]:
    rows = frames.table(folder / "04_lsat6_items.csv")
    result = analyse_items(frames.items(rows, [f"i{place}" for place in range(1, 6)]))
    yield Comparison("04_lsat6", expected["04_lsat6"], result)


def concept_inventory(folder: Path, expected: dict[str, Any]) -> Iterator[Comparison]:
    rows, key = frames.table(folder / "05_hci_choices.csv"), frames.table(folder / "05_hci_key.csv")
    result = analyse_choices(frames.choices(rows, key, group="gender"))
    result["by_gender"] = result["by_group"]
    yield Comparison("05_hci", expected["05_hci"], result)


def long_items(folder: Path, expected: dict[str, Any]) -> Iterator[Comparison]:
    rows = frames.table(folder / "06_dber_items_long.csv")
    waves = {"pre": "pre", "post": "post", "post2": "followup"}
    for arm in ("treat", "ctrl"):
        of_arm = [row for row in rows if row["arm"] == arm]
        items = frames.items_by_wave(of_arm, [f"Q{place}" for place in range(1, 23)], waves)
        result = analyse_items(items, chance=Fraction(1, 4))
        result |= {"paired_max22": result["paired"], "items_guess25": result["items"]}
        yield Comparison(f"06_dber.{arm}", expected["06_dber"][arm], result)
        if arm == "treat":
            yield _vignette(items.totals(), expected["06_dber"]["vignette_check"])


def _vignette(scores: Scores, expected: dict[str, Any]) -> Comparison:
    """Its proportions of three decimals; its V of 146.5 comes of ties broken by floats: exactly, 144.5."""
    shares = {wave: tuple(_rounded(score) for score in column) for wave, column in scores.waves.items()}
    block = paired_block(Scores(scores.ids, shares).matched(), None)
    wanted = {name: expected[name] for name in ("mean_pre", "sd_pre", "mean_post", "sd_post")}
    wanted |= {"t": -expected["t"], "p_t": expected["p"]}
    wanted |= {"ci_lo": -expected["ci"][1], "ci_hi": -expected["ci"][0], "wilcoxon_Wminus": 144.5}
    return Comparison("06_dber.vignette", wanted, block)


def _rounded(score: Fraction | None) -> Fraction | None:
    return None if score is None else round(score / 22, 3)


def approval(folder: Path, expected: dict[str, Any]) -> Iterator[Comparison]:
    counts = {
        (row["first"], row["second"]): int(row["n"])
        for row in frames.table(folder / "07_agresti_approval.csv")
    }
    yes, no = "approve", "disapprove"
    test = mcnemar(Transitions(counts[no, no], counts[no, yes], counts[yes, no], counts[yes, yes]))
    result = {
        "b": counts[yes, no],
        "c": counts[no, yes],
        "chi2": test.chi_squared,
        "p": test.p,
        "chi2_cc": test.corrected,
        "p_cc": test.p_corrected,
        "p_exact": test.p_exact,
    }
    yield Comparison("07_agresti", expected["07_agresti"], result)


def nist(folder: Path, expected: dict[str, Any]) -> Iterator[Comparison]:
    certified = {1: ("10000002", "1"), 2: ("1.2", "0.1"), 3: ("1000000.2", "0.1"), 4: ("10000000.2", "0.1")}
    for place, (centre, spread) in certified.items():
        values = frames.column(frames.table(folder / f"08_nist_numacc{place}.csv"), "y")
        average = mean(values)
        result = {"n": len(values), "mean": average and float(average), "sd": sd(values)}
        yield Comparison(f"08_nist.numacc{place}", expected["08_nist"][f"numacc{place}"], result, NIST)
        exactly = {"mean": float(centre), "sd": float(spread)}
        yield Comparison(f"08_nist.numacc{place} certified", exactly, result, 0.0)


def jacobson_truax(folder: Path, expected: dict[str, Any]) -> Iterator[Comparison]:
    wanted = expected["09_jacobson_truax"]
    scores = frames.scores(frames.table(folder / "09_jacobson_truax.csv"))
    reliability, matched = Fraction(str(wanted["reliability"])), scores.matched()
    result = analyse_scores(scores, reliability=reliability)
    index = reliable_change(matched.pre, matched.post, reliability).index
    flat = {**result, **_block(result["reliable_change"]), "rci_first5": index[:5]}
    flat["sd_pre"] = _block(result["paired"])["sd_pre"]
    yield Comparison("09_jacobson_truax", wanted, flat)


def moodle(folder: Path, expected: dict[str, Any]) -> Iterator[Comparison]:
    rows = frames.table(folder / "10_moodle_results.csv")
    result = analyse_items(frames.items(rows, [f"m{place}" for place in range(1, 8)], identity="attempt"))
    ctt = _block(result["ctt"])
    names = ["facility", "covariance", "discrimination_index", "covariance_max", "discriminative_efficiency"]
    columns = zip(*(ctt[name] for name in ["item_sd", *names]), strict=True)
    items = [dict(zip(["sd", *names], column, strict=True)) for column in columns]
    own = {"items": items, "alpha_cic": ctt["alpha"]}
    yield Comparison("10_moodle", expected["10_moodle"], own, MOODLE)
    fixture = [
        {
            "facility": float(row["facility"]),
            "sd": float(row["sd"]),
            "covariance": float(row["covariance"]),
            "discrimination_index": float(row["discriminationindex"]),
            "covariance_max": float(row["covariancemax"]),
            "discriminative_efficiency": float(row["discriminativeefficiency"]),
        }
        for row in frames.table(folder / "10_moodle_expected_qstats.csv")
    ]
    yield Comparison("10_moodle fixture", fixture, items, MOODLE)


def _block(value: Any) -> dict[str, Any]:
    assert isinstance(value, dict)
    return value
