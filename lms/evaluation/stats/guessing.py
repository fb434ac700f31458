"""What people knew, when some of the right answers were guessed (EVALUATION §1.12).

Standard: with c = 1/options, p* = (p - c)/(1 - c), and learning is p*_post - p*_pre.

Latent classes (Cor & Sood 2018): each person did not know (gg), learned (gk) or knew (kk) the item; who does
not know guesses right with probability gamma. The four counts then have the chances

    p00 = (1-gamma)^2 gg     p01 = (1-gamma) gamma gg + (1-gamma) gk
    p10 = (1-gamma) gamma gg p11 = gamma^2 gg + gamma gk + kk

With three free numbers for three free shares the likelihood is greatest where they agree exactly, which is
solved by hand: gamma = n10/(n00 + n10), gk = (p01 - p10)/(1 - gamma). Where that leaves the range, it is
greatest on the border: gk = 0 if more lost than learned, then gamma = (n01 + n10)/(2 n00 + n01 + n10);
kk = 0 if gg + gk exceeds 1, then gamma = p_pre and gk = (p_post - p_pre)/(1 - p_pre); both 0, then
gamma = (p_pre + p_post)/2. The model knows no forgetting: show it beside the raw change, never instead.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from .reasons import Reason
from .transitions import Transitions


@dataclass(frozen=True, slots=True)
class StandardCorrection:
    """Shares of people; negative where fewer were right than by chance. None for nobody (``TOO_FEW``)."""

    before: Fraction | None
    after: Fraction | None
    learned: Fraction | None
    reason: Reason | None


def standard_correction(counts: Transitions, chance: Fraction) -> StandardCorrection:
    """``chance`` = 1/options, from 0 to below 1 (``ValueError`` otherwise). Show from 5 people."""
    if not 0 <= chance < 1:
        raise ValueError(f"The chance of guessing lies from 0 to below 1, not at {chance}")
    if counts.before is None or counts.after is None:
        return StandardCorrection(None, None, None, Reason.TOO_FEW)
    before, after = ((share - chance) / (1 - chance) for share in (counts.before, counts.after))
    return StandardCorrection(before, after, after - before, None)


@dataclass(frozen=True, slots=True)
class LatentLearning:
    """``gamma`` the chance of a lucky guess, ``learned`` the share of people who learned; exact.

    ``boundary``: more lost than learned, which the model cannot say, so that ``learned`` is 0.
    ``nobody_knew``: kk is 0, as more seem to have guessed or learned than there are people. ``gamma`` alone
    is None where nobody stayed wrong or lost: guessing left no trace, and ``learned`` takes it for 0.
    """

    gamma: Fraction | None
    learned: Fraction | None
    boundary: bool
    nobody_knew: bool
    reason: Reason | None


def latent_learning(counts: Transitions) -> LatentLearning:
    """Maximum likelihood from the four counts of one item. Show from 50 people, with a caution below 100."""
    n, before, after = counts.n, counts.before, counts.after
    if before is None or after is None:
        return LatentLearning(None, None, False, False, Reason.TOO_FEW)
    if counts.n00 + counts.n10 == 0:
        return LatentLearning(None, Fraction(counts.n01, n), False, False, None)
    if counts.n01 < counts.n10:
        return LatentLearning(*_without_learning(counts), None)
    if counts.n00 == 0:
        # Nobody stayed wrong, so all who guessed before were lucky: gamma would be 1 and learning 0/0.
        return LatentLearning(*_without_knowing(before, after), False, True, None)
    gamma = Fraction(counts.n10, counts.n00 + counts.n10)
    learned = Fraction(counts.n01 - counts.n10, n) / (1 - gamma)
    if Fraction(counts.n00, n) / (1 - gamma) ** 2 + learned > 1:
        return LatentLearning(*_without_knowing(before, after), False, True, None)
    return LatentLearning(gamma, learned, False, False, None)


def _without_knowing(before: Fraction, after: Fraction) -> tuple[Fraction, Fraction]:
    return before, (after - before) / (1 - before)


def _without_learning(counts: Transitions) -> tuple[Fraction, Fraction, bool, bool]:
    """gamma, learned = 0, boundary, and whether kk is 0 as well."""
    moved = counts.n01 + counts.n10
    gamma = Fraction(moved, 2 * counts.n00 + moved)
    # The share gg that goes with it is (2 n00 + moved)/(2 n (1 - gamma)), which may not exceed 1.
    if gamma < 1 and Fraction(2 * counts.n00 + moved, 2 * counts.n) <= 1 - gamma:
        return gamma, Fraction(), True, False
    return Fraction(moved + 2 * counts.n11, 2 * counts.n), Fraction(), True, True
