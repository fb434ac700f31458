"""Reads of results for who writes questions."""

from collections.abc import Collection

from django.db.models import Sum

from lms.learning.models import Attempt, AttemptItem


def parts_of_points(question_ids: Collection[int]) -> dict[int, float]:
    """Which part of its points each question version earned, over all trainings and occasions (pooled p).

    Void attempts and answers that still wait for marking are left out, and so are versions without any.
    """
    rows = (
        AttemptItem.objects.filter(
            question__in=list(question_ids),
            attempt__in=Attempt.objects.with_result(),
            earned__isnull=False,
            points__gt=0,
        )
        .values("question")
        .annotate(won=Sum("earned"), possible=Sum("points"))
        .order_by()
    )
    return {row["question"]: row["won"] / row["possible"] for row in rows}
