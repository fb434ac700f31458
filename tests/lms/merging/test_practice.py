"""Practice answers and private notes of two records of one person."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from courses.models import LessonPage
from lms.cohorts.models import Enrolment
from lms.learning.domain.practice import keep_note, note_id
from lms.learning.models import PracticeAnswer, ReflectionNote
from tests.factories import CohortFactory
from tests.lms.learning.lessons import NOTE_BLOCK, PRACTICE_BLOCK, make_practice_question
from tests.lms.merging.people import both_in, merge, two_records

pytestmark = pytest.mark.django_db
Pair = tuple[Enrolment, Enrolment]


@pytest.fixture
def pair() -> Pair:
    kept, merged = two_records()
    return both_in(CohortFactory(organisation=kept.organisation), (kept, merged))


def lessons_of(pair: Pair) -> list[LessonPage]:
    return list(LessonPage.objects.descendant_of(pair[0].cohort.course).order_by("path"))


def write(enrolment: Enrolment, lesson: LessonPage, text: str, *, days_ago: int) -> None:
    keep_note(enrolment=enrolment, lesson=lesson, block_id=NOTE_BLOCK, text=text)
    at = timezone.now() - timedelta(days=days_ago)
    ReflectionNote.objects.filter(enrolment=enrolment, lesson=lesson).update(updated_at=at)


def test_all_answers_move_under_their_own_keys(pair: Pair) -> None:
    question, lesson = make_practice_question(), lessons_of(pair)[0]
    keys = {
        PracticeAnswer.objects.create(
            enrolment=enrolment,
            lesson=lesson,
            block_id=PRACTICE_BLOCK,
            question=question,
            response="x",
            earned=0,
            possible=1,
        ).pk
        for enrolment in (*pair, pair[1])
    }
    merge(pair[0].participant, pair[1].participant)
    assert set(PracticeAnswer.objects.filter(enrolment=pair[0]).values_list("pk", flat=True)) == keys


@pytest.mark.parametrize("first", [0, 1])
def test_of_two_notes_at_one_place_both_texts_stay_the_earlier_one_first(pair: Pair, first: int) -> None:
    lesson, other = lessons_of(pair)
    write(pair[first], lesson, "Dulu", days_ago=2)
    write(pair[1 - first], lesson, "Lalu", days_ago=1)
    write(pair[1], other, "Hanya di sini", days_ago=3)
    record = merge(pair[0].participant, pair[1].participant)
    notes = {note.lesson_id: note for note in ReflectionNote.objects.filter(enrolment=pair[0])}
    assert {pk: note.text for pk, note in notes.items()} == {
        lesson.pk: "Dulu\n\nLalu",
        other.pk: "Hanya di sini",
    }
    assert all(
        note.pk == note_id(enrolment=pair[0], lesson=note.lesson, block_id=NOTE_BLOCK)
        for note in notes.values()
    )
    assert not ReflectionNote.objects.filter(enrolment=pair[1]).exists()
    assert "Dulu" not in str(record.moved)
    assert "Lalu" not in str(record.moved)


def test_the_same_text_twice_stays_once_and_writing_goes_on(pair: Pair) -> None:
    lesson = lessons_of(pair)[0]
    for enrolment in pair:
        write(enrolment, lesson, "Sama", days_ago=1)
    merge(pair[0].participant, pair[1].participant)
    assert ReflectionNote.objects.get().text == "Sama"
    keep_note(enrolment=pair[0], lesson=lesson, block_id=NOTE_BLOCK, text="Baru")
    keep_note(enrolment=pair[0], lesson=lesson, block_id=uuid.uuid4(), text="Lain")
    assert ReflectionNote.objects.filter(enrolment=pair[0]).count() == 2
