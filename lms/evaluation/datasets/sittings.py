"""The people of a training and their tests, row by row: what every figure of its report is made of.

Only first tries that are not void. One of them with a score is a sitting; one without waits to be marked.
"""

import uuid
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Aggregate, Exists, F, OuterRef, Q, TextField
from django.db.models.functions import Coalesce

from assessments.models import Outcome, Question
from lms.cohorts.enums import COUNTS_AS_PRESENT
from lms.cohorts.models import Attendance, Cohort, Enrolment
from lms.evaluation.datasets.outcomes import outcomes_of_questions
from lms.evaluation.stats.comparable import AskedItem, ComparableTest, comparable_test
from lms.followup.models import Pledge
from lms.learning.enums import TEST_OCCASIONS, Occasion
from lms.learning.models import Attempt

COMPARED = (Occasion.PRE, Occasion.POST)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody enrolled. ``attended``: was at one meeting or more, late or not. ``promised``: has a pledge,
    written here or on a paper that was ``signed``."""

    sex: str
    age_band: str
    element: str
    is_simulated: bool
    attended: bool
    promised: bool = False
    signed: bool = False


@dataclass(frozen=True, slots=True)
class Sitting:
    """A first try with a score. ``items`` are in the order shown; empty for a follow-up test."""

    enrolment: uuid.UUID
    occasion: str
    form: str
    mode: str
    items: tuple[AskedItem, ...]


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """A version of a question as a report names it. ``place`` is what versions and its parallel share."""

    code: str
    pair: str
    stem: str
    kind: str
    topic: str

    @property
    def place(self) -> str:
        return self.pair or self.code


@dataclass(frozen=True, slots=True)
class Sittings:
    """Everything at once. ``waiting`` are (enrolment, occasion) handed in and not marked yet; ``follow_up``
    counts people with a follow-up test; ``test`` is the part of the forms that may be compared."""

    people: Mapping[uuid.UUID, Person]
    taken: tuple[Sitting, ...]
    waiting: frozenset[tuple[uuid.UUID, str]]
    follow_up: int
    questions: Mapping[int, QuestionLine]
    outcomes: Mapping[int, list[Outcome]]
    test: ComparableTest = field(repr=False)

    def both(self) -> Iterator[tuple[uuid.UUID, Sitting, Sitting]]:
        """Who took the pre-test and the post-test on different forms: the person and the two sittings."""
        by_occasion = {one.occasion: dict[uuid.UUID, Sitting]() for one in self.taken}
        for one in self.taken:
            by_occasion[one.occasion][one.enrolment] = one
        before, after = (by_occasion.get(occasion.value, {}) for occasion in COMPARED)
        for person in self.people:
            if person in before and person in after and before[person].form != after[person].form:
                yield person, before[person], after[person]


class _Packed(Aggregate):
    """``position:question:points:earned`` of the items of an attempt, separated by blanks, in any order.

    Thousands of rows become one text a sitting: reading them as rows takes ten times as long.
    """

    template = "%(function)s(%(expressions)s, ' ')"
    arg_joiner = " || ':' || "
    function = "STRING_AGG"
    output_field = TextField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, function="GROUP_CONCAT", **context)


def sittings_of(cohort: Cohort) -> Sittings:
    """Four queries for any size: people, sittings with their items, the questions, their outcomes."""
    people = _people(cohort)
    rows = list(_first_tries(cohort))
    compared = [row for row in rows if row[1] in COMPARED]
    asked = [(row, _unpacked(row[5]) if row[4] is not None else []) for row in compared]
    questions = _questions({question for _row, items in asked for _place, question, _most, _got in items})
    taken = tuple(
        Sitting(row[0], row[1], row[2], row[3], _items(items, questions))
        for row, items in asked
        if row[4] is not None
    )
    return Sittings(
        people=people,
        taken=taken,
        waiting=frozenset((row[0], row[1]) for row in compared if row[4] is None),
        follow_up=sum(row[1] == Occasion.FOLLOW_UP and row[4] is not None for row in rows),
        questions=questions,
        outcomes=outcomes_of_questions(questions),
        test=comparable_test((one.form, list(one.items)) for one in taken),
    )


def _people(cohort: Cohort) -> dict[uuid.UUID, Person]:
    present = Attendance.objects.filter(enrolment=OuterRef("pk"), status__in=COUNTS_AS_PRESENT)
    fields = (f"participant__{name}" for name in ("sex", "age_band", "element", "is_simulated"))
    pledges = Pledge.objects.filter(enrolment=OuterRef("pk"))
    rows = Enrolment.objects.filter(cohort=cohort).annotate(
        attended=Exists(present),
        promised=Exists(pledges.filter(~Q(promises=[]) | Q(signed_on__isnull=False))),
        signed=Exists(pledges.filter(signed_on__isnull=False)),
    )
    found = rows.order_by("pk").values_list("pk", *fields, "attended", "promised", "signed")
    return {row[0]: Person(*row[1:]) for row in found}


def _first_tries(cohort: Cohort) -> Iterator[tuple[Any, ...]]:
    handed_in = Attempt.objects.first_tries().filter(
        enrolment__cohort=cohort, occasion__in=TEST_OCCASIONS, submitted_at__isnull=False
    )
    item = [f"items__{name}" for name in ("position", "question_id", "points")]
    packed = _Packed(*(F(name) for name in item), Coalesce(F("items__earned"), 0))
    rows = handed_in.order_by("pk").annotate(packed=packed)
    yield from rows.values_list("enrolment_id", "occasion", "form__letter", "mode", "score", "packed")


def _unpacked(packed: str | None) -> list[tuple[int, int, int, int]]:
    """(position, question, points, earned) in the order of positions."""
    items = []
    for item in (packed or "").split():
        position, question, points, earned = item.split(":")
        items.append((int(position), int(question), int(points), int(earned)))
    return sorted(items)


def _items(
    items: list[tuple[int, int, int, int]], questions: Mapping[int, QuestionLine]
) -> tuple[AskedItem, ...]:
    return tuple(
        AskedItem(question, questions[question].place, points, earned)
        for _position, question, points, earned in items
    )


def _questions(ids: Collection[int]) -> dict[int, QuestionLine]:
    rows = Question.objects.non_polymorphic().filter(pk__in=ids).order_by("pk")
    kinds = rows.values_list("pk", "code", "pair", "stem", "polymorphic_ctype__model", "topic")
    return {row[0]: QuestionLine(*row[1:]) for row in kinds}
