"""Points from answers: at submission, and again whenever somebody doubts a figure."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from assessments.queries import load_questions, load_shown_questions
from assessments.questions.base import DONT_KNOW, Question
from assessments.scoring import points_for
from lms.learning.domain.completion import review_completion
from lms.learning.models import Attempt, AttemptItem
from lms.learning.queries import current_answers
from lms.learning.queries.marks import standing_marks
from lms.learning.signals import results_changed


@dataclass(frozen=True, slots=True)
class ScoreDifference:
    """A stored figure that the answers do not give. ``position`` is None for the total of the attempt.

    A figure of None is one that waits for a person to mark.
    """

    attempt_id: Any
    position: int | None
    stored: int | None
    computed: int | None


def score_items(attempt: Attempt, *, afresh: bool = True) -> list[AttemptItem]:
    """The items of an attempt with ``earned`` and ``dont_know`` computed from the current answers and marks;
    nothing is written. ``earned`` stays None where a person still has to mark.

    A check reads the questions ``afresh``; handing in may use those that this process has at hand.
    """
    items = list(attempt.items.order_by("position"))
    at_hand = not afresh and not any(item.scored_with_id for item in items)
    load = load_shown_questions if at_hand else load_questions
    questions = load({pk for item in items for pk in (item.question_id, item.scored_with_id) if pk})
    answers = current_answers(attempt)
    marks = _marks(item for item in items if questions[item.question_id].marked_by_hand)
    for item in items:
        response = answers.get(item.pk)
        item.dont_know = response == DONT_KNOW
        item.earned = _earned(item, questions, response, marks)
    return items


def total_of(items: Iterable[AttemptItem]) -> int | None:
    """The points of an attempt; None while any of its items waits for a mark."""
    earned = [item.earned for item in items]
    return None if None in earned else sum(points or 0 for points in earned)


def write_scores(attempt: Attempt, items: list[AttemptItem]) -> None:
    """Store what ``score_items`` computed, and the total on the attempt in memory."""
    alike: dict[tuple[int | None, bool], list[uuid.UUID]] = defaultdict(list)
    for item in items:
        alike[item.earned, item.dont_know].append(item.pk)
    # A statement for each figure, not a case for each item: few figures, and half the work.
    for (earned, dont_know), ids in alike.items():
        AttemptItem.objects.filter(pk__in=ids).update(earned=earned, dont_know=dont_know)
    attempt.score = total_of(items)


def finish_marking_if_complete(attempt: Attempt) -> bool:
    """Give a handed-in attempt its score once every answer is marked, and see what follows from it.

    Called after each mark; a mark that is corrected later changes the score. Returns whether there is one.
    """
    with transaction.atomic():
        locked = hold_attempt(attempt)
        if locked.submitted_at is None or locked.voided_at is not None:
            return False
        items = score_items(locked)
        write_scores(locked, items)
        locked.save(update_fields=["score"])
        attempt.score = locked.score
        if locked.score is not None:
            review_completion(enrolment=locked.enrolment)
        tell_results(locked)
        return locked.score is not None


def rebuild_scores(*, attempt: Attempt, write: bool = True) -> list[ScoreDifference]:
    """Score a submitted attempt again and return what differs from the stored figures.

    With ``write`` the stored figures are put right; without, nothing changes.
    """
    with transaction.atomic():
        locked = hold_attempt(attempt)
        stored = {row[0]: row[1:] for row in locked.items.values_list("pk", "earned", "dont_know")}
        items = score_items(locked)
        total = total_of(items)
        differences = [
            ScoreDifference(locked.pk, item.position, stored[item.pk][0], item.earned)
            for item in items
            if stored[item.pk] != (item.earned, item.dont_know)
        ]
        if locked.score != total:
            differences.append(ScoreDifference(locked.pk, None, locked.score, total))
        if differences and write:
            write_scores(locked, items)
            locked.save(update_fields=["score"])
            tell_results(locked)
    return differences


def tell_results(attempt: Attempt) -> None:
    """Tell the apps above that what this attempt shows, or whether it counts, is another one now."""
    results_changed.send(sender=Attempt, enrolments=[attempt.enrolment_id], occasions=[attempt.occasion])


def hold_attempt(attempt: Attempt) -> Attempt:
    """The attempt with its enrolment and training, locked until the transaction ends.

    PostgreSQL looks at the join again after waiting: an attempt that went to another enrolment meanwhile is
    not among the rows it had joined, so a second look finds it where it is now.
    """
    rows = Attempt.objects.select_for_update(of=("self",)).select_related(
        "enrolment__cohort__assessment", "assessment"
    )
    found = rows.filter(pk=attempt.pk).order_by().first()
    return found if found is not None else rows.get(pk=attempt.pk)


def _marks(items: Iterable[AttemptItem]) -> dict[uuid.UUID, int]:
    """The points that a person gave, by item: the newest mark of the answer that counts now."""
    return {pk: mark.points for pk, mark in standing_marks(items).items()}


def _earned(
    item: AttemptItem,
    questions: Mapping[int, Question],
    response: Any,
    marks: Mapping[uuid.UUID, int],
) -> int | None:
    """``item.points``, not the question's: the weight was frozen when the test began."""
    shown = questions[item.question_id]
    if response is None or response == DONT_KNOW or not item.points:
        return 0
    if shown.marked_by_hand:
        mark = marks.get(item.pk)
        return None if mark is None else min(mark, item.points)
    version = questions[item.scored_with_id] if item.scored_with_id else shown
    if version is not shown:
        response = version.adopt_response(response, given_to=shown)
    return points_for(item.points, version.score_parts(response))
