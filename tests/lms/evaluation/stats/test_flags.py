from fractions import Fraction

import pytest

from lms.evaluation.stats.flags import ItemFlag, item_flags
from lms.evaluation.stats.transitions import Transitions

GOOD = Transitions(n00=8, n01=8, n10=0, n11=4)
"""Right before: 4 of 20; after: 12 of 20."""


def test_a_good_item_raises_nothing():
    assert item_flags(GOOD, rir=0.4) == ()
    assert item_flags(GOOD, rir=None) == ()


def test_nobody_raises_nothing():
    assert item_flags(Transitions(), rir=None) == ()


@pytest.mark.parametrize(
    ("counts", "rir", "flag"),
    [
        (GOOD, -0.01, ItemFlag.CHECK_KEY),
        (Transitions(n00=20), None, ItemFlag.CHECK_KEY),
        (GOOD, 0.19, ItemFlag.WEAK),
        (GOOD, 0.0, ItemFlag.WEAK),
        (Transitions(n00=8, n01=8, n10=2, n11=9), 0.4, ItemFlag.CONFUSING),
        (Transitions(n00=15, n01=1, n11=4), 0.4, ItemFlag.TOO_HARD),
        (Transitions(n00=1, n01=1, n11=18), 0.4, ItemFlag.ALREADY_KNOWN),
        (Transitions(n00=1, n01=15, n11=4), 0.4, ItemFlag.TOO_EASY),
    ],
)
def test_each_flag_is_raised_by_its_own_trouble(counts, rir, flag):
    assert flag in item_flags(counts, rir=rir)


@pytest.mark.parametrize(
    ("counts", "rir", "flag"),
    [
        (GOOD, 0.2, ItemFlag.WEAK),
        (Transitions(n00=7, n01=0, n10=0, n11=3), 0.4, ItemFlag.TOO_HARD),
        (Transitions(n00=3, n11=17), 0.4, ItemFlag.ALREADY_KNOWN),
        (Transitions(n00=1, n01=5, n11=4), 0.4, ItemFlag.TOO_EASY),
        (Transitions(n00=8, n01=8, n10=1, n11=9), 0.4, ItemFlag.CONFUSING),
    ],
)
def test_no_flag_is_raised_at_its_limit(counts, rir, flag):
    assert flag not in item_flags(counts, rir=rir)


def test_a_guess_in_four_and_five_per_cent_more_is_at_chance():
    at_30_percent = Transitions(n00=4, n01=3, n11=3)
    assert ItemFlag.AT_CHANCE in item_flags(at_30_percent, rir=0.4, chance=Fraction(1, 4))
    assert ItemFlag.AT_CHANCE not in item_flags(at_30_percent, rir=0.4, chance=Fraction(1, 5))
