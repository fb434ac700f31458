import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.evaluation.reports.sheets import evaluate_sheet
from tests.lms.evaluation.imports.files import read_csv
from tests.lms.evaluation.reports.sheets.makers import letters, people, questions, totals


def notes(report: dict[str, Any]) -> list[str]:
    return [note["code"] for note in report["notes"]]


def test_a_report_is_json_whatever_the_scores() -> None:
    for report in (
        totals((1, 1)),
        totals(*people(30)),
        questions(),
        letters("AC", "BD"),
        totals((20, 20), (20, 20)),
    ):
        assert json.loads(json.dumps(report, allow_nan=False)) == report


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), min_size=1, max_size=12))
def test_no_number_is_ever_infinite(pairs: list[tuple[int, int]]) -> None:
    json.dumps(totals(*pairs), allow_nan=False)


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        (people(4), ["too_few"]),
        (people(6), ["indicative"]),
        (people(25), []),
        ([*people(20), *[(3, None)] * 6], ["many_lost"]),
        ([(19, 20), (18, 19), (20, 20), (17, 19), (19, 19)], ["indicative", "ceiling", "includes_zero"]),
        ([(n, n + 2) for n in range(6)], ["indicative", "no_spread"]),
        ([(5, 6), (6, 5), (7, 8), (8, 7), (9, 9)], ["indicative", "includes_zero"]),
    ],
)
def test_warnings_stand_before_numbers(pairs: list[tuple[int, int]], expected: list[str]) -> None:
    assert notes(totals(*pairs)) == expected


def test_a_group_is_evaluated_like_a_file_of_its_own() -> None:
    whole = totals(*people(30), groups="A" * 14 + "B" * 16)
    alone = totals(*people(30)[:14])
    assert whole["by_group"]["A"]["paired"] == alone["paired"]
    assert whole["by_group"]["A"]["mean_diff"] == alone["paired"]["mean_diff"]


def test_the_version_follows_the_scores_and_not_the_names() -> None:
    first = read_csv("id,pre,post", "a,1,2", "b,3,4")
    renamed = read_csv("kode;awal;akhir", "x;1;2", "y;3,0;4")
    changed = read_csv("id,pre,post", "a,1,2", "b,3,5")
    versions = [evaluate_sheet(one)["file"]["data_version"] for one in (first, renamed, changed)]
    assert versions[0] == versions[1] != versions[2]


def test_gains_of_single_people_are_listed_from_twenty_people_on() -> None:
    assert totals(*people(19))["gains"] == []
    assert len(totals(*people(20))["gains"]) == 20


def test_guessing_is_assumed_to_be_one_in_four_unless_told_or_seen() -> None:
    sheet = read_csv("id,pre_1,pre_2,post_1,post_2", "a,0,1,1,1", "b,0,0,1,0")
    assert evaluate_sheet(sheet)["file"]["options_assumed"] is True
    assert evaluate_sheet(sheet)["items"][0]["chance"] == 0.25
    assert evaluate_sheet(sheet, options=5)["items"][0]["chance"] == 0.2
    assert (
        letters("AC", "BD", "DB")["file"] | {"options": 3, "options_assumed": False}
        == letters("AC", "BD", "DB")["file"]
    )


def test_of_one_test_there_is_a_mean_and_no_gain() -> None:
    report = evaluate_sheet(read_csv("id,skor", *[f"p{n},{n}" for n in range(6)]))
    assert (report["is_paired"], report["n"], report["mean"]) == (False, 6, 2.5)
    assert "paired" not in report
