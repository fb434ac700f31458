import pytest
from django.utils import translation

from assessments.models import Outcome
from lms.evaluation.reports.charts import gain_bars, outcome_dumbbells, overall_dumbbell, slopes
from lms.evaluation.reports.results import OutcomeReason, OutcomeRow

from .results import HIDDEN, RESULT, with_numbers


def row(code, before, after, max_points=10, **fields):
    known = (
        {"mean_pre": before, "mean_post": after, "mean_gain": after - before} if before is not None else {}
    )
    return OutcomeRow(Outcome(code=code, title=code), 22, 3, max_points, **known, **fields)


def test_dots_stand_at_their_share_of_the_maximum():
    dumbbell = overall_dumbbell(RESULT, label="All", pass_mark_percent=60)
    assert (dumbbell.before, dumbbell.after) == ("45.37", "59.26")
    assert (dumbbell.left, dumbbell.width, dumbbell.mark) == ("45.37", "13.89", 60)


def test_a_loss_is_drawn_from_the_smaller_to_the_larger():
    dumbbell = overall_dumbbell(with_numbers(mean_post=5.4), label="All", pass_mark_percent=60)
    assert (dumbbell.left, dumbbell.width) == ("20.00", "25.37")


def test_nothing_is_drawn_without_a_gain():
    assert overall_dumbbell(HIDDEN, label="All", pass_mark_percent=60) is None


def test_outcomes_are_sorted_by_the_share_gained_and_those_without_a_gain_come_last():
    rows = (
        row("NONE", None, None, 1, reason=OutcomeReason.TOO_SHORT),
        row("SMALL", 2, 3, 10),
        row("LARGE", 1, 2, 4),
    )
    with translation.override("en"):
        drawn = outcome_dumbbells(with_numbers(outcomes=rows))
    assert [dumbbell.code for dumbbell in drawn] == ["LARGE", "SMALL", "NONE"]
    assert drawn[-1].reason == "Too few questions for a gain: people are only counted."


def test_bars_keep_zero_apart_and_count_everybody():
    bars = gain_bars((-2, 0, 0, 1, 1, 1, 3))
    assert [(bar.label, bar.count, bar.sign) for bar in bars] == [
        ("+3", 1, 1),
        ("+2", 0, 1),
        ("+1", 3, 1),
        ("0", 2, 0),
        ("−1", 0, -1),
        ("−2", 1, -1),
    ]
    assert bars[2].width == "100.00"


@pytest.mark.parametrize("most", [7, 12, 13, 27])
def test_wide_gains_are_put_together_without_losing_anybody(most):
    gains = tuple(range(-most, most + 1))
    bars = gain_bars(gains)
    assert len(bars) <= 13
    assert sum(bar.count for bar in bars) == len(gains)
    assert [bar.count for bar in bars if bar.sign == 0] == [1]


def test_a_bar_of_several_points_is_named_by_its_ends():
    labels = [bar.label for bar in gain_bars((-12, 0, 12))]
    assert labels[0] == "+11 … +12"
    assert labels[-1] == "−12 … −11"


def test_bars_within_measurement_error_are_marked_as_a_whole_or_not_at_all():
    assert [(bar.label, bar.is_within) for bar in gain_bars((-3, 0, 1, 2, 3), 2.4)] == [
        ("+3", False),
        ("+2", True),
        ("+1", True),
        ("0", True),
        ("−1", True),
        ("−2", True),
        ("−3", False),
    ]
    # +1 … +2 reaches beyond 1.5, so nobody in it is called unchanged.
    assert [bar.is_within for bar in gain_bars((-12, 0, 12), 1.5) if bar.sign == 1] == [False] * 6
    assert not any(bar.is_within for bar in gain_bars((-3, 0, 3)))


def test_no_gains_no_bars():
    assert gain_bars(()) == []


def test_people_with_the_same_two_scores_share_a_line():
    drawn = slopes(((5, 10), (5, 10), (10, 0)), 20)
    assert [(line.before, line.after, line.count, line.sign) for line in drawn] == [
        ("150.0", "100.0", 2, 1),
        ("100.0", "200.0", 1, -1),
    ]
