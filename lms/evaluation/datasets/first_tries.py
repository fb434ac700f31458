"""First tries from rows, packed: what roll-ups are added up from."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Aggregate, Case, F, IntegerField, TextField, Value, When
from django.db.models.functions import Coalesce

from assessments.models import Question
from lms.evaluation.models import FirstTries
from lms.evaluation.stats.cohort_sums import UNKNOWN, Person, Sitting
from lms.learning.enums import Occasion
from lms.learning.models import Attempt

COMPARED = (Occasion.PRE, Occasion.POST)
PACKED = tuple(
    field.attname for field in FirstTries._meta.concrete_fields if field.attname not in ("enrolment_id",)
)

PERSON = tuple(name for name in PACKED if name not in ("rollup_id", "is_waiting_pre"))
"""What the sums need of it."""


class PackedItems(Aggregate):
    """``question:points:earned`` of the items of an attempt, separated by spaces, in no order."""

    template = "%(function)s(%(expressions)s, ' ')"
    arg_joiner = " || ':' || "
    function = "STRING_AGG"
    output_field = TextField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, function="GROUP_CONCAT", **context)


def first_tries(enrolments: Iterable[UUID]) -> dict[UUID, FirstTries]:
    """The packed first tries of these enrolments, from the raw records, in one query. Nothing is written;
    who has handed in neither test is not there."""
    points = Case(
        When(items__dont_know=True, then=Value(UNKNOWN)),
        default=Coalesce(F("items__earned"), 0),
        output_field=IntegerField(),
    )
    rows = (
        Attempt.objects.first_tries()
        .filter(enrolment__in=enrolments, occasion__in=COMPARED, submitted_at__isnull=False)
        .order_by()
        .annotate(packed=PackedItems(F("items__question_id"), F("items__points"), points))
        .values_list("enrolment_id", "enrolment__cohort_id", "occasion", "form__letter", "score", "packed")
    )
    found: dict[UUID, FirstTries] = {}
    for enrolment, cohort, occasion, form, score, packed in rows.iterator(chunk_size=5000):
        tries = found.setdefault(enrolment, FirstTries(enrolment_id=enrolment, rollup_id=cohort))
        if score is None:
            setattr(tries, f"is_waiting_{occasion}", True)
            continue
        asked, earned = _columns(packed or "")
        setattr(tries, f"{occasion}_form", form)
        setattr(tries, f"{occasion}_asked", asked)
        setattr(tries, f"{occasion}_earned", earned)
    return found


def person_of(
    pre_form: str,
    pre_asked: str,
    pre_earned: str,
    post_form: str,
    post_asked: str,
    post_earned: str,
    is_waiting_post: bool,
) -> Person:
    """The packed row, its ``PERSON`` columns in order, as the estimators take it."""
    return Person(
        pre=Sitting(pre_form, pre_asked, pre_earned) if pre_form else None,
        post=Sitting(post_form, post_asked, post_earned) if post_form else None,
        waiting_post=is_waiting_post,
    )


def what_questions_serve(questions: Iterable[int]) -> tuple[dict[int, str], dict[int, list[int]]]:
    """Question version -> its place (what versions and parallels share), and -> its outcomes. One query."""
    rows = Question.objects.non_polymorphic().filter(pk__in=questions).order_by("pk", "outcomes__pk")
    places: dict[int, str] = {}
    outcomes: dict[int, list[int]] = {}
    for question, pair, code, outcome in rows.values_list("pk", "pair", "code", "outcomes__pk"):
        places[question] = pair or code
        if outcome is not None:
            outcomes.setdefault(question, []).append(outcome)
    return places, outcomes


def _columns(packed: str) -> tuple[str, str]:
    parts = (one.split(":") for one in packed.split())
    items = sorted((int(question), points, earned) for question, points, earned in parts)
    asked = " ".join(f"{question}:{points}" for question, points, _earned in items)
    return asked, " ".join(earned for _question, _points, earned in items)
