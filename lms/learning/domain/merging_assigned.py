"""Assigned lessons of two enrolments of one person in one training."""

from lms.cohorts.models import Enrolment
from lms.learning.models import LessonAssignment


def combine_assignments(stays: Enrolment, empties: Enrolment) -> dict[str, int]:
    """The union; where both have a lesson, the one that got further stays, with the earlier moments."""
    mine = {row.lesson_id: row for row in LessonAssignment.objects.filter(enrolment=stays)}
    met = moved = 0
    for row in list(LessonAssignment.objects.filter(enrolment=empties)):
        known = mine.get(row.lesson_id)
        if known is None:
            row.enrolment = stays
            row.save(update_fields=["enrolment"])
            moved += 1
            continue
        met += 1
        known.opened_at = min((at for at in (known.opened_at, row.opened_at) if at), default=None)
        known.done_at = min((at for at in (known.done_at, row.done_at) if at), default=None)
        if row.assigned_at < known.assigned_at:
            known.assigned_at, known.assigned_by, known.basis = row.assigned_at, row.assigned_by, row.basis
        known.save()
        row.delete()
    return {"moved": moved, "met": met} if moved or met else {}
