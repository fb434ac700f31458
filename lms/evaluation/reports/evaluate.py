"""Evaluate a cohort: estimate, then decide what may be shown."""

from collections.abc import Iterator, Mapping
from typing import Any

from lms.cohorts.models import Cohort
from lms.evaluation.datasets import CohortScores, OutcomeMeasure, matched_scores
from lms.evaluation.reports.notes import Note, NoteCode
from lms.evaluation.reports.results import CohortEvaluation, OrderGroup, OutcomeReason, OutcomeRow
from lms.evaluation.stats.counterbalanced import CounterbalancedGain, counterbalanced_gain
from lms.evaluation.stats.disclosure import MIN_SHOWN, Standing, many_lost, near_ceiling, standing
from lms.evaluation.stats.gain import paired_gain
from lms.evaluation.stats.normalized import counterbalanced_normalized_gain
from lms.evaluation.stats.pairs import Pairs
from lms.evaluation.stats.reasons import Reason

MIN_POINTS = 3
MIN_ITEMS = 2
HISTOGRAM_FROM = 20
SLOPES_FROM, SLOPES_TO = 10, 30
UNEVEN_FROM = 3
"""How many times larger one order of forms must be than the other before the reader is warned."""


def evaluate_cohort(cohort: Cohort) -> CohortEvaluation:
    """What the cohort's matched people gained, with everything hidden that may not be shown.

    The gain is the mean of the two order groups' mean gains (Form A then B, B then A), so that a harder form
    cannot pass for learning. Four queries, whatever the size.
    """
    return evaluate_scores(cohort, matched_scores(cohort))


def evaluate_scores(cohort: Cohort, scores: CohortScores) -> CohortEvaluation:
    """The same, from what was read already."""
    judged = standing(len(scores.matched))
    refusal = _refusal(scores)
    known: dict[str, Any] = {}
    if judged is not Standing.HIDDEN and refusal is None:
        known = _gain(scores)
    return CohortEvaluation(
        code=cohort.code,
        title=cohort.title,
        simulated=scores.is_simulated,
        registered=scores.registered,
        attended=scores.attended,
        pre_n=scores.pre_n,
        post_n=scores.post_n,
        matched_n=len(scores.matched),
        lost_n=len(scores.lost),
        standing=judged,
        notes=tuple(_notes(scores, judged, refusal)),
        outcomes=tuple(_outcome_row(scores, measure, judged, refusal) for measure in scores.outcomes),
        groups=_order_groups(scores.groups(), shown=bool(known)),
        max_points=_max_points(scores.max_points),
        **known,
    )


def _max_points(by_form: Mapping[str, int]) -> int | None:
    """The points possible, or None if the forms differ or none was taken."""
    different = set(by_form.values())
    return different.pop() if len(different) == 1 else None


def _refusal(scores: CohortScores) -> NoteCode | None:
    """Why no gain can be computed, however many people there are."""
    if not all(len(pairs) for pairs in scores.groups().values()):
        return NoteCode.FORMS_NOT_BALANCED
    if not any(scores.max_points.values()):
        return NoteCode.NOTHING_COMMON
    return None if _max_points(scores.max_points) else NoteCode.FORMS_DIFFER


def _gain(scores: CohortScores) -> dict[str, Any]:
    """The fields of a result that need at least five people in two orders."""
    groups = scores.groups()
    max_points = _max_points(scores.max_points) or 0
    gain = counterbalanced_gain(groups, max_points)
    share = counterbalanced_normalized_gain(groups, max_points)
    n = gain.n
    return {
        **_shown(gain),
        "normalized_gain": share.value,
        "normalized_low": share.ci_low,
        "normalized_high": share.ci_high,
        "band": share.band,
        "form_gap": gain.form_gap if _both_shown(groups) else None,
        "mean_pre_lost": _mean_lost(scores.lost),
        "gains": tuple(sorted(p.gain for p in scores.matched)) if n >= HISTOGRAM_FROM else None,
        "pairs": tuple(sorted((p.pre.points, p.post.points) for p in scores.matched))
        if SLOPES_FROM <= n <= SLOPES_TO
        else None,
    }


def _shown(gain: CounterbalancedGain) -> dict[str, Any]:
    names = ("mean_pre", "mean_post", "mean_gain", "ci_low", "ci_high", "rose", "same", "fell")
    return {name: getattr(gain, name) for name in names}


