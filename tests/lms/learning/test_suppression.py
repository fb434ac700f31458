"""Numbers that may be told without telling about a person."""

import itertools

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from lms.learning.desk.suppression import FEWEST, HIDDEN, told


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ([7, 5, 8], ["7", "5", "8"]),
        ([20, 0, 0], ["20", "0", "0"]),
        ([17, 0, 3], ["≥16", "0", "<5"]),
        ([13, 6, 3], ["13", "≥5", "<5"]),
        ([4, 3, 9], ["<5", "<5", "9"]),
        ([1, 1, 9], ["<5", "<5", "≥5"]),
        ([4, 4, 9], ["<5", "<5", "≥9"]),
        ([5, 1, 0], ["–", "–", "0"]),
        ([4, 4, 0], ["–", "–", "0"]),
    ],
)
def test_small_cells_are_not_told_nor_what_would_tell_them(counts: list[int], words: list[str]) -> None:
    assert told(counts) == words


def could_be(words: list[str], total: int) -> list[tuple[int, ...]]:
    """All counts that a reader who knows the total may believe in."""

    def values(word: str) -> range:
        if word == HIDDEN:
            return range(1, total + 1)
        if word.startswith("<"):
            return range(1, FEWEST)
        return range(int(word[1:]), total + 1) if word.startswith("≥") else range(int(word), int(word) + 1)

    return [found for found in itertools.product(*map(values, words)) if sum(found) == total]


@given(st.lists(st.integers(0, 30), min_size=2, max_size=4))
def test_no_small_cell_can_be_worked_out_from_the_total(counts: list[int]) -> None:
    assume(sum(counts) >= FEWEST)
    believed = could_be(told(counts), sum(counts))
    assert tuple(counts) in believed
    for place, count in enumerate(counts):
        if 0 < count < FEWEST:
            assert len({found[place] for found in believed}) > 1


@given(st.lists(st.integers(0, 30), min_size=1, max_size=6))
def test_cells_of_nobody_and_of_many_are_told_as_they_are_or_as_at_least_so_many(counts: list[int]) -> None:
    assume(sum(counts) >= FEWEST)
    for count, word in zip(counts, told(counts), strict=True):
        if count == 0:
            assert word == "0"
        elif count < FEWEST:
            assert word in (f"<{FEWEST}", HIDDEN)
        else:
            assert word in (str(count), HIDDEN) or (word.startswith("≥") and FEWEST <= int(word[1:]) <= count)
