"""Practice answers and private notes of two enrolments of one person in one training."""

from lms.cohorts.models import Enrolment
from lms.learning.domain.practice import note_id
from lms.learning.models import PracticeAnswer, ReflectionNote


def combine_practice(stays: Enrolment, empties: Enrolment) -> dict[str, int]:
    """Move both. The history gets numbers, never a text: whoever merges does not read notes."""
    answers = PracticeAnswer.objects.filter(enrolment=empties).update(enrolment=stays)
    return {"practice": answers, "notes": _combine_notes(stays, empties)}


def _combine_notes(stays: Enrolment, empties: Enrolment) -> int:
    """Both wrote at one place: the earlier text, then the later one, even where that is longer than what one
    may type. The key of a note is derived from its enrolment, so it is made anew."""
    mine = {(note.lesson_id, note.block_id): note for note in ReflectionNote.objects.filter(enrolment=stays)}
    theirs = list(ReflectionNote.objects.filter(enrolment=empties).select_related("lesson"))
    for note in theirs:
        known = mine.get((note.lesson_id, note.block_id))
        if known is None:
            key = note_id(enrolment=stays, lesson=note.lesson, block_id=note.block_id)
            ReflectionNote.objects.filter(pk=note.pk).update(id=key, enrolment=stays)
            continue
        first, second = sorted((known, note), key=lambda one: one.updated_at)
        if first.text != second.text:
            known.text = f"{first.text}\n\n{second.text}"
        known.updated_at = second.updated_at
        known.save(update_fields=["text", "updated_at"])
        note.delete()
    return len(theirs)
