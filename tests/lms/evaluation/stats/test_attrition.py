from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from lms.evaluation.stats.attrition import attrition
from lms.evaluation.stats.frames import Scores
from lms.evaluation.stats.reasons import Reason

CELL = st.none() | st.integers(0, 20)
ROWS = st.lists(st.tuples(CELL, CELL), max_size=25)


def frame(rows):
    waves = {
        name: tuple(None if row[place] is None else Fraction(row[place]) for row in rows)
        for place, name in enumerate(("pre", "post"))
    }
    return Scores(tuple(map(str, range(len(rows)))), waves)


def test_those_who_stayed_stand_beside_those_who_left():
    lost = attrition(frame([(4, 8), (6, 8), (2, None), (None, 9)]))
    assert (lost.n_pre, lost.n_post, lost.n_matched, lost.n_lost, lost.n_post_only) == (3, 3, 2, 1, 1)
    assert (lost.pre_mean_all, lost.pre_mean_stayed, lost.pre_mean_lost) == (4, 5, 2)
    # The matched gained 3 on average; with one of three at 0 it is 2.
    assert (lost.gain_if_none, lost.gain_if_same) == (2, 3)
    assert lost.many_lost


@given(ROWS)
def test_people_are_counted_once(rows):
    lost = attrition(frame(rows))
    assert lost.n_matched + lost.n_lost == lost.n_pre
    assert lost.n_matched + lost.n_post_only == lost.n_post
    assert (lost.reason is Reason.TOO_FEW) == (lost.n_matched == 0) == (lost.gain_if_none is None)


@given(ROWS)
def test_the_mean_of_all_lies_between_those_who_stayed_and_those_who_left(rows):
    lost = attrition(frame(rows))
    if lost.n_matched and lost.n_lost:
        low, high = sorted((lost.pre_mean_stayed, lost.pre_mean_lost))
        assert low <= lost.pre_mean_all <= high
        together = lost.n_matched * lost.pre_mean_stayed + lost.n_lost * lost.pre_mean_lost
        assert together == lost.n_pre * lost.pre_mean_all


@given(ROWS)
def test_the_lost_gaining_nothing_draws_the_gain_towards_nothing(rows):
    lost = attrition(frame(rows))
    if lost.gain_if_same is not None:
        assert abs(lost.gain_if_none) <= abs(lost.gain_if_same)
        assert (lost.gain_if_none == lost.gain_if_same) == (lost.n_lost == 0 or lost.gain_if_same == 0)


def test_nobody_and_a_wave_not_held_lose_nobody():
    assert attrition(Scores((), {})).n_lost == 0
    only_before = attrition(Scores(("a",), {"pre": (Fraction(3),)}))
    assert (only_before.n_lost, only_before.pre_mean_lost, only_before.pre_mean_stayed) == (1, 3, None)
