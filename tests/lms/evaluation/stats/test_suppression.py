"""Public counts: nothing below five, and nothing that subtraction gives away."""

from hypothesis import given
from hypothesis import strategies as st

from lms.evaluation.stats.disclosure import MIN_SHOWN
from lms.evaluation.stats.suppression import apart, suppressed

CELLS = st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 40), min_size=1)


@given(CELLS, st.booleans())
def test_what_is_not_told_is_at_least_two_cells_and_five_people_or_nothing_is_told(
    cells: dict[str, int], zero_tells: bool
) -> None:
    shown = suppressed(cells, zero_tells=zero_tells)
    assert all(n >= MIN_SHOWN and cells[name] == n for name, n in shown.items())
    hidden = [n for name, n in cells.items() if name not in shown and (n or zero_tells)]
    # What a reader gets by subtracting from a total.
    rest = sum(cells.values()) - sum(shown.values())
    if hidden and shown:
        assert len(hidden) >= 2
        assert rest >= MIN_SHOWN


@given(CELLS, st.booleans())
def test_cells_that_are_all_large_are_all_told(cells: dict[str, int], zero_tells: bool) -> None:
    large = {name: n + MIN_SHOWN for name, n in cells.items()}
    assert suppressed(large, zero_tells=zero_tells) == large


def test_one_small_cell_takes_the_smallest_neighbour_along() -> None:
    assert suppressed({"warga": 12, "bpd": 6, "kader": 2}, zero_tells=False) == {"warga": 12}


def test_nobody_fell_says_something_about_everybody() -> None:
    assert suppressed({"rose": 22, "same": 0, "fell": 0}, zero_tells=True) == {}
    assert suppressed({"warga": 22, "bpd": 0}, zero_tells=False) == {"warga": 22}


@given(st.lists(st.integers(0, 60), max_size=5))
def test_totals_told_together_differ_by_nobody_or_by_five(candidates: list[int]) -> None:
    told: list[int] = []
    for candidate in candidates:
        if apart(candidate, told):
            told.append(candidate)
    assert all(n >= MIN_SHOWN for n in told)
    assert all(abs(a - b) == 0 or abs(a - b) >= MIN_SHOWN for a in told for b in told)
