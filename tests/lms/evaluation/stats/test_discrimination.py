from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.evaluation.stats.discrimination import upper_lower, upper_lower_thirds

F = Fraction
PEOPLE = st.lists(
    st.tuples(st.sampled_from([F(0), F(1, 2), F(1)]), st.integers(0, 6)), min_size=1, max_size=40
)


def split(people):
    return [share for share, _ in people], [total for _, total in people]


def test_a_tie_at_the_cut_is_shared_by_hand():
    # 10 people, groups of 2.7. Upper: totals 9 (right), then 1.7 of the four with 7, of whom three are right.
    # Lower: 1 and 2 (one right), then 0.7 of the four with 4, of whom one is right.
    people = [(F(1), 9)] + 3 * [(F(1), 7)] + [(F(0), 7)] + [(F(1), 4)] + 3 * [(F(0), 4)]
    people.insert(0, (F(1), 1))
    upper = (1 + F("1.7") * F(3, 4)) / F("2.7")
    lower = (1 + F("1.7") * F(1, 4)) / F("2.7")
    assert upper_lower(*split(people)) == upper - lower


@given(PEOPLE, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(people, random):
    mixed = random.sample(people, len(people))
    assert upper_lower(*split(mixed)) == upper_lower(*split(people))
    assert upper_lower_thirds(*split(mixed)) == upper_lower_thirds(*split(people))


@given(PEOPLE)
def test_an_index_is_a_difference_of_shares(people):
    for index in (upper_lower(*split(people)), upper_lower_thirds(*split(people))):
        assert index is None or -1 <= index <= 1


@given(PEOPLE)
def test_turning_the_item_round_turns_the_index_round(people):
    index = upper_lower(*split(people))
    turned = upper_lower([1 - share for share, _ in people], split(people)[1])
    assert turned == (None if index is None else -index)


@given(PEOPLE)
def test_halves_without_ties_are_plain_halves(people):
    shares = split(people)[0]
    if len(shares) % 2 or not shares:
        shares = [*shares, F(1)]
    half = len(shares) // 2
    expected = (sum(shares[half:]) - sum(shares[:half])) / half
    assert upper_lower(shares, range(len(shares)), F(1, 2)) == expected


def test_who_knows_most_is_right_and_who_knows_least_is_wrong():
    assert upper_lower([F(0), F(0), F(1), F(1)], [1, 2, 3, 4]) == 1
    assert upper_lower([F(1), F(1), F(0), F(0)], [1, 2, 3, 4]) == -1


@pytest.mark.parametrize("index", [upper_lower, upper_lower_thirds])
def test_equal_totals_and_nobody_have_no_index(index):
    assert index([F(1), F(0)], [3, 3]) is None
    assert index([], []) is None


def test_thirds_take_the_quantile_upwards_and_below_the_other():
    # Totals 1 to 7: quantiles 3 and 5. Upper 5, 6, 7 (two right); lower 1, 2 (one right).
    assert upper_lower_thirds([F(1), F(0), F(1), F(0), F(0), F(1), F(1)], range(1, 8)) == F(2, 3) - F(1, 2)
