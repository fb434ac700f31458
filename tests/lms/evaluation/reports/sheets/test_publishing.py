"""What leaves the house holds no small group, and none that subtraction would give."""

import json
from itertools import combinations
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from lms.evaluation.reports.sheets import evaluate_sheet, published
from lms.evaluation.stats.disclosure import MIN_SHOWN
from tests.lms.evaluation.imports.files import read_csv
from tests.lms.evaluation.reports.sheets.makers import letters, people, totals


def test_below_five_people_no_number_of_theirs_is_shown() -> None:
    report = totals(*people(4))
    shown = published(report)
    assert report["paired"]["mean_diff"] is not None
    assert shown["paired"] is None
    assert shown["pre_mean_all"] is None
    assert shown["n_matched"] == 4


def test_from_five_people_on_means_are_shown_but_no_single_score() -> None:
    shown = published(totals(*people(5)))["paired"]
    assert shown["mean_pre"] is not None
    assert shown["median_pre"] is None
    assert published(totals(*people(10)))["paired"]["median_pre"] is not None


def test_the_mean_of_a_few_who_left_cannot_be_found_from_that_of_all() -> None:
    few = published(totals(*people(8), (3, None), (4, None)))
    assert (few["pre_mean_all"], few["pre_mean_lost"], few["n_lost"]) == (None, None, 2)
    assert few["paired"]["mean_pre"] is not None
    many = published(totals(*people(8), *[(n, None) for n in range(5)]))
    assert many["pre_mean_lost"] == 2


def test_means_months_later_tell_nothing_of_the_few_who_did_not_come_again() -> None:
    rows = [f"p{n},{n % 5},{n % 5 + 2},{'' if n < 2 else n % 5 + 1}" for n in range(12)]
    shown = published(evaluate_sheet(read_csv("id,pre,post,followup", *rows, max_points=20)))
    later = shown["retention_pre_post2"]
    assert (later["n"], later["mean_diff"], shown["paired"]["n"]) == (10, 1.0, 12)
    assert {later[name] for name in ("mean_pre", "mean_post", "hake_class", "c_mean", "median_pre")} == {None}
    everybody = [row if row.split(",")[3] else f"{row}1" for row in rows]
    whole = published(evaluate_sheet(read_csv("id,pre,post,followup", *everybody, max_points=20)))
    assert whole["retention_pre_post2"]["mean_pre"] is not None


def test_the_full_report_is_left_as_it_is() -> None:
    report = totals(*people(4), groups="AAAB")
    before = json.dumps(report)
    published(report)
    assert json.dumps(report) == before


def test_what_a_cell_says_goes_nowhere() -> None:
    report = totals(*people(6))
    report["doubts"] = [{"code": "not_a_score", "row": 3, "column": "pre", "value": "sakit", "values": {}}]
    assert "sakit" not in json.dumps(published(report))


def test_a_small_group_is_hidden_and_another_with_it() -> None:
    shown = published(totals(*people(23), groups="A" * 12 + "B" * 9 + "C" * 2))["by_group"]
    assert shown["A"]["n"] == 12
    assert shown["B"] == shown["C"] == {"n": None, "hidden": True}


def test_people_without_a_group_are_one_that_subtraction_finds() -> None:
    shown = published(totals(*people(20), groups="A" * 9 + "B" * 9))["by_group"]
    assert sorted(block["n"] or 0 for block in shown.values()) == [0, 9]


@given(st.lists(st.sampled_from("ABCD "), min_size=5, max_size=40))
def test_no_hidden_group_can_be_found_from_the_whole(labels: list[str]) -> None:
    report = totals(*people(len(labels)), groups="".join(labels))
    if "by_group" not in report:
        return
    shown = published(report)["by_group"]
    sizes = {label: block["n_matched"] for label, block in report["by_group"].items()}
    hidden = [size for label, size in sizes.items() if not shown[label]["n"]]
    rest = len(labels) - sum(size for label, size in sizes.items() if shown[label]["n"])
    assert rest == 0 or rest >= MIN_SHOWN
    assert all(size >= MIN_SHOWN for label, size in sizes.items() if shown[label]["n"])
    if hidden:
        cells = [*hidden, labels.count(" ")]
        assert len([cell for cell in cells if cell]) >= 2 or rest >= MIN_SHOWN


def test_an_option_that_a_few_chose_is_hidden_and_another_with_it() -> None:
    report = letters(*["AC"] * 20, *["BC"] * 3, *["CC"] * 9)
    item = published(report)["distractors"][0]
    shown = {option["option"]: option["n"] for option in item["options"]}
    assert shown == {"A": 20, "B": None, "C": None}
    assert report["distractors"][0]["options"][1]["n"] == 3


def counts(value: Any) -> list[int]:
    return [option["n"] for option in value["options"] if option["n"] is not None]


@given(st.lists(st.sampled_from(["AC", "BC", "CC", "DC", "-C"]), min_size=5, max_size=40))
def test_hidden_options_are_never_alone_with_a_few(rows: list[str]) -> None:
    item = published(letters(*rows))["distractors"][0]
    rest = len(rows) - sum(counts(item)) - (item["n_omit"] or 0)
    assert rest == 0 or rest >= MIN_SHOWN or len(rows) < MIN_SHOWN
    for one, other in combinations(counts(item), 2):
        assert min(one, other) >= MIN_SHOWN or 0 in (one, other)


def test_of_one_test_too() -> None:
    assert published(letters("AC", "AC", "BC"))["ctt"] is None
