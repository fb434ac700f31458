"""From rows to points: the only package of evaluation that knows tables.

Only first attempts that count and have a result are read, before and after. Points come from the frozen items
of an attempt, as integers. A question that was changed while people took the test or was
not asked of everybody is left out of everybody's points, with its counterpart in the other form.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.utils.crypto import salted_hmac

from assessments.models import Outcome
from lms.cohorts.models import Cohort, Enrolment
from lms.evaluation.datasets.outcomes import outcomes_of_questions
from lms.evaluation.datasets.sittings import COMPARED, Sittings, sittings_of
from lms.evaluation.stats.comparable import AskedItem, ComparableTest
from lms.evaluation.stats.pairs import Pairs
from lms.learning.enums import Occasion
from lms.learning.models import Attempt

__all__ = [
    "COUNTERBALANCED_ORDERS",
    "CohortScores",
    "MatchedScore",
    "OutcomeMeasure",
    "Score",
    "matched_counts",
    "matched_scores",
    "modes_of",
    "outcomes_of_questions",
    "scores_of",
]

COUNTERBALANCED_ORDERS = ("AB", "BA")


@dataclass(frozen=True, slots=True)
class Score:
    """What one person earned on one form, in points; ``by_outcome`` is keyed by the outcome's code."""

    form: str
    points: int
    by_outcome: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class MatchedScore:
    """One person's first attempts before and after, under a pseudonym."""

    pseudonym: str
    is_simulated: bool
    pre: Score
    post: Score

    @property
    def order(self) -> str:
        """The forms actually taken, ``AB`` or ``BA``; not what was planned."""
        return self.pre.form + self.post.form

    @property
    def gain(self) -> int:
        return self.post.points - self.pre.points


@dataclass(frozen=True, slots=True)
class OutcomeMeasure:
    """What the forms ask about an outcome: form letter -> items, and form letter -> points possible.

    An item may serve several outcomes and counts in each, so points must never be added across outcomes.
    """

    outcome: Outcome
    items: Mapping[str, int]
    points: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class CohortScores:
    """People and points of a cohort. ``max_points`` is by form letter; ``left_out`` counts changed questions,
    ``not_all`` those that not everybody was asked.

    ``same_form`` people took one form twice, ``lost`` holds the points before of those without a post-test,
    ``unmarked`` people have handed in a test that still waits to be marked; none of them is in ``matched``.
    """

    registered: int
    attended: int
    pre_n: int
    post_n: int
    is_simulated: bool
    matched: tuple[MatchedScore, ...]
    same_form: int
    lost: tuple[int, ...]
    max_points: Mapping[str, int]
    left_out: int
    outcomes: tuple[OutcomeMeasure, ...]
    not_all: int = 0
    unmarked: int = 0

    def groups(self, outcome: str | None = None) -> dict[str, Pairs]:
        """The points of matched people by order of forms: all points, or those of one outcome's code."""
        return {order: self._pairs(order, outcome) for order in COUNTERBALANCED_ORDERS}

    def _pairs(self, order: str, outcome: str | None) -> Pairs:
        people = [person for person in self.matched if person.order == order]
        if outcome is None:
            return Pairs.of([p.pre.points for p in people], [p.post.points for p in people])
        return Pairs.of(
            [p.pre.by_outcome.get(outcome, 0) for p in people],
            [p.post.by_outcome.get(outcome, 0) for p in people],
        )


def matched_scores(cohort: Cohort) -> CohortScores:
    """Everything that reports and exports need to know about a cohort, in four queries for any size."""
    return scores_of(cohort, sittings_of(cohort))


