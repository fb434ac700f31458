"""Points from answers: at submission, and again whenever somebody doubts a figure."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from assessments.queries import load_questions
from assessments.questions.base import Question
from assessments.scoring import points_for
from lms.learning.models import Attempt, AttemptItem
from lms.learning.queries import current_answers


@dataclass(frozen=True, slots=True)
class ScoreDifference:
    """A stored figure that the answers do not give. ``position`` is None for the total of the attempt."""

    attempt_id: Any
    position: int | None
    stored: int | None
    computed: int


def score_items(attempt: Attempt) -> list[AttemptItem]:
    """The items of an attempt with ``earned`` computed from the current answers; nothing is written."""
    items = list(attempt.items.order_by("position"))
    questions = load_questions(item.question_id for item in items)
    answers = current_answers(attempt)
    for item in items:
        item.earned = _earned(item, questions[item.question_id], answers.get(item.pk))
    return items


def rebuild_scores(*, attempt: Attempt, write: bool = True) -> list[ScoreDifference]:
    """Score a submitted attempt again and return what differs from the stored figures.

    With ``write`` the stored figures are put right; without, nothing changes.
    """
    with transaction.atomic():
        locked = Attempt.objects.select_for_update().get(pk=attempt.pk)
        stored = dict(locked.items.values_list("pk", "earned"))
        items = score_items(locked)
        total = sum(item.earned or 0 for item in items)
        differences = [
            ScoreDifference(locked.pk, item.position, stored[item.pk], item.earned or 0)
            for item in items
            if stored[item.pk] != item.earned
        ]
        if locked.score != total:
            differences.append(ScoreDifference(locked.pk, None, locked.score, total))
        if differences and write:
            AttemptItem.objects.bulk_update(items, ["earned"])
            locked.score = total
            locked.save(update_fields=["score"])
    return differences


def _earned(item: AttemptItem, question: Question, response: Any) -> int:
    """``item.points``, not the question's: the weight was frozen when the test began."""
    if response is None:
        return 0
    return points_for(item.points, question.score_parts(response))
