"""Private notes of a participant. Every read goes through the person's own enrolment."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from courses.models import LessonPage
from courses.queries import text_of
from courses.rendering import blocks_of
from lms.cohorts.models import Enrolment
from lms.learning.models import ReflectionNote


@dataclass(frozen=True, slots=True)
class ReflectionPlace:
    """A reflection of a lesson; ``number`` counts from 1."""

    block_id: uuid.UUID
    prompt: str
    number: int

    @property
    def anchor(self) -> str:
        return f"catatan-{self.number}"


@dataclass(frozen=True, slots=True)
class OwnNote:
    """A note with where it was written. The prompt is "" if the reflection is no longer in the lesson."""

    lesson_id: int
    prompt: str
    text: str
    updated_at: datetime
    anchor: str = ""


def reflection_places(page: LessonPage) -> list[ReflectionPlace]:
    """The reflections of the text that readers of a page see, in order. No query of its own."""
    blocks = blocks_of(text_of(page, "body").value, "reflection")
    return [
        ReflectionPlace(key, str((value or {}).get("prompt", "")), place)
        for place, (key, value) in enumerate(blocks, start=1)
    ]


def notes_in_lesson(enrolment: Enrolment, lesson_id: int) -> dict[uuid.UUID, ReflectionNote]:
    """The person's notes in one lesson, by block. One query."""
    rows = ReflectionNote.objects.filter(enrolment=enrolment, lesson_id=lesson_id)
    return {note.block_id: note for note in rows}


def own_notes(enrolment: Enrolment, pages: Iterable[LessonPage]) -> list[OwnNote]:
    """All notes of one enrolment, lesson by lesson in the order of ``pages`` (those of the cohort's course,
    with their text), within a lesson in the order of its text; those whose place is gone last."""
    notes: dict[int, list[ReflectionNote]] = {}
    for note in ReflectionNote.objects.filter(enrolment=enrolment).order_by("updated_at"):
        notes.setdefault(note.lesson_id, []).append(note)
    found: list[OwnNote] = []
    for page in pages:
        places = {place.block_id: place for place in reflection_places(page)}
        mine = sorted(
            notes.pop(page.pk, []),
            key=lambda note: places[note.block_id].number if note.block_id in places else len(places) + 1,
        )
        for note in mine:
            place = places.get(note.block_id)
            prompt, anchor = (place.prompt, place.anchor) if place else ("", "")
            found.append(OwnNote(page.pk, prompt, note.text, note.updated_at, anchor))
    left = [note for rest in notes.values() for note in rest]
    return found + [OwnNote(note.lesson_id, "", note.text, note.updated_at) for note in left]
