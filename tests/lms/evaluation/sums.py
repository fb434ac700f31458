"""What the roll-ups of a training must say, computed from people by the reports' own road."""

from typing import Any

from lms.cohorts.models import Cohort
from lms.evaluation.datasets import matched_scores
from lms.evaluation.models import ItemSums, OrderSums, OutcomeSums, Rollup
from lms.evaluation.stats.sums import PairSums
from lms.learning.models import Attempt

PAIR_SUMS = tuple(PairSums.__dataclass_fields__)


def stored(cohort: Cohort) -> dict[Any, PairSums]:
    """The sums in the database: order, or (order, outcome), -> sums of points."""
    rows: dict[Any, PairSums] = {}
    for row in OrderSums.objects.filter(rollup=cohort.pk).values("order", *PAIR_SUMS):
        order = row.pop("order")
        rows[order] = PairSums(**row)
    for row in OutcomeSums.objects.filter(rollup=cohort.pk).values("order", "outcome__code", *PAIR_SUMS):
        place = row.pop("order"), row.pop("outcome__code")
        rows[place] = PairSums(**row)
    return rows


def direct(cohort: Cohort) -> dict[Any, PairSums]:
    """The same from the points of matched people."""
    scores = matched_scores(cohort)
    rows: dict[Any, PairSums] = {}
    for order, pairs in scores.groups().items():
        if len(pairs):
            rows[order] = PairSums.of(pairs, scores.max_points[order[0]])
    for measure in scores.outcomes:
        for order, pairs in scores.groups(measure.outcome.code).items():
            if len(pairs) and any(measure.items.get(form) for form in order):
                rows[order, measure.outcome.code] = PairSums.of(pairs, measure.points[order[0]])
    return rows


def counts(cohort: Cohort) -> dict[str, int]:
    """The counts of people that stand on the roll-up."""
    rollup = Rollup.objects.get(pk=cohort.pk)
    names = ("pre_n", "post_n", "matched_n", "same_form", "lost_n", "lost_points", "changed", "not_all")
    return {name: getattr(rollup, name) for name in names}


def direct_counts(cohort: Cohort) -> dict[str, int]:
    scores = matched_scores(cohort)
    return {
        "pre_n": scores.pre_n,
        "post_n": scores.post_n,
        "matched_n": len(scores.matched),
        "same_form": scores.same_form,
        "lost_n": len(scores.lost),
        "lost_points": sum(scores.lost),
        "changed": scores.left_out,
        "not_all": scores.not_all,
    }


def items(cohort: Cohort) -> dict[tuple[str, int, int], dict[str, int]]:
    """The stored sums of questions by order, question before and question after."""
    rows = ItemSums.objects.filter(rollup=cohort.pk).values()
    left_out = ("id", "rollup_id", "order", "question_pre_id", "question_post_id")
    return {
        (row["order"], row["question_pre_id"], row["question_post_id"]): {
            name: value for name, value in row.items() if name not in left_out
        }
        for row in rows
    }


def direct_items(cohort: Cohort) -> dict[tuple[str, int, int], dict[str, int]]:
    """The same, person by person, for tests whose questions were never changed and are asked of all."""
    found: dict[tuple[str, int, int], dict[str, int]] = {}
    first = Attempt.objects.first_tries().with_result()
    for enrolment in cohort.enrolments.all():
        mine = first.filter(enrolment=enrolment)
        pre, post = (mine.filter(occasion=occasion).first() for occasion in ("pre", "post"))
        if pre is None or post is None or pre.form_id == post.form_id:
            continue
        after = {item.question.pair: item for item in post.items.select_related("question")}
        for one in pre.items.select_related("question"):
            other = after[one.question.pair]
            place = (pre.form.letter + post.form.letter, one.question_id, other.question_id)
            _add(found.setdefault(place, {}), one, other, pre.score or 0, post.score or 0)
    return found


def _add(sums: dict[str, int], one: Any, other: Any, before: int, after: int) -> None:
    x, y = one.earned or 0, other.earned or 0
    right, still = x == one.points, y == other.points
    for name, value in {
        "n": 1,
        "pre": x,
        "post": y,
        "pre_squared": x * x,
        "post_squared": y * y,
        "cross": x * y,
        "pre_total": x * before,
        "post_total": y * after,
        "stayed_right": right and still,
        "learned": still and not right,
        "lost": right and not still,
        "stayed_wrong": not right and not still,
        "unknown_pre": one.dont_know,
        "unknown_post": other.dont_know,
    }.items():
        sums[name] = sums.get(name, 0) + int(value)
