"""Scores are whole, stay within their bounds and do not depend on the order of options."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.enums import MultiplePolicy, OrderingPolicy
from assessments.scoring import (
    MULTIPLE_RULES,
    ORDERING_RULES,
    Parts,
    points_for,
    points_for_level,
    score_adjacent_pairs,
    score_one_of,
    score_pairs,
    score_right_minus_wrong,
    score_within_tolerance,
)

ids = st.text(alphabet="abcdefgh", min_size=1, max_size=2)
id_lists = st.lists(ids, max_size=8)
unique_ids = st.lists(ids, min_size=1, max_size=8, unique=True)


def within_bounds(parts: Parts) -> bool:
    return type(parts.earned) is int and type(parts.possible) is int and 0 <= parts.earned <= parts.possible


@given(st.integers(1, 100), st.integers(1, 20), st.data())
def test_points_are_whole_and_within_the_points_of_the_item(
    points: int, possible: int, data: st.DataObject
) -> None:
    earned = data.draw(st.integers(0, possible))
    scored = points_for(points, Parts(earned, possible))
    assert type(scored) is int
    assert 0 <= scored <= points
    assert (scored == points) == (earned == possible)


def test_an_item_without_parts_gives_nothing() -> None:
    assert points_for(5, Parts(0, 0)) == 0


@given(st.none() | ids, ids)
def test_one_of_is_right_or_not(chosen: str | None, key: str) -> None:
    assert score_one_of(chosen, key) == Parts(int(chosen == key), 1)


@given(id_lists, unique_ids)
def test_right_minus_wrong_stays_within_bounds_and_ignores_order(chosen: list[str], keys: list[str]) -> None:
    parts = score_right_minus_wrong(chosen, keys)
    assert within_bounds(parts)
    assert parts == score_right_minus_wrong(chosen[::-1], keys[::-1])
    assert score_right_minus_wrong(keys, keys) == Parts(len(keys), len(keys))


@given(unique_ids)
def test_ticking_a_wrong_option_never_helps(keys: list[str]) -> None:
    right = score_right_minus_wrong(keys[:1], keys).earned
    assert score_right_minus_wrong([*keys[:1], "wrong"], keys).earned <= right


@given(st.decimals(-1000, 1000, places=4), st.decimals(-1000, 1000, places=4), st.decimals(0, 10, places=4))
def test_within_tolerance_is_the_same_on_both_sides(
    given_: Decimal, answer: Decimal, tolerance: Decimal
) -> None:
    parts = score_within_tolerance(given_, answer, tolerance)
    assert within_bounds(parts)
    assert parts == score_within_tolerance(2 * answer - given_, answer, tolerance)
    assert score_within_tolerance(answer + tolerance, answer, tolerance).earned == 1
    assert score_within_tolerance(None, answer, tolerance).earned == 0


@given(st.dictionaries(ids, ids, max_size=8), st.dictionaries(ids, ids, min_size=1, max_size=8))
def test_pairs_stay_within_bounds(given_: dict[str, str], key: dict[str, str]) -> None:
    assert within_bounds(score_pairs(given_, key))
    assert score_pairs(key, key) == Parts(len(key), len(key))


@given(id_lists, unique_ids)
def test_neighbours_stay_within_bounds(given_: list[str], key: list[str]) -> None:
    assert within_bounds(score_adjacent_pairs(given_, key))
    assert score_adjacent_pairs(key, key) == Parts(len(key) - 1, len(key) - 1)


@given(unique_ids, st.integers(0, 8))
def test_a_run_that_begins_late_loses_one_part_only(key: list[str], cut: int) -> None:
    cut %= len(key)
    rotated = key[cut:] + key[:cut]
    assert score_adjacent_pairs(rotated, key).earned == len(key) - 1 - int(cut > 0)


# Policies


def test_every_policy_has_its_rule() -> None:
    assert set(MULTIPLE_RULES) == set(MultiplePolicy.values)
    assert set(ORDERING_RULES) == set(OrderingPolicy.values)


@pytest.mark.parametrize("policy", MULTIPLE_RULES)
@given(data=st.data(), options=unique_ids)
def test_multiple_choice_is_bounded_order_free_and_monotone_in_right_options(
    policy: str, data: st.DataObject, options: list[str]
) -> None:
    rule = MULTIPLE_RULES[policy]
    keys = data.draw(st.lists(st.sampled_from(options), min_size=1, unique=True))
    chosen = data.draw(st.lists(st.sampled_from(options), unique=True))
    parts = rule.score(chosen, keys, options)
    assert within_bounds(parts)
    assert parts.possible == rule.possible(len(keys), len(options))
    assert parts == rule.score(chosen[::-1], keys[::-1], options[::-1])
    assert parts == rule.score(set(chosen), set(keys), set(options))
    full = rule.score(keys, keys, options)
    assert full.earned == full.possible
    assert (parts.earned == parts.possible) == (set(chosen) == set(keys))
    for option in set(options) - set(chosen):
        more = rule.score([*chosen, option], keys, options).earned
        assert more >= parts.earned if option in keys else more <= parts.earned


@pytest.mark.parametrize("policy", ORDERING_RULES)
@given(data=st.data(), key=unique_ids)
def test_ordering_is_bounded_and_only_the_whole_order_earns_everything(
    policy: str, data: st.DataObject, key: list[str]
) -> None:
    rule = ORDERING_RULES[policy]
    given_ = data.draw(st.permutations(key))
    parts = rule.score(given_, key)
    assert within_bounds(parts)
    assert parts.possible == rule.possible(len(key))
    assert rule.score(key, key).earned == parts.possible
    if len(key) > 1:
        assert (parts.earned == parts.possible) == (given_ == key)


@pytest.mark.parametrize("policy", ORDERING_RULES)
@given(data=st.data(), key=unique_ids)
def test_a_step_left_out_never_helps(policy: str, data: st.DataObject, key: list[str]) -> None:
    rule = ORDERING_RULES[policy]
    given_ = data.draw(st.permutations(key))
    left_out = data.draw(st.integers(0, len(key) - 1))
    gap = ["" if place == left_out else step for place, step in enumerate(given_)]
    assert rule.score(gap, key).earned <= rule.score(given_, key).earned


@given(st.integers(-3, 12), st.integers(0, 9), st.integers(0, 50))
def test_levels_are_worth_whole_points_within_bounds_and_never_less_for_a_higher_one(
    level: int, most: int, points: int
) -> None:
    earned = points_for_level(level, most, points)
    assert type(earned) is int
    assert 0 <= earned <= points
    assert points_for_level(level + 1, most, points) >= earned
    assert points_for_level(most, most, points) == (points if most else 0)
    assert points_for_level(0, most, points) == 0
