"""Shares of the lessons' time."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.evaluation.stats.lesson_time import FRACTIONS, nearest_fraction, time_shares
from lms.evaluation.stats.need import need_of

NEEDS = st.lists(st.fractions(min_value=0, max_value=1, max_denominator=6), min_size=1, max_size=20)
OUTCOMES = st.dictionaries(
    st.sampled_from(["H1", "H2", "D1", "D2"]), st.tuples(st.integers(0, 90), NEEDS), min_size=1
)


def room(**missed: list[int]):
    return {code: need_of(map(Fraction, shares)) for code, shares in missed.items()}


def test_of_two_with_as_many_minutes_the_needier_gets_more() -> None:
    needs = room(H1=[1] * 9 + [0], H2=[0] * 9 + [1])
    shares = time_shares({"H1": Fraction(30), "H2": Fraction(30)}, needs)
    assert shares["H1"] > Fraction(3, 5)
    assert sum(shares.values()) == 1


def test_equal_needs_leave_the_plan_as_it_is() -> None:
    needs = room(H1=[1, 0, 1, 0], H2=[0, 1, 0, 1])
    assert time_shares({"H1": Fraction(45), "H2": Fraction(15)}, needs) == {
        "H1": Fraction(3, 4),
        "H2": Fraction(1, 4),
    }


def test_what_has_no_lessons_or_no_answers_gets_no_share() -> None:
    needs = room(H1=[1], H2=[1])
    assert set(time_shares({"H1": Fraction(10), "H2": Fraction(0), "H4": Fraction(10)}, needs)) == {"H1"}
    assert time_shares({}, needs) == {}
    assert time_shares({"H1": Fraction(10)}, {"H1": need_of([])}) == {}


@given(OUTCOMES)
def test_shares_add_up_to_the_whole(drawn) -> None:
    planned = {code: Fraction(minutes) for code, (minutes, _missed) in drawn.items()}
    shares = time_shares(planned, {code: need_of(missed) for code, (_minutes, missed) in drawn.items()})
    assert sum(shares.values()) == (1 if any(planned.values()) else 0)
    assert all(share > 0 for share in shares.values())


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (Fraction(1), Fraction(1)),
        (Fraction(47, 100), Fraction(1, 2)),
        (Fraction(31, 100), Fraction(1, 3)),
        (Fraction(26, 100), Fraction(1, 4)),
        (Fraction(1, 100), Fraction(1, 20)),
        (Fraction(0), Fraction(0)),
    ],
)
def test_a_share_is_said_as_the_nearest_simple_fraction(share: Fraction, said: Fraction) -> None:
    assert nearest_fraction(share) == said


@pytest.mark.parametrize("share", FRACTIONS)
def test_a_simple_fraction_is_said_as_itself(share: Fraction) -> None:
    assert nearest_fraction(share) == share
