"""The plain structure: its shape follows the frame, every number is finite, and every gap has a reason."""

import json
import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.evaluation.stats.frames import Choices, ItemScores, Scores
from lms.evaluation.stats.whole import analyse_choices, analyse_items, analyse_scores

F = Fraction
TEN = F(10)
CELL = st.none() | st.integers(0, 10).map(F)
PEOPLE = st.lists(st.tuples(CELL, CELL, CELL, st.sampled_from(["a", "b", None])), max_size=12)
ITEM_ROW = st.none() | st.tuples(*3 * [st.none() | st.integers(0, 1).map(F)])
ITEM_PEOPLE = st.lists(st.tuples(ITEM_ROW, ITEM_ROW), max_size=10)


def scores(people, waves=("pre", "post", "followup"), most=TEN):
    return Scores(
        ids=tuple(map(str, range(len(people)))),
        waves={wave: tuple(row[place] for row in people) for place, wave in enumerate(waves)},
        max_points=most,
        groups=tuple(row[3] for row in people),
    )


def items(people):
    return ItemScores(
        ids=tuple(map(str, range(len(people)))),
        items=("q1", "q2", "q3"),
        waves={wave: tuple(row[place] for row in people) for place, wave in enumerate(("pre", "post"))},
        maxima=(F(1),) * 3,
    )


def numbers(value):
    if isinstance(value, dict):
        for one in value.values():
            yield from numbers(one)
    elif isinstance(value, list):
        for one in value:
            yield from numbers(one)
    elif not isinstance(value, str | bool | None):
        yield value


@given(PEOPLE, st.sampled_from([F(10), None]))
def test_totals_give_finite_numbers_that_travel_as_json(people, most):
    result = analyse_scores(scores(people, most=most), reliability=F(4, 5))
    assert all(math.isfinite(number) for number in numbers(result))
    assert json.loads(json.dumps(result, allow_nan=False)) == result


@given(ITEM_PEOPLE)
def test_items_give_finite_numbers_that_travel_as_json(people):
    result = analyse_items(items(people))
    assert all(math.isfinite(number) for number in numbers(result))
    assert json.loads(json.dumps(result, allow_nan=False)) == result


