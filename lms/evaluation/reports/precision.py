"""How far the test itself can be trusted, and what stands under "details": reliability, effect, test.

Over both forms, each question together with its parallel: a training of thirty people would otherwise be two
halves too small to say anything. A difference of the forms makes alpha a little too high; it is small where
forms were built from pairs.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from lms.evaluation.datasets import CohortScores
from lms.evaluation.stats.disclosure import Standing
from lms.evaluation.stats.effect import effect_sizes
from lms.evaluation.stats.pairs import Pairs
from lms.evaluation.stats.reasons import Reason
from lms.evaluation.stats.reliability import reliability
from lms.evaluation.stats.reliable import Direction, reliable_change
from lms.evaluation.stats.thresholds import Estimate
from lms.evaluation.stats.wilcoxon import signed_ranks


@dataclass(frozen=True, slots=True)
class Trust:
    """``alpha`` of the post-test with its interval and ``sem`` in points, from 30 people on.

    ``reason`` says why there is no ``band``: a single person's change is within measurement error if it is
    not larger than ``band`` points. ``up``, ``same`` and ``down`` count people by it.
    """

    n: int
    k: int
    alpha: float | None = None
    alpha_low: float | None = None
    alpha_high: float | None = None
    sem: float | None = None
    band: float | None = None
    up: int | None = None
    same: int | None = None
    down: int | None = None
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Details:
    """``d_av`` from 10 people on, in standard deviations; ``p`` of Wilcoxon's signed ranks (Pratt's zeros;
    exact up to 100 changes, else normal). Never a headline."""

    d_av: float | None = None
    d_is_indicative: bool = False
    p: float | None = None
    p_is_exact: bool = True


def trust_of(scores: CohortScores, after: Sequence[Sequence[int]]) -> Trust:
    """From the points after by question (see ``questions.post_points``) and the matched people's scores."""
    n, k = len(after), len(after[0]) if after else 0
    if Estimate.RELIABILITY.standing(n) is Standing.HIDDEN or not scores.matched:
        return Trust(n, k, reason=Reason.TOO_FEW)
    whole = reliability(after)
    known = {
        "alpha": None if whole.alpha is None else float(whole.alpha),
        "alpha_low": whole.interval.low,
        "alpha_high": whole.interval.high,
        "sem": whole.sem,
    }
    everybody = _everybody(scores)
    change = reliable_change(everybody.pre, everybody.post, whole.alpha)
    if change.reason is not None:
        return Trust(n, k, **known, reason=whole.reason or change.reason)
    return Trust(
        n,
        k,
        **known,
        band=change.critical,
        up=change.count(Direction.UP),
        same=change.count(Direction.SAME),
        down=change.count(Direction.DOWN),
    )


def details_of(scores: CohortScores) -> Details:
    """Nothing below five people."""
    everybody = _everybody(scores)
    if Estimate.GAIN.standing(len(everybody)) is Standing.HIDDEN:
        return Details()
    ranks = signed_ranks(everybody.gains)
    standing = Estimate.EFFECT_SIZE.standing(len(everybody))
    effect = (
        None
        if standing is Standing.HIDDEN
        else effect_sizes(everybody.pre, everybody.post, with_intervals=False).d_av
    )
    return Details(
        d_av=effect,
        d_is_indicative=standing is Standing.INDICATIVE,
        p=ranks.p,
        p_is_exact=ranks.p_exact is not None,
    )


def _everybody(scores: CohortScores) -> Pairs:
    return Pairs.of(
        [person.pre.points for person in scores.matched], [person.post.points for person in scores.matched]
    )
