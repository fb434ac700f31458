"""First tries from rows, packed: what roll-ups are added up from."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Aggregate, BigIntegerField, Case, ExpressionWrapper, F, TextField, Value, When
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
_FORM = {str(occasion): PACKED.index(f"{occasion}_form") for occasion in COMPARED}
_WAITING = {str(occasion): PACKED.index(f"is_waiting_{occasion}") for occasion in COMPARED}
_NOTHING = [FirstTries._meta.get_field(name).get_default() for name in PACKED[1:]]


_QUESTION, _POINTS = 2**32, 2**16
"""An item as one integer: question, points, and what was earned plus one, which is then never negative."""


class PackedItems(Aggregate):
    """The integers of an attempt's items, separated by spaces, in no order."""

    template = "%(function)s(%(expressions)s || '', ' ')"
    function = "STRING_AGG"
    output_field = TextField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, function="GROUP_CONCAT", **context)


def first_tries(enrolments: Iterable[UUID]) -> dict[UUID, list[Any]]:
    """The packed first tries of these enrolments, from the raw records: values of ``PACKED`` by enrolment, in
    one query. Nothing is written; who has handed in neither test is not there."""
    earned = Case(
        When(items__dont_know=True, then=Value(UNKNOWN)),
        default=Coalesce(F("items__earned"), 0),
        output_field=BigIntegerField(),
    )
    packed = ExpressionWrapper(
        F("items__question_id") * _QUESTION + F("items__points") * _POINTS + earned + 1,
        output_field=BigIntegerField(),
    )
    rows = (
        Attempt.objects.first_tries()
        .filter(enrolment__in=enrolments, occasion__in=COMPARED, submitted_at__isnull=False)
        .order_by()
        .annotate(packed=PackedItems(packed))
        .values_list("enrolment_id", "enrolment__cohort_id", "occasion", "form__letter", "score", "packed")
    )
    found: dict[UUID, list[Any]] = {}
    sheets: dict[tuple[int, ...], str] = {}
    for enrolment, cohort, occasion, form, score, items in rows.iterator(chunk_size=5000):
        values = found.get(enrolment)
        if values is None:
            values = found[enrolment] = [cohort, *_NOTHING]
        if score is None:
            values[_WAITING[occasion]] = True
        else:
            first = _FORM[occasion]
            values[first : first + 3] = form, *_columns(items or "", sheets)
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


def _columns(packed: str, sheets: dict[tuple[int, ...], str]) -> tuple[str, str]:
    """What was asked and what was earned, by question. ``sheets`` remembers what was written before."""
    items = sorted(map(int, packed.split()))
    questions = tuple([item // _POINTS for item in items])
    asked = sheets.get(questions)
    if asked is None:
        parts = (divmod(one, _QUESTION // _POINTS) for one in questions)
        asked = sheets[questions] = " ".join(f"{question}:{points}" for question, points in parts)
    return asked, " ".join([str(item % _POINTS - 1) for item in items])