def _both_shown(groups: Mapping[str, Pairs]) -> bool:
    # One order's mean and the mean of both give the other's away: both are shown or none.
    return all(len(pairs) >= MIN_SHOWN for pairs in groups.values())


def _mean_lost(points: tuple[int, ...]) -> float | None:
    return sum(points) / len(points) if len(points) >= MIN_SHOWN else None


def _order_groups(groups: Mapping[str, Pairs], *, shown: bool) -> tuple[OrderGroup, ...]:
    if not (shown and _both_shown(groups)):
        return tuple(OrderGroup(order, len(pairs), None, None, None) for order, pairs in groups.items())
    return tuple(_order_group(order, pairs) for order, pairs in groups.items())


def _order_group(order: str, pairs: Pairs) -> OrderGroup:
    gain = paired_gain(pairs.pre, pairs.post, max_points=0)
    return OrderGroup(order, gain.n, gain.mean_pre, gain.mean_post, gain.mean_gain, gain.ci_low, gain.ci_high)


def _outcome_row(
    scores: CohortScores, measure: OutcomeMeasure, judged: Standing, refusal: NoteCode | None
) -> OutcomeRow:
    max_points = _max_points(measure.points)
    row = {
        "outcome": measure.outcome,
        "n": len(scores.matched),
        "items": min(measure.items.values()),
        "max_points": max_points,
    }
    reason = _outcome_reason(row["items"], max_points, judged, refusal)
    if reason not in (None, OutcomeReason.TOO_SHORT):
        return OutcomeRow(**row, reason=reason)
    gain = counterbalanced_gain(scores.groups(measure.outcome.code), max_points or 0)
    if reason is OutcomeReason.TOO_SHORT:
        return OutcomeRow(**row, rose=gain.rose, same=gain.same, fell=gain.fell, reason=reason)
    return OutcomeRow(**row, **_shown(gain))


def _outcome_reason(
    items: int, max_points: int | None, judged: Standing, refusal: NoteCode | None
) -> OutcomeReason | None:
    if judged is Standing.HIDDEN:
        return OutcomeReason.TOO_FEW
    if refusal is NoteCode.FORMS_NOT_BALANCED:
        return OutcomeReason.FORMS_NOT_BALANCED
    if max_points is None:
        return OutcomeReason.MAX_DIFFERS
    return OutcomeReason.TOO_SHORT if items < MIN_ITEMS or max_points < MIN_POINTS else None


def _notes(scores: CohortScores, judged: Standing, refusal: NoteCode | None) -> Iterator[Note]:
    n = len(scores.matched)
    if judged is Standing.HIDDEN:
        yield Note(NoteCode.TOO_FEW)
    elif refusal is not None:
        yield Note(refusal)
    elif judged is Standing.INDICATIVE:
        yield Note(NoteCode.INDICATIVE, {"n": n})
    if scores.same_form:
        yield Note(NoteCode.SAME_FORM, {"n": scores.same_form})
    if scores.left_out:
        yield Note(NoteCode.VERSIONS_DIFFER, {"n": scores.left_out})
    if scores.not_all:
        yield Note(NoteCode.NOT_ALL_ASKED, {"n": scores.not_all})
    if scores.unmarked:
        yield Note(NoteCode.UNMARKED, {"n": scores.unmarked})
    if many_lost(len(scores.lost), scores.pre_n):
        yield Note(NoteCode.MANY_LOST, {"k": len(scores.lost), "n": scores.pre_n})
    if judged is not Standing.HIDDEN and refusal is None:
        yield from _notes_on_gain(scores.groups(), _max_points(scores.max_points) or 0)


def _notes_on_gain(groups: Mapping[str, Pairs], max_points: int) -> Iterator[Note]:
    gain = counterbalanced_gain(groups, max_points)
    smaller, larger = sorted(len(pairs) for pairs in groups.values())
    if smaller * UNEVEN_FROM < larger:
        yield Note(NoteCode.UNEVEN_ORDERS, {"n": smaller, "all": gain.n})
    if gain.mean_pre is not None and near_ceiling(gain.mean_pre, max_points):
        yield Note(NoteCode.CEILING)
    if gain.reason is Reason.NO_SPREAD:
        alike = {change for pairs in groups.values() for change in pairs.gains}
        yield Note(NoteCode.NO_SPREAD, {"x": alike.pop()} if len(alike) == 1 else {})
    if gain.ci_low is not None and gain.ci_high is not None and gain.ci_low <= 0 <= gain.ci_high:
        yield Note(NoteCode.INCLUDES_ZERO)
