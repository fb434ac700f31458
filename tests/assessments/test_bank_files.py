"""The question bank and the short test keep the rules of `courses/curriculum/README.md`.

Reads the files as files: no database, no loader.
"""

import re
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Any

import yaml

BANK = Path(__file__).resolve().parents[2] / "assessments" / "bank"


def read_yaml(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


@cache
def blueprint() -> dict[str, Any]:
    return dict(read_yaml(BANK / "items.yaml")["meta"]["blueprint"])


@cache
def outcome_codes() -> set[str]:
    return {outcome["code"] for outcome in read_yaml(BANK / "outcomes.yaml")}


@cache
def items() -> list[dict[str, Any]]:
    return list(read_yaml(BANK / "items.yaml")["items"])


@cache
def forms() -> dict[str, list[dict[str, Any]]]:
    """Form letter → its items, in the order of the test."""
    by_id = {item["id"]: item for item in items()}
    (assessment,) = [entry for entry in read_yaml(BANK / "assessments.yaml") if "purpose" not in entry]
    return {form: [by_id[code] for code in codes] for form, codes in assessment["forms"].items()}


def parts(item: dict[str, Any]) -> int:
    """How many parts of an item are scored apart from each other."""
    match item["type"]:
        case "matching":
            return len(item["pairs"])
        case "ordering":
            return len(item["steps_in_order"]) - 1
        case "multiple":
            return len(right_options(item))
        case _:
            return 1


def right_options(item: dict[str, Any]) -> list[dict[str, Any]]:
    return [option for option in item["options"] if option["correct"]]


def points_by_outcome(form: str) -> dict[str, int]:
    total: dict[str, int] = defaultdict(int)
    for item in forms()[form]:
        for outcome in item["outcomes"]:
            total[outcome] += item["points"]
    return dict(total)


# The bank


def test_item_ids_are_unique_and_outcomes_known() -> None:
    assert len({item["id"] for item in items()}) == len(items()) == 104
    assert {code for item in items() for code in item["outcomes"]} <= outcome_codes() | {"reaksi"}


def test_stems_are_at_most_thirty_words() -> None:
    assert [item["id"] for item in items() if len(item["stem"].split()) > 30] == []


def test_pairs_are_equal_in_type_points_parts_and_outcomes() -> None:
    pairs: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for item in items():
        if item["pair"]:
            pairs[item["pair"]].append(item)
    assert len(pairs) == 38
    for name, both in pairs.items():
        assert [item["form"] for item in both] == ["A", "B"], name
        a, b = both
        assert a["id"] == f"{name}A"
        assert b["id"] == f"{name}B"
        assert parts(a) == parts(b), name
        for field in ("type", "points", "outcomes", "topic", "module", "core"):
            assert a[field] == b[field], (name, field)


def test_points_are_a_multiple_of_the_parts() -> None:
    for item in items():
        if item["points"]:
            assert item["points"] % parts(item) == 0, item["id"]


def test_a_single_choice_has_exactly_one_key_and_every_option_a_reason() -> None:
    for item in items():
        for option in item.get("options", []):
            assert option["why"], item["id"]
        if item["type"] == "single":
            assert len(right_options(item)) == 1, item["id"]
        if item["type"] == "multiple":
            assert len(right_options(item)) == item["choose"], item["id"]


def test_the_key_is_seldom_the_longest_option() -> None:
    singles = [item for item in items() if item["type"] == "single"]
    longest = [
        item["id"]
        for item in singles
        if all(
            len(right_options(item)[0]["text"]) > len(option["text"])
            for option in item["options"]
            if not option["correct"]
        )
    ]
    assert len(longest) <= len(singles) / 8, longest


# The short test


def test_the_outcomes_of_the_programme_are_all_listed() -> None:
    expected = [
        *(f"H{n}" for n in range(1, 5)),
        *(f"D{n}" for n in range(1, 5)),
        *(f"TK{n}" for n in range(1, 7)),
    ]
    assert [outcome["code"] for outcome in read_yaml(BANK / "outcomes.yaml")] == expected


def test_forms_hold_the_same_pairs_in_the_same_order() -> None:
    pairs = {form: [item["pair"] for item in of_form] for form, of_form in forms().items()}
    assert pairs["A"] == pairs["B"] == blueprint()["short_form"]
    assert all(item["form"] == form for form, of_form in forms().items() for item in of_form)


def test_forms_have_the_stated_total_and_no_item_dominates() -> None:
    totals = {form: sum(item["points"] for item in of_form) for form, of_form in forms().items()}
    assert totals["A"] == totals["B"]
    assert totals == blueprint()["max_points"]
    assert 25 <= totals["A"] <= 35
    assert max(item["points"] for item in forms()["A"]) <= totals["A"] * 0.15


def test_each_outcome_has_the_same_maximum_in_both_forms() -> None:
    stated = blueprint()["max_points_per_outcome"]
    assert points_by_outcome("A") == points_by_outcome("B") == stated


def test_no_ordering_item_of_the_test_gives_a_deadline_away() -> None:
    dates = re.compile(r"\b(Juni|September|Oktober|Desember)\b")
    tested = [item for of_form in forms().values() for item in of_form]
    steps = [step for item in tested for step in item.get("steps_in_order", [])]
    assert steps
    assert [step for step in steps if dates.search(step)] == []
