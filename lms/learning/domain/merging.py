"""Attempts, progress, receipts and completion of two enrolments of one person in one training."""

import uuid
from collections.abc import Iterable
from typing import Any

from lms.cohorts.merging import shared_trainings
from lms.cohorts.models import Enrolment
from lms.learning.domain.arranging import Arranged, arrange, order_taken, place_attempts
from lms.learning.domain.completion import review_completion
from lms.learning.domain.lessons import progress_id
from lms.learning.domain.merging_assigned import combine_assignments
from lms.learning.domain.merging_practice import combine_practice
from lms.learning.enums import AttemptAction, StudyMode
from lms.learning.models import (
    Attempt,
    AttemptRecord,
    Completion,
    LessonProgress,
    PaperSheet,
    SurveyReceipt,
)
from lms.people.registry import Merging


def attempts_of(*enrolments: Enrolment) -> list[Attempt]:
    """Every attempt of these enrolments, void ones included."""
    return list(Attempt.objects.filter(enrolment__in=enrolments).select_related("form", "assessment"))


def arranged_of(stays: Enrolment, empties: Enrolment) -> list[Arranged]:
    """How the attempts of both stand together."""
    return arrange(enrolment=stays, attempts=attempts_of(stays, empties))


def clashing_sheets(stays: Enrolment, empties: Enrolment) -> list[tuple[PaperSheet, PaperSheet]]:
    """Sheets of one test that both have and that are not filed yet."""
    waiting = PaperSheet.objects.filter(attempt__isnull=True)
    mine = {(one.assessment_id, one.occasion): one for one in waiting.filter(enrolment=stays)}
    theirs = waiting.filter(enrolment=empties).order_by("occasion", "pk")
    return [(mine[place], one) for one in theirs if (place := (one.assessment_id, one.occasion)) in mine]


def is_blank(sheet: PaperSheet) -> bool:
    """Whether nothing that was typed stands on a sheet."""
    return sheet.first_by_id is None


def combine_enrolments(merging: Merging) -> None:
    """Move everything that learning knows of the enrolments that become empty."""
    combined = []
    for stays, empties in shared_trainings(merging.kept, merging.merged):
        found: dict[str, Any] = {"cohort": str(stays.cohort_id)}
        found["attempts"] = _combine_attempts(stays, empties, merging)
        found["sheets"] = _combine_sheets(stays, empties)
        found["lessons"] = _combine_lessons(stays, empties)
        found |= combine_practice(stays, empties)
        found["assignments"] = combine_assignments(stays, empties)
        found["receipts"] = _combine_receipts(stays, empties)
        found["completion"] = _combine_completion(stays, empties)
        combined.append({name: value for name, value in found.items() if value})
    merging.note("learning", combined)


def review_combined(merging: Merging) -> None:
    """Together the two may have met the rule of a training."""
    done = []
    for key in [entry["cohort"] for entry in merging.moved.get("enrolments_combined", ())]:
        enrolment = Enrolment.objects.get(cohort=key, participant=merging.kept)
        had = Completion.objects.filter(enrolment=enrolment).exists()
        if review_completion(enrolment=enrolment) and not had:
            done.append(key)
    merging.note("completed_by_merging", done)


def write_moves(
    arranged: Iterable[Arranged], *, to: Enrolment, people: tuple[Any, Any], actor: Any, reason: str
) -> list[dict[str, Any]]:
    """A record on each attempt that changes, before it does; returns the same for other histories."""
    source, target = people
    written = []
    for entry in arranged:
        comes = entry.attempt.enrolment_id != to.pk
        if not comes and not entry.changes:
            continue
        detail: dict[str, Any] = {"number": [entry.attempt.number, entry.number]}
        if comes:
            detail |= {"from": str(source), "to": str(target)}
            _write(entry.attempt, AttemptAction.MOVED, actor, reason, detail)
        if entry.void is not None:
            why = {"why": str(entry.void), "old": entry.attempt.score}
            _write(entry.attempt, AttemptAction.VOIDED, actor, reason, why)
            detail |= why
        written.append({"attempt": str(entry.attempt.pk), **detail})
    return written


def set_order_taken(arranged: list[Arranged], *, enrolment: Enrolment) -> list[str]:
    """Let the order of forms be the one that was really taken; returns old and new if they differ."""
    old, new = enrolment.form_order, order_taken(arranged, enrolment=enrolment)
    if old == new:
        return []
    Enrolment.objects.filter(pk=enrolment.pk).update(form_order=new)
    enrolment.form_order = new
    return [old, new]


def _write(attempt: Attempt, action: AttemptAction, actor: Any, reason: str, detail: dict[str, Any]) -> None:
    AttemptRecord.objects.create(
        attempt=attempt, action=action, actor=actor, reason=reason.strip()[:500], detail=detail
    )


