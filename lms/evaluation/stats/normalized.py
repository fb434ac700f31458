"""Class normalized gain <g>: which share of what could still be gained was gained (Hake 1998).

    <g> = (mean post - mean pre) / (M - mean pre)

Of averages, not the average of each person's: measurement error biases the latter, not the former (Navarrete
et al. 2024, arXiv 2407.07730).

Error by the delta method. A small change of the two means moves <g> by (change of mean gain + <g> x change
of mean pre) / (M - mean pre). So <g> errs like the mean of r_i = d_i + <g> pre_i, divided by M - mean pre;
centred, e_i = ((d_i - mean d) + <g> (pre_i - mean pre)) / (M - mean pre), and SE = SD(e) / sqrt(n), and
df = n - 1.

Two orders of forms: all three means are means of the two groups' means, so <g> errs like half the sum of the
groups' means of r_i. Its variance is pooled within the groups (r_i centred in the own group) exactly as for
the gain: SE = sqrt(s_r^2 (1/n_1 + 1/n_2)) / 2 / (M - mean pre), df = n_1 + n_2 - 2. A difference of forms
cancels in the numerator; in the denominator it leaves its half, so this is the <g> of a test halfway between
the forms.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import SupportsIndex

from .counterbalanced import missing_order, order_strata, order_sums
from .disclosure import near_ceiling
from .interval import t_interval
from .pairs import Pairs
from .reasons import Reason
from .strata import equal_weight_mean, mean_of_sums
from .sums import PairSums

HIGH_FROM = 0.7
MEDIUM_FROM = 0.3


class Band(StrEnum):
    """*N-gain tinggi / sedang / rendah*. Set for physics classes: a gloss for readers, not a grade."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class NormalizedGain:
    """A share (1 = all that was possible, negative = loss); ``None`` = undefined, ``reason`` says why.

    Two warnings go with it: ``near_ceiling`` (little was left to gain, so the share swings wildly) and
    ``steep_losses``, how many people lost more than they could have gained (a person's own g below -1;
    not counted, 0, while ``value`` is undefined).
    """

    n: int
    value: float | None
    se: float | None
    ci_low: float | None
    ci_high: float | None
    band: Band | None
    near_ceiling: bool
    steep_losses: int
    reason: Reason | None


def normalized_gain(
    pre: Iterable[SupportsIndex], post: Iterable[SupportsIndex], max_points: int
) -> NormalizedGain:
    """<g> of people who took the same or equated forms. Undefined if the mean before is ``max_points``."""
    return normalized_of_sums(PairSums.of(Pairs.of(pre, post), max_points), max_points)


def normalized_of_sums(sums: PairSums, max_points: int) -> NormalizedGain:
    """As ``normalized_gain``, from sums."""
    if not sums.n:
        return _undefined([], Reason.TOO_FEW)
    return _estimate([sums], max_points)


def counterbalanced_normalized_gain(groups: Mapping[str, Pairs], max_points: int) -> NormalizedGain:
    """<g> from order -> its people; the same two orders and refusals as ``counterbalanced_gain``."""
    return counterbalanced_normalized_of_sums(order_sums(groups, max_points), max_points)


def counterbalanced_normalized_of_sums(groups: Mapping[str, PairSums], max_points: int) -> NormalizedGain:
    """As ``counterbalanced_normalized_gain``, from order -> the sums of its people."""
    strata = order_strata(groups)
    if len(strata) < 2:
        return _undefined(strata, missing_order(strata))
    return _estimate(strata, max_points)


def band_of(value: float) -> Band:
    """High from 0.7, medium from 0.3, low below (losses too)."""
    if value >= HIGH_FROM:
        return Band.HIGH
    return Band.MEDIUM if value >= MEDIUM_FROM else Band.LOW


def _estimate(strata: Sequence[PairSums], max_points: int) -> NormalizedGain:
    mean_pre = equal_weight_mean([sums.before for sums in strata])
    room = max_points - mean_pre
    if room <= 0:
        return _undefined(strata, Reason.CEILING, full=True)
    share = equal_weight_mean([sums.gains for sums in strata]) / room
    squared_error, degrees = _squared_error(strata, share, room)
    interval = t_interval(share, squared_error, degrees)
    return NormalizedGain(
        n=sum(sums.n for sums in strata),
        value=float(share),
        se=None if squared_error is None else float(squared_error) ** 0.5,
        ci_low=interval.low,
        ci_high=interval.high,
        band=band_of(float(share)),
        near_ceiling=near_ceiling(mean_pre, max_points),
        steep_losses=sum(sums.steep for sums in strata),
        reason=interval.reason,
    )


def _squared_error(
    strata: Sequence[PairSums], share: Fraction, room: Fraction
) -> tuple[Fraction | None, int]:
    # r_i = post - pre + <g> pre, times the denominator of <g>: the same residuals in whole numbers.
    whole, part = share.denominator, share.numerator
    estimate = mean_of_sums([sums.combined(post=whole, pre=part - whole) for sums in strata])
    if estimate.squared_error is None:
        return None, estimate.degrees
    return estimate.squared_error / (share.denominator * room) ** 2, estimate.degrees


def _undefined(strata: Sequence[PairSums], reason: Reason, *, full: bool = False) -> NormalizedGain:
    return NormalizedGain(
        n=sum(sums.n for sums in strata),
        value=None,
        se=None,
        ci_low=None,
        ci_high=None,
        band=None,
        near_ceiling=full,
        steep_losses=0,
        reason=reason,
    )