@given(PEOPLE, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(people, random):
    assert analyse_scores(scores(random.sample(people, len(people)))) == analyse_scores(scores(people))


@given(ITEM_PEOPLE, st.randoms(use_true_random=False))
def test_the_order_of_people_changes_nothing(people, random):
    assert analyse_items(items(random.sample(people, len(people)))) == analyse_items(items(people))


@given(PEOPLE)
def test_what_is_missing_in_a_pair_has_a_reason(people):
    paired = analyse_scores(scores(people)).get("paired")
    if paired is not None:
        for number, name in (("t", "t"), ("pratt_p", "wilcoxon"), ("d_z", "d_z"), ("c_mean", "c")):
            assert (paired[number] is None) == (name in paired["reasons"])
        assert (paired["hake_class_ci_lo"] is None) == ("hake_class" in paired["reasons"])


def test_a_single_wave_is_described_and_not_compared():
    people = [(F(3), None, None, "a"), (F(5), None, None, "a"), (F(7), None, None, "b")]
    result = analyse_scores(scores(people))
    assert result == {
        "wave": "pre",
        "n": 3,
        "mean": 5.0,
        "sd": 2.0,
        "median": 5.0,
        "by_group": {
            "a": {"n": 2, "mean": 4.0, "sd": math.sqrt(2), "median": 4.0},
            "b": {"n": 1, "mean": 7.0, "sd": None, "median": 7.0},
        },
    }


def test_three_waves_tell_what_was_kept():
    people = [
        (F(2), F(6), F(4), "a"),
        (F(3), F(8), F(5), "a"),
        (F(4), F(9), F(7), "b"),
        (F(1), F(2), None, "b"),
    ]
    result = analyse_scores(scores(people))
    assert (result["paired"]["n"], result["retention_pre_post2"]["n"], result["retention"]["n"]) == (4, 3, 3)
    assert result["retention"]["share"] == 0.5
    assert result["retention_post_post2"]["mean_diff"] == pytest.approx(-7 / 3)


def test_groups_stand_beside_each_other():
    people = [
        (F(2), F(6), None, "a"),
        (F(3), F(8), None, "a"),
        (F(4), F(5), None, "b"),
        (F(1), F(3), None, "b"),
    ]
    result = analyse_scores(scores(people))
    assert {name: group["mean_diff"] for name, group in result["by_group"].items()} == {"a": 4.5, "b": 1.5}
    assert result["difference"]["gain_difference"] == 3


def test_without_a_maximum_no_share_of_it_is_told():
    people = [(F(2), F(6), None, "a"), (F(3), F(8), None, "a")]
    paired = analyse_scores(scores(people, most=None))["paired"]
    names = ("hake_class", "hake_ind_mean", "c_mean")
    assert [paired[name] for name in names] == [None, None, None]
    assert {paired["reasons"][name] for name in ("hake_class", "hake_ind", "c")} == {"no_maximum"}


def test_decimals_give_the_share_of_whole_points():
    people = [(F(2), F(6), None, "a"), (F(3), F(8), None, "a"), (F(3), F(4), None, "a")]
    tenths = [tuple(None if p is None else p / 10 for p in row[:3]) + row[3:] for row in people]
    whole, small = (
        analyse_scores(scores(rows, most=most)) for rows, most in ((people, F(10)), (tenths, F(1)))
    )
    for name in ("hake_class", "hake_class_se", "c_mean", "t", "d_z", "pratt_p"):
        assert small["paired"][name] == whole["paired"][name]


def test_two_waves_of_items_have_transitions_and_one_has_not():
    row = (F(1), F(0), None)
    two = analyse_items(items([(row, (F(1), F(1), F(1))), (row, (F(0), F(1), F(0)))]))
    assert [item["item"] for item in two["items"]] == ["q1", "q2", "q3"]
    assert [(item["n01"], item["n10"], item["n11"]) for item in two["items"]] == [
        (0, 1, 1),
        (2, 0, 0),
        (1, 0, 0),
    ]
    assert [item["chance"] for item in two["items"]] == 3 * [0.25]
    assert {"ctt_pre", "ctt_post", "paired", "reliable_change"} <= set(two)
    one = analyse_items(items([(row, None), (row, None)]))
    assert "ctt" in one
    assert "items" not in one


def test_only_full_points_are_right():
    half = ItemScores(("a",), ("q",), {"pre": ((F(1),),), "post": ((F(2),),)}, (F(2),))
    assert analyse_items(half)["items"][0]["n01"] == 1


def test_an_item_says_each_number_under_its_own_name():
    right, wrong = (F(1), F(1), F(1)), (F(0), F(0), F(0))
    people = 4 * [(wrong, wrong)] + 3 * [(wrong, right)] + [(right, wrong)] + 2 * [(right, right)]
    item = analyse_items(items(people), chance=F(1, 5))["items"][0]
    counts = {"n": 10, "n00": 4, "n01": 3, "n10": 1, "n11": 2, "pre": 0.3, "post": 0.5, "gain": 0.2}
    corrected = {"std_pre": 0.125, "std_post": 0.375, "std_learn": 0.25}
    latent = {"lca_gamma": 0.2, "lca_learned": 0.25, "lca_boundary": False}
    test = {"mcnemar_chi2": 1, "mcnemar_chi2_cc": 0.25, "mcnemar_p_exact": 0.625}
    told = counts | corrected | latent | test
    assert {name: item[name] for name in told} == told


def test_a_key_is_doubted_by_what_was_answered_after():
    against, along = (F(1), F(0), F(0)), (F(1), F(1), F(1))
    nothing, others = (F(0), F(0), F(0)), (F(0), F(1), F(1))
    muddled_before = items([(against, along), (others, nothing), (others, along), (against, nothing)])
    assert "check_key" not in analyse_items(muddled_before)["items"][0]["flags"]
    muddled_after = items([(along, against), (nothing, others), (along, others), (nothing, against)])
    assert "check_key" in analyse_items(muddled_after)["items"][0]["flags"]


def test_adjusted_p_values_are_over_all_items():
    learned = [((F(0), F(0), F(1)), (F(1), F(1), F(1)))] * 6
    told = analyse_items(items(learned))["items"]
    assert [item["mcnemar_p_exact"] for item in told] == [2 / 64, 2 / 64, 1]
    assert [item["p_holm"] for item in told] == pytest.approx([6 / 64, 6 / 64, 1])
    assert [item["p_bh"] for item in told] == pytest.approx([3 / 64, 3 / 64, 1])


def test_letters_are_scored_and_their_options_counted():
    rows = {"pre": (("B", "A"), ("C", None)), "post": (("A", "A"), ("A", "B"))}
    result = analyse_choices(Choices(("x", "y"), ("q1", "q2"), rows, ("A", "B")))
    assert [item["chance"] for item in result["items"]] == [pytest.approx(1 / 3), 0.5]
    assert [option["n"] for option in result["distractors_pre"][0]["options"]] == [0, 1, 1]
    assert result["distractors_pre"][1]["n_omit"] == 1
    assert result["paired"]["mean_post"] == 1.5
    offered = analyse_choices(Choices(("x", "y"), ("q1", "q2"), rows, ("A", "B")), letters="ABCD")
    assert [item["chance"] for item in offered["items"]] == [0.25, 0.25]
    one = analyse_choices(Choices(("x", "y"), ("q1", "q2"), {"post": rows["post"]}, ("A", "B")))
    assert one["distractors"][0]["key"] == "A"
