import statistics
from fractions import Fraction

import pytest
from hypothesis import given

from lms.evaluation.stats.gain import paired_gain
from lms.evaluation.stats.paired import Distribution, paired_summary
from lms.evaluation.stats.reasons import Reason

from .strategies import ANY_PAIRS, MANY_SCORES, SCORES


@given(MANY_SCORES)
def test_it_agrees_with_the_gain_of_the_report(people):
    summary, gain = paired_summary(people.pre, people.post), paired_gain(people.pre, people.post, 14)
    assert (summary.pre.mean, summary.post.mean, summary.gain.mean) == (
        gain.mean_pre,
        gain.mean_post,
        gain.mean_gain,
    )
    assert (summary.interval.low, summary.interval.high) == (gain.ci_low, gain.ci_high)
    assert (summary.gain.sd, summary.gain.median) == (gain.sd_gain, gain.median)
    assert summary.directions.rose == gain.rose


@given(MANY_SCORES)
def test_t_is_the_mean_over_its_error_and_p_agrees_with_the_interval(people):
    summary = paired_summary(people.pre, people.post)
    if summary.t is None:
        assert (summary.p_t, summary.reason) == (None, Reason.NO_SPREAD)
        return
    error = statistics.stdev(people.gains) / len(people) ** 0.5
    assert summary.t == pytest.approx(statistics.fmean(people.gains) / error, abs=1e-9)
    outside = summary.interval.low > 0 or summary.interval.high < 0
    assert outside == (summary.p_t < 0.05)
    assert summary.degrees == len(people) - 1


@given(MANY_SCORES)
def test_tenths_of_points_are_tenths_of_everything_in_points(people):
    whole = paired_summary(people.pre, people.post)
    tenths = paired_summary([Fraction(p, 10) for p in people.pre], [Fraction(p, 10) for p in people.post])
    assert (tenths.t, tenths.p_t, tenths.r, tenths.slope) == (whole.t, whole.p_t, whole.r, whole.slope)
    assert tenths.gain.mean == pytest.approx(whole.gain.mean / 10)
    assert tenths.interval.low == (
        None if whole.interval.low is None else pytest.approx(whole.interval.low / 10)
    )


@given(SCORES)
def test_the_slope_is_below_zero_where_nothing_is_known_but_luck(people):
    # Scores after that have nothing to do with those before: pair everybody before with everybody after.
    pre = [before for before in people.pre for _ in people.post]
    post = [after for _ in people.pre for after in people.post]
    slope = paired_summary(pre, post).slope
    assert slope is None or slope == pytest.approx(-1)


@given(ANY_PAIRS)
def test_the_sign_test_reads_directions_only(people):
    summary = paired_summary(people.pre, people.post)
    signs = [(gain > 0) - (gain < 0) for gain in people.gains]
    assert summary.sign_p == paired_summary([0] * len(people), signs).sign_p
    assert (summary.sign_p is None) == (len(people) == 0)


def test_who_stayed_the_same_takes_no_side_in_the_sign_test():
    assert paired_summary([0] * 8, [1] * 5 + [0] * 3).sign_p == 2 / 2**5


def test_one_person_and_nobody_have_no_test():
    one = paired_summary([3], [5])
    assert (one.gain.mean, one.gain.sd, one.t, one.p_t, one.reason) == (2, None, None, None, Reason.TOO_FEW)
    nobody = paired_summary([], [])
    assert (nobody.gain.mean, nobody.degrees, nobody.sign_p, nobody.reason) == (None, 0, None, Reason.TOO_FEW)


def test_all_gained_the_same_has_a_spread_of_zero_and_no_t():
    summary = paired_summary([8, 9, 10], [10, 11, 12])
    assert (summary.gain.mean, summary.gain.sd, summary.t) == (2, 0, None)
    assert summary.reason is Reason.NO_SPREAD


def test_people_must_be_matched_first():
    with pytest.raises(ValueError, match="match people"):
        paired_summary([1, 2], [3])


def test_a_wave_has_the_mean_spread_and_median_of_whoever_took_it():
    assert Distribution.of([1, 2, 6]) == Distribution(3, 3.0, 7**0.5, 2.0)
    assert Distribution.of([]) == Distribution(0, None, None, None)
