import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.evaluation.reports.bars import funnel, stacked


def test_parts_lie_end_to_end_and_carry_their_number_where_there_is_room():
    bar = stacked([("a", "A", 30), ("b", "B", 0), ("c", "C", 1), ("d", "D", 9)])
    assert [(part.kind, part.x, part.width, part.is_labelled) for part in bar] == [
        ("a", "0.00", "75.00", True),
        ("c", "75.00", "2.50", False),
        ("d", "77.50", "22.50", True),
    ]


@given(st.lists(st.integers(0, 300), max_size=6))
def test_the_parts_fill_the_bar_and_lose_nobody(counts):
    bar = stacked((str(at), "", n) for at, n in enumerate(counts))
    assert sum(part.count for part in bar) == sum(counts)
    assert sum(float(part.width) for part in bar) == pytest.approx(100 if any(counts) else 0, abs=0.1)


def test_a_funnel_measures_every_step_by_the_first():
    steps = funnel([("registered", 20), ("present", 15)])
    assert [(step.width, step.share) for step in steps] == [("100.00", 1), ("75.00", 0.75)]
    assert funnel([("registered", 0)])[0].share is None
