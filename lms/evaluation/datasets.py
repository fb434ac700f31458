"""From rows to points: the only file of evaluation that knows tables.

Only first attempts that were submitted count, before and after. Points come from the frozen items of an
attempt (``AttemptItem.earned``), as integers. A question that was changed while people took the test is left
out of everybody's points, with its counterpart in the other form: only versions that all saw are comparable.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.utils.crypto import salted_hmac

from assessments.models import Outcome
from lms.cohorts.enums import COUNTS_AS_PRESENT
from lms.cohorts.models import Attendance, Cohort, Enrolment
from lms.evaluation.stats.pairs import Pairs
from lms.learning.enums import Occasion
from lms.learning.models import Attempt, AttemptItem

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
    """People and points of a cohort. ``max_points`` is by form letter; ``left_out`` counts changed questions.

    ``same_form`` people took one form twice, ``lost`` holds the points before of those without a post-test;
    neither is in ``matched``.
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


@dataclass(frozen=True, slots=True)
class _Item:
    """A frozen question of an attempt. ``place`` is what its versions and its parallel share."""

    question: int
    place: str
    points: int
    earned: int


@dataclass(frozen=True, slots=True)
class _Test:
    """The comparable part of the forms as they were taken."""

    questions: Mapping[str, Mapping[int, int]]  # form letter -> question -> points possible
    outcomes: Mapping[int, list[str]]  # question -> codes
    left_out: int


def matched_scores(cohort: Cohort) -> CohortScores:
    """Everything that reports and exports need to know about a cohort, in five queries for any size."""
    enrolments = dict(
        Enrolment.objects.filter(cohort=cohort).values_list("pk", "participant__is_simulated").order_by("pk")
    )
    attempts = _first_attempts(cohort)
    items = _items(cohort)
    measured = _outcomes({item.question for rows in items.values() for item in rows})
    test = _comparable_test(attempts, items, measured)
    scores = _scores(attempts, items, test)
    both = [key for key in enrolments if len(scores[key]) == 2]
    matched = [
        MatchedScore(
            pseudonym=_pseudonym(key),
            is_simulated=cohort.is_simulated or enrolments[key],
            pre=scores[key][Occasion.PRE],
            post=scores[key][Occasion.POST],
        )
        for key in both
    ]
    comparable = [person for person in matched if person.order in COUNTERBALANCED_ORDERS]
    return CohortScores(
        registered=len(enrolments),
        attended=_attended(cohort),
        pre_n=sum(Occasion.PRE in taken for taken in scores.values()),
        post_n=sum(Occasion.POST in taken for taken in scores.values()),
        is_simulated=cohort.is_simulated or any(enrolments.values()),
        matched=tuple(sorted(comparable, key=lambda person: person.pseudonym)),
        same_form=len(matched) - len(comparable),
        lost=tuple(
            taken[Occasion.PRE].points for taken in scores.values() if set(taken) == {Occasion.PRE.value}
        ),
        max_points={form: sum(points.values()) for form, points in test.questions.items()},
        left_out=test.left_out,
        outcomes=_measures(measured, test),
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
    return Attempt.objects.filter(number=1, submitted_at__isnull=False)


def _first_attempts(cohort: Cohort) -> dict[UUID, dict[str, Any]]:
    rows = _submitted().filter(enrolment__cohort=cohort).order_by("pk")
    return {row["pk"]: row for row in rows.values("pk", "enrolment_id", "occasion", "form__letter")}


def _items(cohort: Cohort) -> dict[UUID, list[_Item]]:
    rows = AttemptItem.objects.filter(
        attempt__enrolment__cohort=cohort, attempt__number=1, attempt__submitted_at__isnull=False
    ).values_list("attempt_id", "question_id", "question__pair", "question__code", "points", "earned")
    items: dict[UUID, list[_Item]] = defaultdict(list)
    for attempt, question, pair, code, points, earned in rows.order_by("position"):
        items[attempt].append(_Item(question, pair or code, points, earned or 0))
    return items


def _outcomes(questions: set[int]) -> dict[int, list[Outcome]]:
    rows = Outcome.objects.filter(questions__in=questions).annotate(question=F("questions"))
    measured: dict[int, list[Outcome]] = defaultdict(list)
    for outcome in rows:
        measured[outcome.question].append(outcome)
    return measured


def _attended(cohort: Cohort) -> int:
    present = Attendance.objects.filter(enrolment__cohort=cohort, status__in=COUNTS_AS_PRESENT)
    return present.values("enrolment").distinct().count()


def _comparable_test(
    attempts: Mapping[UUID, dict[str, Any]],
    items: Mapping[UUID, list[_Item]],
    measured: Mapping[int, list[Outcome]],
) -> _Test:
    taken: dict[str, list[list[_Item]]] = defaultdict(list)
    for key, row in attempts.items():
        taken[row["form__letter"]].append(items[key])
    changed = set().union(*(_changed_places(sittings) for sittings in taken.values()))
    questions = {
        form: {item.question: item.points for item in sittings[0] if item.place not in changed}
        for form, sittings in sorted(taken.items())
    }
    codes = {question: [outcome.code for outcome in found] for question, found in measured.items()}
    return _Test(questions, codes, len(changed))


def _changed_places(sittings: list[list[_Item]]) -> set[str]:
    """Places of a form where not everybody saw the same version for the same points."""
    seen = [{(item.question, item.points) for item in sitting} for sitting in sittings]
    everywhere = set.intersection(*seen)
    return {
        item.place
        for sitting in sittings
        for item in sitting
        if (item.question, item.points) not in everywhere
    }


def _scores(
    attempts: Mapping[UUID, dict[str, Any]], items: Mapping[UUID, list[_Item]], test: _Test
) -> dict[UUID, dict[str, Score]]:
    scores: dict[UUID, dict[str, Score]] = defaultdict(dict)
    for key, row in attempts.items():
        form = row["form__letter"]
        counted = [item for item in items[key] if item.question in test.questions[form]]
        scores[row["enrolment_id"]][row["occasion"]] = _score(form, counted, test)
    return scores


def _score(form: str, items: list[_Item], test: _Test) -> Score:
    by_outcome: dict[str, int] = defaultdict(int)
    for item in items:
        for code in test.outcomes.get(item.question, ()):
            by_outcome[code] += item.earned
    return Score(form, sum(item.earned for item in items), dict(by_outcome))


def _measures(measured: Mapping[int, list[Outcome]], test: _Test) -> tuple[OutcomeMeasure, ...]:
    outcomes = {outcome.code: outcome for found in measured.values() for outcome in found}
    measures = []
    for code, outcome in sorted(outcomes.items(), key=lambda entry: (entry[1].position, entry[0])):
        points = {
            form: [worth for question, worth in questions.items() if code in test.outcomes.get(question, ())]
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
