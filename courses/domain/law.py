"""Tasks for authors whose lessons cite what no longer holds or what somebody must look at again."""

import datetime
from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from assessments.models import LegalBasis
from courses.legal import pages_citing
from courses.models import LessonPage, ReviewTask


@transaction.atomic
def update_review_tasks(
    *,
    on: datetime.date | None = None,
    pages: Collection[int] | None = None,
    bases: Collection[int] | None = None,
) -> tuple[int, int]:
    """Open a task for each published lesson and each bad rule that it cites; close what was mended.

    Once for each pair, however often it is run; a closed one opens again if its reason comes back. ``pages``
    and ``bases`` narrow it to what has just changed. Returns how many were opened and closed.
    """
    on = on or timezone.localdate()
    wanted = _wanted(on, pages, bases)
    there = ReviewTask.objects.select_for_update()
    if pages is not None:
        there = there.filter(page__in=pages)
    if bases is not None:
        there = there.filter(basis__in=bases)
    opened = closed = 0
    now = timezone.now()
    for task in there:
        reason = wanted.pop((task.page_id, task.basis_id), "")
        if reason and (task.closed_at or task.reason != reason):
            opened += task.closed_at is not None
            task.opened_at = now if task.closed_at else task.opened_at
            task.reason, task.closed_at = reason, None
            task.save()
        elif not reason and task.closed_at is None:
            closed += 1
            task.closed_at = now
            task.save(update_fields=["closed_at"])
    ReviewTask.objects.bulk_create(
        (
            ReviewTask(page_id=page, basis_id=basis, reason=reason, opened_at=now)
            for (page, basis), reason in wanted.items()
        ),
        ignore_conflicts=True,
    )
    return opened + len(wanted), closed


def _wanted(
    on: datetime.date, pages: Collection[int] | None, bases: Collection[int] | None
) -> dict[tuple[int, int], str]:
    """Lesson and provision with the reason why somebody should look."""
    asked = LegalBasis.objects.of_attention(on).select_related("regulation")
    if bases is not None:
        asked = asked.filter(pk__in=bases)
    reasons = {basis.pk: reason for basis in asked if (reason := basis.attention(on)) in ReviewTask.REASONS}
    citing = pages_citing(reasons, pages=pages)
    live = LessonPage.objects.live().filter(pk__in=citing, alias_of=None)
    if pages is not None:
        live = live.filter(pk__in=pages)
    return {
        (page, basis): str(reasons[basis])
        for page in live.values_list("pk", flat=True)
        for basis in citing[page]
    }
