"""Marks that count. A mark judges an answer: one that was given before the answer was changed has lapsed."""

import uuid
from collections.abc import Iterable

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from assessments.registry import kinds
from lms.cohorts.models import Cohort
from lms.learning.enums import MOMENTS
from lms.learning.models import AnswerEvent, AttemptItem, RubricMark


def with_current_answer(items: QuerySet[AttemptItem]) -> QuerySet[AttemptItem]:
    """Each item with the response that counts (``response``) and when it arrived (``answered_at``)."""
    events = AnswerEvent.objects.filter(item=OuterRef("pk"), is_late=False)
    newest = events.order_by("-sitting", "-sequence", "-id")
    return items.annotate(
        response=Subquery(newest.values("response")[:1]),
        answered_at=Subquery(newest.values("received_at")[:1]),
    )


def standing_marks(items: Iterable[AttemptItem]) -> dict[uuid.UUID, RubricMark]:
    """The newest mark of each item that was given to the answer that counts now. Two queries, none for
    no items."""
    keys = [item.pk for item in items]
    if not keys:
        return {}
    found = with_current_answer(AttemptItem.objects.filter(pk__in=keys))
    answered = dict(found.values_list("pk", "answered_at"))
    marks = RubricMark.objects.filter(item__in=list(answered)).order_by("at", "id")
    return {
        mark.item_id: mark
        for mark in marks
        if (since := answered[mark.item_id]) is not None and mark.at >= since
    }


def work_to_mark(cohorts: QuerySet[Cohort]) -> QuerySet[AttemptItem]:
    """Answers in handed-in attempts of these cohorts that a person reads, each with ``response``,
    ``answered_at`` and ``is_marked``."""
    by_hand = [name for name, kind in kinds().items() if kind.marked_by_hand]
    rows = AttemptItem.objects.filter(
        kind__in=by_hand,
        dont_know=False,
        attempt__submitted_at__isnull=False,
        attempt__voided_at__isnull=True,
        attempt__enrolment__cohort__in=cohorts,
    ).exclude(attempt__occasion__in=MOMENTS)  # staff read those in sums only
    marks = RubricMark.objects.filter(item=OuterRef("pk"), at__gte=OuterRef("answered_at"))
    return with_current_answer(rows).filter(response__isnull=False).annotate(is_marked=Exists(marks))
