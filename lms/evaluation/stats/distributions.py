"""Tails and quantiles of the normal, t, F, binomial and noncentral t distributions.

The binomial is exact (integers); the normal comes from the standard library; t and F from SciPy (EVALUATION
§0.6), loaded on first use because it takes half a second and 50 MB. The noncentral t is ours: SciPy's is
right to seven digits and fails for far brackets.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable
from fractions import Fraction

TAIL = 0.025
"""In each tail of a 95 % interval."""


def normal_two_sided(z: float) -> float:
    """P(|Z| >= |z|) of a standard normal Z."""
    return math.erfc(abs(z) / math.sqrt(2))


def normal_cdf(z: float) -> float:
    """P(Z <= z) of a standard normal Z."""
    return math.erfc(-z / math.sqrt(2)) / 2


def t_two_sided(t: float, degrees: float) -> float:
    """P(|T| >= |t|) of Student's t, ``degrees`` > 0: an incomplete beta, exact in far tails and near 0, where
    the share of the degrees is so close to 1 that the distance is lost; there the other share is used."""
    from scipy.special import betainc  # type: ignore[import-untyped]  # SciPy ships no types

    square = t * t
    if square < 1:
        return float(1 - betainc(0.5, degrees / 2, square / (degrees + square)))
    return float(betainc(degrees / 2, 0.5, degrees / (degrees + square)))


def t_quantile(probability: float, degrees: float) -> float:
    """Of Student's t with ``degrees`` > 0, which need not be whole (Welch)."""
    from scipy.special import stdtrit

    return float(stdtrit(degrees, probability))


def f_quantile(probability: float, degrees_1: float, degrees_2: float) -> float:
    """Of Fisher's F."""
    from scipy.special import fdtri

    return float(fdtri(degrees_1, degrees_2, probability))


def sign_test(successes: int, failures: int) -> float:
    """Two-sided exact binomial p at one half: 2 P(Bin(n, 1/2) <= the smaller), at most 1; 1 for no trials."""
    n, smaller = successes + failures, min(successes, failures)
    ways = sum(math.comb(n, k) for k in range(smaller + 1))
    return float(min(Fraction(1), Fraction(2 * ways, 2**n)))


def noncentral_t_cdf(t: float, degrees: int, shift: float) -> float:
    """P((Z + shift) / S <= t), Z standard normal, S^2 chi-square / degrees: the mean of Phi(t S - shift).

    With S = e^u the integrand is smooth and dies out doubly exponentially to the right and like e^(df u) to
    the left, where the trapezoidal rule converges faster than any power of its step.
    """
    return math.fsum(weight * normal_cdf(t * scale - shift) for scale, weight in _chi_grid(degrees))


@functools.lru_cache(maxsize=32)
def _chi_grid(degrees: int) -> tuple[tuple[float, float], ...]:
    """Values of S and their probabilities. log density of u: log 2 + a log a - lgamma(a) + 2a u - a e^2u."""
    half, steps = degrees / 2, 800
    # Relative to its peak the density falls by e^-40 at these ends: like a normal one for many degrees of
    # freedom and to the right always (e^2u >= 1 + 2u + 2u^2), exponentially to the left for few.
    high = math.sqrt(40 / degrees)
    low = -high - 40 / degrees
    step = (high - low) / steps
    peak = math.log(2) + half * math.log(half) - math.lgamma(half)
    places = [low + step * k for k in range(steps + 1)]
    weights = [step * math.exp(peak + 2 * half * u - half * math.exp(2 * u)) for u in places]
    total = math.fsum(weights)
    return tuple((math.exp(u), w / total) for u, w in zip(places, weights, strict=True) if w > 1e-18 * total)


def noncentrality(t: float, degrees: int, probability: float) -> float:
    """The shift for which P(T <= t) is ``probability`` (it falls as the shift grows)."""
    spread = 10 + abs(t)
    return root(lambda shift: probability - noncentral_t_cdf(t, degrees, shift), t - spread, t + spread)


def root(rising: Callable[[float], float], low: float, high: float) -> float:
    """The zero of a rising function, below 0 at ``low`` and above it at ``high``, to about 14 digits.

    Secants that keep the zero between their ends; an end that stays twice counts half, so that the other
    moves (the Illinois rule: M. Dowell & P. Jarratt, BIT 11 (1971) 168). Halving where that would stall.
    """
    below, above = rising(low), rising(high)
    last, side = math.inf, 0
    while True:
        middle = low - below * (high - low) / (above - below)
        if not low < middle < high:
            middle = (low + high) / 2
        value = rising(middle)
        if value == 0 or abs(middle - last) <= 1e-15 * (abs(low) + abs(high)):
            return middle
        last = middle
        if value < 0:
            low, below = middle, value
            above, side = (above / 2 if side < 0 else above), -1
        else:
            high, above = middle, value
            below, side = (below / 2 if side > 0 else below), 1