def _combine_attempts(stays: Enrolment, empties: Enrolment, merging: Merging) -> dict[str, Any]:
    arranged = arranged_of(stays, empties)
    if all(one.attempt.enrolment_id == stays.pk for one in arranged):
        return {}
    people = (merging.merged.pk, merging.kept.pk)
    written = write_moves(arranged, to=stays, people=people, actor=merging.actor, reason=merging.reason)
    place_attempts(arranged, enrolment=stays)
    found: dict[str, Any] = {"moved": written}
    if order := set_order_taken(arranged, enrolment=stays):
        found["form_order"] = order
    return found


def _combine_sheets(stays: Enrolment, empties: Enrolment) -> list[dict[str, str]]:
    """A blank sheet makes room; its photos go to the one that stays. Two typed ones have been refused."""
    gone = []
    for mine, theirs in clashing_sheets(stays, empties):
        blank, kept = (theirs, mine) if is_blank(theirs) else (mine, theirs)
        blank.photos.update(sheet=kept)
        gone.append({"sheet": str(blank.pk), "photos_to": str(kept.pk)})
        blank.delete()
    PaperSheet.objects.filter(enrolment=empties).update(enrolment=stays)
    return gone


def _combine_lessons(stays: Enrolment, empties: Enrolment) -> dict[str, Any]:
    """The union, with the earlier moments; own work wins over a credit, as when a credited lesson is done
    alone. The key of a row is derived from its enrolment, so rows are made
    anew under the key that every device will derive from now on."""
    mine = {row.lesson_id: row for row in LessonProgress.objects.filter(enrolment=stays)}
    theirs = list(
        LessonProgress.objects.filter(enrolment=empties).select_related("lesson", "meeting", "credited_by")
    )
    met = []
    for row in theirs:
        known = mine.get(row.lesson_id)
        if known is None:
            key = progress_id(enrolment=stays, lesson=row.lesson)
            LessonProgress.objects.filter(pk=row.pk).update(id=key, enrolment=stays)
            continue
        met.append(_moments(known) | {"other": _moments(row)})
        _put_together(known, row)
        row.delete()
    return {"moved": len(theirs) - len(met), "met": met} if theirs else {}


def _put_together(known: LessonProgress, other: LessonProgress) -> None:
    done = [(row.completed_at, row) for row in (known, other) if row.completed_at is not None]
    done.sort(key=lambda one: (one[1].mode != StudyMode.ALONE, one[0]))
    if done:
        known.completed_at = min(moment for moment, _row in done)
        for name in ("mode", "meeting", "credited_by"):
            setattr(known, name, getattr(done[0][1], name))
    known.opened_at = min(known.opened_at, other.opened_at)
    known.visited_at = max((at for at in (known.visited_at, other.visited_at) if at), default=None)
    known.save(update_fields=["opened_at", "visited_at", "completed_at", "mode", "meeting", "credited_by"])


def _moments(row: LessonProgress) -> dict[str, Any]:
    return {
        "lesson": row.lesson_id,
        "opened_at": row.opened_at.isoformat(),
        "completed_at": row.completed_at.isoformat() if row.completed_at else "",
        "mode": row.mode,
        "meeting": row.meeting_id,
        "credited_by": row.credited_by_id,
    }


def _combine_receipts(stays: Enrolment, empties: Enrolment) -> dict[str, int]:
    """Who answered an anonymous survey under both records has answered it twice: nobody can tell which."""
    twice = twice_answered(stays, empties)
    SurveyReceipt.objects.filter(enrolment=empties, assessment__in=twice).delete()
    moved = SurveyReceipt.objects.filter(enrolment=empties).update(enrolment=stays)
    found = {"moved": moved, "twice": len(twice)}
    return found if any(found.values()) else {}


def twice_answered(stays: Enrolment, empties: Enrolment) -> list[int]:
    """The anonymous surveys that were answered under both records."""
    mine = SurveyReceipt.objects.filter(enrolment=stays).values("assessment")
    theirs = SurveyReceipt.objects.filter(enrolment=empties, assessment__in=mine)
    return list(theirs.values_list("assessment_id", flat=True))


def _combine_completion(stays: Enrolment, empties: Enrolment) -> dict[str, str]:
    """The earlier one: a completion is never taken back."""
    theirs = Completion.objects.filter(enrolment=empties).first()
    if theirs is None:
        return {}
    mine = Completion.objects.filter(enrolment=stays).first()
    found = {"theirs": theirs.completed_at.isoformat()}
    if mine is None:
        Completion.objects.filter(enrolment=empties).update(enrolment=stays)
        return found
    found["mine"] = mine.completed_at.isoformat()
    if theirs.completed_at < mine.completed_at:
        Completion.objects.filter(enrolment=stays).update(completed_at=theirs.completed_at)
    theirs.delete()
    return found


def hold_attempts(people: Iterable[uuid.UUID]) -> None:
    """Lock all attempts of these people, in the order in which rooms do."""
    rows = Attempt.objects.select_for_update(of=("self",)).filter(enrolment__participant__in=people)
    list(rows)


def hold_sheets(people: Iterable[uuid.UUID]) -> None:
    """Lock all paper sheets of these people."""
    rows = PaperSheet.objects.select_for_update(of=("self",)).filter(enrolment__participant__in=people)
    list(rows.order_by("pk"))
