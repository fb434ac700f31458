"""What a reader can compute from all that is told."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.evaluation.stats.disclosure import MIN_SHOWN
from lms.evaluation.stats.tables import computable, small_differences, suppressed_table

SIZES = st.integers(0, 9) | st.integers(0, 60)
TABLES = st.tuples(st.integers(1, 4), st.integers(1, 4)).flatmap(
    lambda shape: st.lists(SIZES, min_size=shape[0] * shape[1], max_size=shape[0] * shape[1]).map(
        lambda sizes: dict(zip(itertools.product("abcd"[: shape[0]], "wxyz"[: shape[1]]), sizes, strict=True))
    )
)


def published(cells, shown):
    """Every group that is told a count of, as the filled cells it counts."""
    filled = [cell for cell, n in cells.items() if n]
    groups = {f"cell {cell}": frozenset([cell]) for cell in shown.cells}
    groups |= {f"row {row}": frozenset(cell for cell in filled if cell[0] == row) for row in shown.rows}
    groups |= {
        f"column {name}": frozenset(cell for cell in filled if cell[1] == name) for name in shown.columns
    }
    if sum(cells.values()) >= MIN_SHOWN:
        groups["everybody"] = frozenset(filled)
    return groups


@given(TABLES)
def test_no_combination_of_what_is_told_gives_a_small_cell(cells):
    groups = published(cells, suppressed_table(cells))
    assert all(cells[cell] >= MIN_SHOWN for cell in computable(list(groups.values())))


@given(TABLES)
def test_no_pair_of_told_totals_differs_by_a_few_people(cells):
    groups = published(cells, suppressed_table(cells))
    assert list(small_differences(groups, cells)) == []


@given(TABLES)
def test_a_line_less_its_shown_cells_is_nobody_or_five_and_two_cells(cells):
    shown = suppressed_table(cells)
    for side, totals in ((0, shown.rows), (1, shown.columns)):
        for name, total in totals.items():
            of_line = [cell for cell, n in cells.items() if n and cell[side] == name]
            hidden = [cell for cell in of_line if cell not in shown.cells]
            assert total == sum(cells[cell] for cell in of_line) >= MIN_SHOWN
            assert not hidden or sum(cells[cell] for cell in hidden) >= MIN_SHOWN
            assert len(hidden) != 1 or len(of_line) == 1


@given(TABLES)
def test_what_is_told_is_true_and_large(cells):
    shown = suppressed_table(cells)
    assert all(n == cells[cell] >= MIN_SHOWN for cell, n in shown.cells.items())


@given(TABLES)
def test_a_table_of_large_cells_is_told_whole(cells):
    large = {cell: n + MIN_SHOWN for cell, n in cells.items()}
    shown = suppressed_table(large)
    assert shown.cells == large
    assert sum(shown.rows.values()) == sum(shown.columns.values()) == sum(large.values())


def test_one_small_cell_takes_a_rectangle_along():
    cells = {("a", "x"): 2, ("a", "y"): 20, ("b", "x"): 30, ("b", "y"): 40}
    shown = suppressed_table(cells)
    assert shown.cells == {}
    assert shown.rows == {"a": 22, "b": 70}


def test_what_is_far_from_the_small_cell_stays():
    cells = {(row, column): 20 for row in "abc" for column in "xyz"} | {("a", "x"): 3}
    shown = suppressed_table(cells)
    assert len(shown.cells) == 5
    assert ("a", "x") not in shown.cells


def test_two_blocks_joined_by_one_cell_do_not_give_the_cell_away():
    # Both blocks hide four cells each; the cell between them would be what is left of its row.
    cells = {(row, column): 20 for row in "abcd" for column in "wxyz"}
    cells |= {(row, column): 3 for row in "ab" for column in "wx"}
    cells |= {(row, column): 3 for row in "cd" for column in "yz"}
    cells["a", "y"] = 4
    shown = suppressed_table(cells)
    groups = published(cells, shown)
    assert ("a", "y") not in computable(list(groups.values()))


def test_fewer_than_five_in_all_are_told_nothing():
    assert suppressed_table({("a", "x"): 2, ("b", "x"): 2}).rows == {}


@pytest.mark.parametrize(
    ("totals", "found"),
    [
        ([], set()),
        ([{"a", "b"}], set()),
        ([{"a", "b"}, {"b"}], {"a", "b"}),
        ([{"a", "b"}, {"b", "c"}, {"a", "c"}], {"a", "b", "c"}),
        ([{"a", "b"}, {"c", "d"}, {"a", "c"}, {"b", "d"}], set()),
        ([{"a", "b", "c"}, {"b", "c"}], {"a"}),
    ],
)
def test_counts_follow_by_adding_and_subtracting(totals, found):
    assert computable(totals) == found


def test_a_group_beside_all_but_three_of_it_is_a_small_difference():
    groups = {"all": frozenset("abc"), "most": frozenset("ab"), "other": frozenset("bc")}
    sizes = {"a": 9, "b": 9, "c": 3}
    assert list(small_differences(groups, sizes)) == [("all", "most")]
    assert list(small_differences(groups, sizes, least=4)) == [("all", "most")]
    assert list(small_differences(groups, sizes, least=3)) == []
