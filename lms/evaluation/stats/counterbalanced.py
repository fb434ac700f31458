"""Gain when half of the people took form A before and form B after, the other half B before and A after.

Why the mean of the two half-gains. Let form B give everyone delta points more than form A, and let learning
be L on average. Then the expected gain is L + delta in the group A-then-B and L - delta in the group
B-then-A. The mean of the two is L: a harder form cannot pass for learning, nor hide it. Equal weights are
essential; the plain mean over all people would leave delta (n_1 - n_2) / (n_1 + n_2) behind when the groups
differ in size.

Why the spread is pooled within the groups. Within a group everyone carries the same +delta or -delta, so the
scatter about the group's own mean does not contain it. About the common mean it would: the variance grows by
about delta^2 and the interval becomes wider than the data are. With s_p^2 = (SS_1 + SS_2) / (n_1 + n_2 - 2),
each group's mean has variance s_p^2 / n_g, and half of the sum of two independent means has

    SE = sqrt(s_p^2 (1/n_1 + 1/n_2)) / 2,        df = n_1 + n_2 - 2.

What it assumes: people were put into the two orders without regard to what they know, and learning does not
depend on the order. Delta need not be the same before as after: if the forms measure different learning, L is
the mean of what form A and form B would each have shown.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .interval import t_interval
from .pairs import Pairs
from .reasons import Reason
from .strata import StrataMean, equal_weight_mean, mean_of_sums
from .sums import PairSums


@dataclass(frozen=True, slots=True)
class CounterbalancedGain:
    """All in points out of ``max_points``; ``None`` = undefined, ``reason`` says why.

    ``mean_pre`` and ``mean_post`` weigh the two groups equally as the gain does (not all people equally), so
    that ``mean_post - mean_pre`` is ``mean_gain`` exactly, each then rounded once to a float.

    ``sd_gain`` is the spread within the groups. ``form_gap`` (>= 0) is by how many points the forms seem to
    differ, half of the difference of the two groups' gains. ``rose``, ``same`` and ``fell`` count people by
    their own two scores: a difference of forms moves single people and cannot be taken out of counts, hence
    no median either. ``NO_SPREAD`` is about the spread within the groups: all gained exactly x only if
    ``form_gap`` is 0.
    """

    n: int
    max_points: int
    mean_pre: float | None
    mean_post: float | None
    mean_gain: float | None
    sd_gain: float | None
    ci_low: float | None
    ci_high: float | None
    form_gap: float | None
    rose: int | None
    same: int | None
    fell: int | None
    reason: Reason | None


def counterbalanced_gain(groups: Mapping[str, Pairs], max_points: int) -> CounterbalancedGain:
    """Mean of the two orders' mean gains with its 95 % t interval, from order -> its people.

    One order empty or absent: no gain, no means and no counts (``FORMS_NOT_BALANCED``), because all of these
    would mix learning with the difference of the forms. One person in each order: a point estimate without an
    interval (df = 0). One person in one order only: an interval from the spread of the other order.
    Raises ``ValueError`` for more than two orders: with three, delta no longer cancels.
    """
    return counterbalanced_of_sums(order_sums(groups, max_points), max_points)


def counterbalanced_of_sums(groups: Mapping[str, PairSums], max_points: int) -> CounterbalancedGain:
    """As ``counterbalanced_gain``, from order -> the sums of its people."""
    strata = order_strata(groups)
    if len(strata) < 2:
        return _undefined(strata, max_points)
    return _estimated(strata, mean_of_sums([sums.gains for sums in strata]), max_points)


def order_sums(groups: Mapping[str, Pairs], max_points: int) -> dict[str, PairSums]:
    """The sums of the people of each order."""
    return {order: PairSums.of(pairs, max_points) for order, pairs in groups.items()}


def order_strata(groups: Mapping[str, PairSums]) -> list[PairSums]:
    """The orders that have people; fewer than two means that nothing can be separated."""
    if len(groups) > 2:
        raise ValueError(f"two orders of forms can be counterbalanced, not {len(groups)}: {sorted(groups)}")
    return [sums for sums in groups.values() if sums.n]


def missing_order(strata: Sequence[PairSums]) -> Reason:
    """Why fewer than two orders give no gain: nobody at all, or all in one order."""
    return Reason.FORMS_NOT_BALANCED if strata else Reason.TOO_FEW


def _undefined(strata: Sequence[PairSums], max_points: int) -> CounterbalancedGain:
    count = None if strata else 0
    return CounterbalancedGain(
        n=sum(sums.n for sums in strata),
        max_points=max_points,
        mean_pre=None,
        mean_post=None,
        mean_gain=None,
        sd_gain=None,
        ci_low=None,
        ci_high=None,
        form_gap=None,
        rose=count,
        same=count,
        fell=count,
        reason=missing_order(strata),
    )


def _estimated(strata: Sequence[PairSums], estimate: StrataMean, max_points: int) -> CounterbalancedGain:
    interval = t_interval(estimate.mean, estimate.squared_error, estimate.degrees)
    first, second = (equal_weight_mean([sums.gains]) for sums in strata)
    directions = sum(strata, PairSums()).directions
    return CounterbalancedGain(
        n=sum(sums.n for sums in strata),
        max_points=max_points,
        mean_pre=float(equal_weight_mean([sums.before for sums in strata])),
        mean_post=float(equal_weight_mean([sums.after for sums in strata])),
        mean_gain=float(estimate.mean),
        sd_gain=None if estimate.variance is None else math.sqrt(estimate.variance),
        ci_low=interval.low,
        ci_high=interval.high,
        form_gap=float(abs(first - second) / 2),
        rose=directions.rose,
        same=directions.same,
        fell=directions.fell,
        reason=interval.reason,
    )
