"""Marking by hand: a person reads an answer and gives a level of the question's rubric."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from assessments.models import Question
from assessments.scoring import points_for_level
from lms.cohorts.stages import Deed, require_stage
from lms.learning.domain.scoring import finish_marking_if_complete
from lms.learning.enums import AttemptAction
from lms.learning.models import Attempt, AttemptItem, AttemptRecord, RubricMark
from lms.learning.queries.marks import standing_marks


def mark_item(
    *,
    item: AttemptItem,
    level: int,
    actor: Any,
    comment: str = "",
    points: int | None = None,
    seen: Any = None,
) -> RubricMark:
    """File one mark; an earlier one stays in the history and counts no more.

    The points are those of the level unless given. ``seen`` is the id of the mark that the marker saw:
    with another one there now, nothing is filed, so that nobody overrules a colleague unknowingly. When
    the last answer of the attempt is marked it gets its score, and a completion may follow from it.

    Raises ValidationError: ``not_by_hand``, ``closed`` (reopened or void), ``level``, ``points``, ``stale``,
    ``stage`` (the training is archived).
    """
    question = Question.objects.get(pk=item.question_id)
    if not question.marked_by_hand:
        raise ValidationError(_("This question is scored by its key, not by a person."), "not_by_hand")
    with transaction.atomic():
        held = Attempt.objects.select_for_update(of=("self",)).select_related("enrolment__cohort")
        attempt = held.get(pk=item.attempt_id)
        require_stage(attempt.enrolment.cohort, Deed.MARK)
        if attempt.submitted_at is None or attempt.voided_at is not None:
            raise ValidationError(
                _("This answer is not there to be marked any more: the attempt was reopened or is void."),
                "closed",
            )
        before = standing_marks([item]).get(item.pk)
        if before is not None and seen != before.pk:
            raise ValidationError(_("Somebody else has marked this answer meanwhile. Look again."), "stale")
        mark = RubricMark.objects.create(
            item=item,
            level=level,
            points=_points(question, item, level, points),
            comment=comment.strip(),
            marker=actor,
        )
        old = attempt.score
        finish_marking_if_complete(attempt)
        _write_down(attempt, item, mark, before, old)
    return mark


def _points(question: Any, item: AttemptItem, level: int, given: int | None) -> int:
    """The points of a level, out of those that were frozen when the attempt began."""
    if not 0 <= level <= question.max_level:
        raise ValidationError(_("Choose one of the levels."), "level")
    points = points_for_level(level, question.max_level, item.points) if given is None else given
    if not 0 <= points <= item.points:
        raise ValidationError(
            _("Give between 0 and %(most)d points."), "points", params={"most": item.points}
        )
    return points


def _write_down(
    attempt: Attempt, item: AttemptItem, mark: RubricMark, before: RubricMark | None, old: int | None
) -> None:
    detail = {"item": item.position, "level": mark.level, "points": mark.points, "old": old}
    if before is not None:
        detail |= {"level_before": before.level, "points_before": before.points}
    AttemptRecord.objects.create(
        attempt=attempt,
        action=AttemptAction.MARKED,
        actor=mark.marker,
        detail={**detail, "new": attempt.score},
    )
