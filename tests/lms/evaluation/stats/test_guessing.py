import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.evaluation.stats.guessing import latent_learning, standard_correction
from lms.evaluation.stats.reasons import Reason
from lms.evaluation.stats.transitions import Transitions

CELLS = st.integers(0, 25)
COUNTS = st.builds(Transitions, CELLS, CELLS, CELLS, CELLS).filter(lambda counts: counts.n)
SHARES = st.tuples(st.floats(0, 0.999), st.floats(0, 1), st.floats(0, 1))


def log_likelihood(counts, gamma, unknown, learned):
    """Of the four counts under the model's chances; minus infinity where one cannot occur."""
    knew = 1 - unknown - learned
    chances = (
        (1 - gamma) ** 2 * unknown,
        (1 - gamma) * gamma * unknown + (1 - gamma) * learned,
        (1 - gamma) * gamma * unknown,
        gamma**2 * unknown + gamma * learned + knew,
    )
    cells = (counts.n00, counts.n01, counts.n10, counts.n11)
    if any(chance <= 0 < n for n, chance in zip(cells, chances, strict=True)):
        return -math.inf
    return sum(n * math.log(chance) for n, chance in zip(cells, chances, strict=True) if n)


def best_likelihood(counts, gamma, learned):
    """Over the share that did not know, given the other two: the log likelihood is concave in it."""
    low, high = 0.0, 1 - learned
    for _ in range(200):
        first, second = low + (high - low) / 3, high - (high - low) / 3
        if log_likelihood(counts, gamma, first, learned) < log_likelihood(counts, gamma, second, learned):
            low = first
        else:
            high = second
    tried = (low, (low + high) / 2, high, 0.0, 1 - learned)
    return max(log_likelihood(counts, gamma, unknown, learned) for unknown in tried)


@given(COUNTS, SHARES)
def test_no_other_shares_make_the_counts_more_likely(counts, shares):
    estimate = latent_learning(counts)
    gamma = 0.0 if estimate.gamma is None else float(estimate.gamma)
    best = best_likelihood(counts, gamma, float(estimate.learned))
    other_gamma, first, second = shares
    other = log_likelihood(counts, other_gamma, first * (1 - second), second)
    assert other <= best + 1e-6


@given(COUNTS)
def test_shares_stay_shares(counts):
    estimate = latent_learning(counts)
    assert 0 <= estimate.learned <= 1
    assert estimate.gamma is None or 0 <= estimate.gamma <= 1
    assert estimate.boundary == (counts.n01 < counts.n10 and counts.n00 + counts.n10 > 0)


@given(COUNTS, st.integers(2, 9))
def test_the_same_class_many_times_learned_the_same(counts, times):
    many = Transitions(*(times * n for n in (counts.n00, counts.n01, counts.n10, counts.n11)))
    assert latent_learning(many) == latent_learning(counts)


def test_the_closed_form_by_hand():
    # gamma = 1/(4 + 1); learned = (3 - 1)/10 / (4/5) = 1/4; gg = 4/10 / (4/5)^2 = 5/8, together below 1.
    estimate = latent_learning(Transitions(n00=4, n01=3, n10=1, n11=2))
    assert (estimate.gamma, estimate.learned) == (Fraction(1, 5), Fraction(1, 4))
    assert not estimate.boundary
    assert not estimate.nobody_knew


def test_more_lost_than_learned_is_the_border_at_no_learning():
    # 14 stayed wrong, 22 moved: gamma = 22/(28 + 22).
    estimate = latent_learning(Transitions(n00=14, n01=7, n10=15, n11=9))
    assert (estimate.gamma, estimate.learned, estimate.boundary) == (Fraction(11, 25), 0, True)


def test_more_guesses_than_people_is_the_border_where_nobody_knew():
    # gamma would be 1: nobody stayed wrong. Before 40/45, after 41/45: learned (1/45)/(5/45).
    estimate = latent_learning(Transitions(n00=0, n01=5, n10=4, n11=36))
    assert (estimate.gamma, estimate.learned) == (Fraction(8, 9), Fraction(1, 5))
    assert estimate.nobody_knew
    assert not estimate.boundary


def test_just_more_guesses_than_people_is_that_border_too():
    # gamma would be 1/5, gg 1/2 / (4/5)^2 = 0.78 and learned 1/4 / (4/5) = 0.31: more than everybody.
    estimate = latent_learning(Transitions(n00=4, n01=3, n10=1, n11=0))
    assert (estimate.gamma, estimate.learned, estimate.nobody_knew) == (Fraction(1, 8), Fraction(2, 7), True)


def test_neither_learned_nor_known_is_a_coin_that_everybody_tossed():
    estimate = latent_learning(Transitions(n00=0, n01=0, n10=2, n11=2))
    assert (estimate.gamma, estimate.learned) == (Fraction(3, 4), 0)
    assert estimate.nobody_knew


def test_no_trace_of_guessing_leaves_gamma_unknown():
    estimate = latent_learning(Transitions(n01=3, n11=9))
    assert (estimate.gamma, estimate.learned) == (None, Fraction(1, 4))


def test_nobody_learned_nothing_that_we_know_of():
    assert latent_learning(Transitions()).reason is Reason.TOO_FEW
    assert standard_correction(Transitions(), Fraction(1, 4)).reason is Reason.TOO_FEW


def test_the_standard_correction_takes_lucky_guesses_out():
    # 5 of 10 before, 8 of 10 after, a quarter by luck: (1/2 - 1/4)/(3/4), (4/5 - 1/4)/(3/4).
    corrected = standard_correction(Transitions(n00=2, n01=3, n11=5), Fraction(1, 4))
    assert (corrected.before, corrected.after) == (Fraction(1, 3), Fraction(11, 15))
    assert corrected.learned == Fraction(2, 5)


@given(COUNTS)
def test_without_luck_there_is_nothing_to_correct(counts):
    corrected = standard_correction(counts, Fraction())
    assert (corrected.before, corrected.after) == (counts.before, counts.after)


@pytest.mark.parametrize("chance", [Fraction(-1, 4), Fraction(1)])
def test_a_chance_of_guessing_is_a_share_below_1(chance):
    with pytest.raises(ValueError, match="chance"):
        standard_correction(Transitions(n00=1), chance)
