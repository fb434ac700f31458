from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.evaluation.stats.transitions import (
    Transitions,
    benjamini_hochberg,
    holm,
    mcnemar,
    pooled,
)

ANSWERS = st.lists(st.tuples(st.booleans(), st.booleans()), max_size=30)
COUNTS = ANSWERS.map(Transitions.of)
P_VALUES = st.lists(st.floats(0, 1), max_size=12)


def test_the_four_counts_are_told_apart():
    counts = Transitions.of([(False, False)] + 2 * [(False, True)] + 3 * [(True, False)] + 4 * [(True, True)])
    assert counts == Transitions(n00=1, n01=2, n10=3, n11=4)
    assert (counts.n, counts.before, counts.after) == (10, Fraction(7, 10), Fraction(6, 10))
    assert (Transitions().before, Transitions().after) == (None, None)


@given(ANSWERS, ANSWERS)
def test_counts_of_two_groups_add_up(first, second):
    assert Transitions.of(first) + Transitions.of(second) == Transitions.of(first + second)


@given(COUNTS)
def test_the_test_sees_only_those_who_changed_and_does_not_take_sides(counts):
    test = mcnemar(counts)
    assert test.p_exact == mcnemar(Transitions(0, counts.n01, counts.n10, 0)).p_exact
    assert test == mcnemar(Transitions(counts.n11, counts.n10, counts.n01, counts.n00))
    assert 0 < test.p_exact <= 1
    assert (test.chi_squared is None) == (counts.n01 + counts.n10 == 0)


def test_r_prints_this_for_agresti_s_approval_ratings():
    test = mcnemar(Transitions(570, 86, 150, 794))
    assert test.chi_squared == pytest.approx(17.3559, abs=5e-5)
    assert test.corrected == pytest.approx(16.8178, abs=5e-5)
    assert test.p == pytest.approx(3.099e-05, rel=5e-4)
    assert test.p_corrected == pytest.approx(4.115e-05, rel=5e-4)
    assert test.p_exact == pytest.approx(3.716e-05, rel=5e-4)


def test_six_changes_are_needed_to_be_able():
    assert not mcnemar(Transitions(n01=5)).able
    assert mcnemar(Transitions(n01=5, n10=1)).able
    assert mcnemar(Transitions(n01=6)).p_exact == 2 / 64


def test_equal_changes_are_no_change_at_all():
    test = mcnemar(Transitions(n01=4, n10=4))
    assert (test.p_exact, test.chi_squared, test.corrected, test.p) == (1, 0, 0, 1)


def test_holm_and_benjamini_hochberg_by_hand():
    # R: p.adjust(c(.04, .01, .03, .005), "holm") prints 0.06 0.03 0.06 0.02; "BH" prints 0.04 0.02 0.04 0.02.
    p_values = [0.04, 0.01, 0.03, 0.005]
    assert holm(p_values) == pytest.approx([0.06, 0.03, 0.06, 0.02])
    assert benjamini_hochberg(p_values) == pytest.approx([0.04, 0.02, 0.04, 0.02])
    assert holm([]) == benjamini_hochberg([]) == []
    assert holm([0.9, 0.8]) == [1, 1]


@given(P_VALUES, st.randoms(use_true_random=False))
def test_adjusting_keeps_the_order_and_never_makes_p_smaller(p_values, random):
    for adjust in (holm, benjamini_hochberg):
        adjusted = adjust(p_values)
        assert all(0 <= before <= after <= 1 for before, after in zip(p_values, adjusted, strict=True))
        by_p = [after for _, after in sorted(zip(p_values, adjusted, strict=True))]
        assert by_p == sorted(by_p)
        places = random.sample(range(len(p_values)), len(p_values))
        assert adjust([p_values[place] for place in places]) == [adjusted[place] for place in places]
    rows = zip(holm(p_values), benjamini_hochberg(p_values), strict=True)
    assert all(strict >= loose - 1e-12 for strict, loose in rows)


def test_a_tenth_lost_is_not_yet_many():
    assert not Transitions(n10=1, n11=9).many_lost
    assert Transitions(n10=2, n11=9).many_lost
    assert not Transitions(n00=3).many_lost


def test_both_orders_of_a_parallel_pair_are_counted_together():
    orders = {"AB": [(False, True), (True, True)], "BA": [(True, False), (False, False)]}
    assert pooled(orders) == Transitions(1, 1, 1, 1)


def test_one_order_of_a_parallel_pair_is_not_counted_but_one_question_is():
    orders = {"AB": [(False, True)], "BA": []}
    assert pooled(orders) is None
    assert pooled(orders, same_question=True) == Transitions(n01=1)
    assert pooled({}) is None