def scores_of(cohort: Cohort, read: Sittings) -> CohortScores:
    """The same, from what was read already."""
    scores = _scores(read)
    matched = [
        MatchedScore(
            pseudonym=_pseudonym(key),
            is_simulated=cohort.is_simulated or person.is_simulated,
            pre=scores[key][Occasion.PRE],
            post=scores[key][Occasion.POST],
        )
        for key, person in read.people.items()
        if len(scores[key]) == 2
    ]
    comparable = [person for person in matched if person.order in COUNTERBALANCED_ORDERS]
    return CohortScores(
        registered=len(read.people),
        attended=sum(person.attended for person in read.people.values()),
        pre_n=sum(Occasion.PRE in taken for taken in scores.values()),
        post_n=sum(Occasion.POST in taken for taken in scores.values()),
        is_simulated=cohort.is_simulated or any(person.is_simulated for person in read.people.values()),
        matched=tuple(sorted(comparable, key=lambda person: person.pseudonym)),
        same_form=len(matched) - len(comparable),
        lost=tuple(
            taken[Occasion.PRE].points
            for key, taken in scores.items()
            if set(taken) == {Occasion.PRE.value} and (key, Occasion.POST) not in read.waiting
        ),
        max_points={form: sum(points.values()) for form, points in read.test.questions.items()},
        left_out=read.test.changed,
        outcomes=_measures(read.outcomes, read.test),
        not_all=read.test.not_all,
        unmarked=len({enrolment for enrolment, _occasion in read.waiting}),
    )


def matched_counts(cohorts: Iterable[Cohort]) -> dict[UUID, tuple[int, int]]:
    """Cohort id -> (registered, matched) people, in one query; matched as in ``matched_scores``."""
    rows = (
        Enrolment.objects.filter(cohort__in=list(cohorts))
        .annotate(form_pre=_form_taken(Occasion.PRE), form_post=_form_taken(Occasion.POST))
        .values_list("cohort_id", "form_pre", "form_post")
    )
    counts: dict[UUID, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for cohort_id, before, after in rows:
        registered, matched = counts[cohort_id]
        is_matched = before is not None and after is not None and before != after
        counts[cohort_id] = registered + 1, matched + is_matched
    return counts


def _form_taken(occasion: Occasion) -> Subquery:
    taken = _submitted().filter(enrolment=OuterRef("pk"), occasion=occasion)
    return Subquery(taken.values("form__letter")[:1])


def _submitted() -> QuerySet[Attempt]:
    """First tries that count and have a result: not void, and not waiting for somebody to mark."""
    return Attempt.objects.first_tries().with_result().filter(occasion__in=COMPARED)


def modes_of(cohort: Cohort) -> dict[str, int]:
    """How many of the attempts that are read came about in each way, by ``Mode``. One query."""
    rows = _submitted().filter(enrolment__cohort=cohort).order_by()
    return dict(rows.values_list("mode").annotate(Count("pk")))


def _scores(read: Sittings) -> dict[UUID, dict[str, Score]]:
    codes = {question: [outcome.code for outcome in found] for question, found in read.outcomes.items()}
    scores: dict[UUID, dict[str, Score]] = defaultdict(dict)
    for one in read.taken:
        counted = [item for item in one.items if item.question in read.test.questions[one.form]]
        scores[one.enrolment][one.occasion] = _score(one.form, counted, codes)
    return scores


def _score(form: str, items: Sequence[AskedItem], codes: Mapping[int, list[str]]) -> Score:
    by_outcome: dict[str, int] = defaultdict(int)
    for item in items:
        for code in codes.get(item.question, ()):
            by_outcome[code] += item.earned
    return Score(form, sum(item.earned for item in items), dict(by_outcome))


def _measures(measured: Mapping[int, list[Outcome]], test: ComparableTest) -> tuple[OutcomeMeasure, ...]:
    outcomes = {outcome.code: outcome for found in measured.values() for outcome in found}
    measures = []
    for _code, outcome in sorted(outcomes.items(), key=lambda entry: (entry[1].position, entry[0])):
        points = {
            form: [worth for question, worth in questions.items() if outcome in measured.get(question, ())]
            for form, questions in test.questions.items()
        }
        if any(points.values()):
            items = {form: len(worths) for form, worths in points.items()}
            measures.append(OutcomeMeasure(outcome, items, {f: sum(w) for f, w in points.items()}))
    return tuple(measures)


def _pseudonym(enrolment: UUID) -> str:
    """The same for the same person in every export, and not to be traced back without the site's key.

    The letter in front keeps spreadsheets from reading 12e45678 as a number.
    """
    return f"P-{salted_hmac('lms.evaluation.pseudonym', str(enrolment)).hexdigest()[:10]}"
