"""Attendance, findings, experiences and mistyped codes of two enrolments of one person in one training."""

import uuid
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from lms.cohorts.enums import AttendanceStatus
from lms.cohorts.models import (
    Attendance,
    AttendanceEvent,
    CodeTries,
    Enrolment,
    ExperienceNote,
    Finding,
    FindingSupport,
)
from lms.people.registry import Merging

# Of two answers for one meeting the one further to the front stays: a person who was seen was there, and a
# reason says more than none.
_RANKS = [
    AttendanceStatus.PRESENT,
    AttendanceStatus.LATE,
    AttendanceStatus.SICK,
    AttendanceStatus.EXCUSED,
    AttendanceStatus.ABSENT,
]


def combine(stays: Enrolment, empties: Enrolment, merging: Merging) -> dict[str, Any]:
    """Move everything of the enrolment that becomes empty, delete it, and return what happened."""
    found = {
        "cohort": str(stays.cohort_id),
        "stays": str(stays.pk),
        "gone": str(empties.pk),
        "gone_order": empties.form_order,
        "gone_enrolled_at": empties.enrolled_at.isoformat(),
        "attendance": _combine_attendance(stays, empties, merging),
        "findings": Finding.objects.filter(author=empties).update(author=stays),
        "experiences": ExperienceNote.objects.filter(author=empties).update(author=stays),
        "supports": _combine_supports(stays, empties),
    }
    empties.delete()
    return found


def pairs_of_attendance(stays: Enrolment, empties: Enrolment) -> list[tuple[Attendance | None, Attendance]]:
    """What is known of each meeting that ``empties`` has an answer for: of both, or of that one only."""
    known = {row.meeting_id: row for row in Attendance.objects.filter(enrolment=stays)}
    coming = Attendance.objects.filter(enrolment=empties).select_related("meeting").order_by("meeting")
    return [(known.get(row.meeting_id), row) for row in coming]


def better_of(mine: Attendance, theirs: Attendance) -> Attendance:
    """Present wins over absent. Statuses that are added later stand behind, before nothing."""
    return theirs if _rank(theirs) < _rank(mine) else mine


def sorted_supports(
    stays: Enrolment, empties: Enrolment
) -> tuple[list[FindingSupport], list[FindingSupport]]:
    """The supports that move, and those that would count a person twice: given under both records, or to
    what turns out to be the own finding."""
    supports = FindingSupport.objects.filter(enrolment__in=[stays, empties]).select_related("finding")
    move, double, seen = [], [], set()
    # Those of the enrolment that stays come first.
    for support in sorted(supports, key=lambda one: (one.enrolment_id != stays.pk, str(one.pk))):
        if support.finding.author_id in (stays.pk, empties.pk) or support.finding_id in seen:
            double.append(support)
        elif support.enrolment_id == empties.pk:
            move.append(support)
        seen.add(support.finding_id)
    return move, double


def join_code_tries(*, kept: uuid.UUID, merged: uuid.UUID) -> None:
    """Wrong codes of both are of one person: a second record brings no new tries. Past ones are forgotten."""
    rows = list(CodeTries.objects.select_for_update().filter(pk__in=[kept, merged]).order_by("pk"))
    if all(row.pk != merged for row in rows):
        return
    now = timezone.now()
    counting = [row for row in rows if row.window_ends_at > now]
    CodeTries.objects.filter(pk=merged).delete()
    if counting:
        fields = {
            "wrong": sum(row.wrong for row in counting),
            "window_ends_at": max(row.window_ends_at for row in counting),
        }
        CodeTries.objects.update_or_create(pk=kept, defaults=fields)


def _rank(row: Attendance) -> int:
    known = [str(status) for status in _RANKS]
    return known.index(row.status) if row.status in known else len(known)


def _combine_attendance(stays: Enrolment, empties: Enrolment, merging: Merging) -> dict[str, Any]:
    """The better answer stays, with the history of both. The one that gives way is written down."""
    moved, gave_way = 0, []
    for mine, theirs in pairs_of_attendance(stays, empties):
        if mine is None:
            Attendance.objects.filter(pk=theirs.pk).update(enrolment=stays)
            moved += 1
            continue
        better = better_of(mine, theirs)
        loses = mine if better is theirs else theirs
        gave_way.append(
            {
                "meeting": loses.meeting_id,
                "status": loses.status,
                "means": loses.means,
                "recorded_at": loses.recorded_at.isoformat(),
                "recorded_by": loses.recorded_by_id,
            }
        )
        _join_histories(better, loses, merging)
        loses.delete()
        Attendance.objects.filter(pk=better.pk).update(enrolment=stays)
    return {"moved": moved, "gave_way": gave_way}


def _join_histories(better: Attendance, loses: Attendance, merging: Merging) -> None:
    """Every change of both under the answer that stays, and at the end that and why they became one."""
    for row in (better, loses):
        # Recorded before changes were kept: how it stood is the only change that is known.
        if not AttendanceEvent.objects.filter(attendance=row).exists():
            _append(better, of=row, before="", at=row.recorded_at, by=row.recorded_by_id)
    AttendanceEvent.objects.filter(attendance=loses).update(attendance=better)
    text = _("Two records of one person became one: %(reason)s") % {"reason": merging.reason}
    _append(better, of=better, before=loses.status, at=timezone.now(), by=merging.actor.pk, reason=text[:300])


def _append(to: Attendance, *, of: Attendance, before: str, at: Any, by: Any, reason: str = "") -> None:
    AttendanceEvent.objects.create(
        attendance=to,
        from_status=before,
        to_status=of.status,
        means=of.means,
        arrived_at=of.arrived_at,
        thumbprint=of.thumbprint,
        note=of.note,
        reason=reason,
        at=at,
        by_id=by,
    )


def _combine_supports(stays: Enrolment, empties: Enrolment) -> dict[str, Any]:
    move, double = sorted_supports(stays, empties)
    FindingSupport.objects.filter(pk__in=[one.pk for one in double]).delete()
    moved = FindingSupport.objects.filter(pk__in=[one.pk for one in move]).update(enrolment=stays)
    gone = [{"finding": str(one.finding_id), "of": str(one.enrolment_id)} for one in double]
    return {"moved": moved, "counted_once": gone}
