from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from lms.evaluation.stats.frames import Scores
from lms.evaluation.stats.reasons import Reason
from lms.evaluation.stats.retention import retention


def three_waves(*rows):
    columns = zip(*rows, strict=True)
    named = zip(("pre", "post", "followup"), columns, strict=True)
    waves = {name: tuple(None if p is None else Fraction(p) for p in column) for name, column in named}
    return Scores(tuple(map(str, range(len(rows)))), waves)


def test_half_of_the_gain_is_still_there():
    result = retention(three_waves((2, 6, 4), (3, 8, 5), (4, 9, 7)))
    # Means 3, 23/3, 16/3: kept 7/3 of 14/3.
    assert (result.n, result.share, result.reason) == (3, Fraction(1, 2), None)
    assert result.pre_followup.gain.mean == 7 / 3


def test_only_people_of_all_three_waves_count():
    rows = (2, 6, 4), (3, 8, 5), (4, 9, 7)
    result = retention(three_waves(*rows, (0, 9, None), (None, 1, 9), (0, None, 9)))
    assert (result.n, result.share) == (3, Fraction(1, 2))
    assert result.pre_post.gain.n == result.post_followup.gain.n == 3


def test_all_kept_is_1_and_going_on_rising_is_more():
    assert retention(three_waves((2, 6, 6), (3, 8, 8), (4, 9, 9))).share == 1
    assert retention(three_waves((2, 6, 8), (3, 8, 9), (4, 9, 9))).share > 1
    assert retention(three_waves((2, 6, 1), (3, 8, 3), (4, 9, 4))).share < 0


def test_what_was_not_surely_gained_cannot_be_kept():
    unsure = retention(three_waves((2, 9, 4), (8, 3, 5), (4, 9, 7)))
    assert (unsure.share, unsure.reason) == (None, Reason.NO_GAIN)
    lost = retention(three_waves((6, 2, 4), (8, 3, 5), (9, 4, 7)))
    assert (lost.share, lost.reason) == (None, Reason.NO_GAIN)


def test_everybody_gaining_the_same_is_sure_and_nobody_gaining_is_not():
    assert retention(three_waves((2, 4, 3), (3, 5, 4))).share == Fraction(1, 2)
    assert retention(three_waves((2, 2, 3), (3, 3, 4))).reason is Reason.NO_GAIN


def test_one_person_and_nobody_are_too_few():
    assert retention(three_waves((2, 4, 3))).reason is Reason.TOO_FEW
    assert retention(Scores((), {})).reason is Reason.TOO_FEW


@given(st.lists(st.tuples(*3 * [st.integers(0, 9)]), max_size=12), st.integers(2, 5))
def test_a_share_has_no_unit(rows, factor):
    finer = [tuple(Fraction(points, factor) for points in row) for row in rows]
    if rows:
        assert retention(three_waves(*finer)).share == retention(three_waves(*rows)).share
