"""Posted forms that answer an item rightly, partly or not at all, for every kind of question."""

import uuid
from typing import Any

from django.http import QueryDict

from assessments.models import (
    MatchingQuestion,
    MultipleChoiceQuestion,
    NumericQuestion,
    OrderingQuestion,
    Question,
    SingleChoiceQuestion,
    TrueFalseQuestion,
)
from lms.learning.domain import open_sitting, save_answer, submit_attempt
from lms.learning.models import AnswerEvent, Attempt, AttemptItem


def posted(fields: dict[str, Any]) -> QueryDict:
    """A form as Django hands it to a view; a list becomes repeated fields."""
    data = QueryDict(mutable=True)
    for name, value in fields.items():
        if isinstance(value, list):
            data.setlist(name, value)
        else:
            data[name] = value
    return data


def _correct(question: Any) -> list[str]:
    return [str(choice.pk) for choice in question.choices.all() if choice.is_correct]


RIGHT: dict[type[Question], Any] = {
    SingleChoiceQuestion: lambda q: {"response": _correct(q)[0]},
    MultipleChoiceQuestion: lambda q: {"response": _correct(q)},
    TrueFalseQuestion: lambda q: {"response": "true" if q.answer else "false"},
    NumericQuestion: lambda q: {"response": f"{int(q.answer)}"},
    MatchingQuestion: lambda q: {
        f"response-l:{pair.pk}": f"r:{pair.right_id}" for pair in q.match_pairs.all() if pair.left
    },
    OrderingQuestion: lambda q: {
        f"response-{step.pk}": str(place) for place, step in enumerate(q.steps.all(), start=1)
    },
}


def right(item: AttemptItem) -> dict[str, Any]:
    """The fields of a right answer."""
    question = Question.objects.get(pk=item.question_id)
    return RIGHT[type(question)](question)


def answer(
    item: AttemptItem,
    fields: dict[str, Any] | None = None,
    *,
    sitting: int = 1,
    sequence: int = 1,
    event_id: uuid.UUID | None = None,
) -> AnswerEvent:
    """File an answer, the right one unless ``fields`` are given."""
    return save_answer(
        item=item,
        event_id=event_id or uuid.uuid4(),
        sitting=sitting,
        sequence=sequence,
        data=posted(right(item) if fields is None else fields),
    )


def hand_in(attempt: Attempt, *, right_items: int | None = None) -> Attempt:
    """Answer the first ``right_items`` items rightly (all by default) and submit."""
    open_sitting(attempt=attempt)
    for sequence, item in enumerate(attempt.items.order_by("position")[:right_items], start=1):
        answer(item, sequence=sequence)
    return submit_attempt(attempt=attempt)
