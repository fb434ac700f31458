"""Lessons with something to do in them."""

import uuid
from typing import Any

from django.http import HttpResponseBase
from django.test import Client

from assessments.questions.base import Question
from courses.models import LessonPage
from lms.learning.models import PracticeAnswer
from tests.factories import make_single

PRACTICE_BLOCK = uuid.UUID("11111111-1111-5111-8111-111111111111")
NOTE_BLOCK = uuid.UUID("22222222-2222-5222-8222-222222222222")
PROMPT = "Kapan Anda terakhir ikut musyawarah?"


def put_into_lesson(lesson: LessonPage, *questions: Question, note: bool = True) -> LessonPage:
    """Publish the lesson with these practice questions, and a reflection, behind its text."""
    raw = [block for block in lesson.body.raw_data if block["type"] not in ("practice", "reflection")]
    if note:
        raw.append({"type": "reflection", "value": {"prompt": PROMPT}, "id": str(NOTE_BLOCK)})
    for number, question in enumerate(questions):
        raw.append({"type": "practice", "value": question.code, "id": str(block_of(number))})
    lesson.body = LessonPage._meta.get_field("body").stream_block.to_python(raw)
    lesson.save_revision().publish()
    return lesson


def block_of(number: int) -> uuid.UUID:
    """The identity of the first, second … practice block."""
    return PRACTICE_BLOCK if not number else uuid.uuid5(PRACTICE_BLOCK, str(number))


def make_practice_question(code: str = "P-M1.1", **fields: Any) -> Question:
    return make_single(code, **{"bank": "latihan", "feedback": f"{code} umpan balik", **fields})


def option(question: Question, *, right: bool) -> str:
    """The identity of a right or wrong option."""
    choices = question.choices.all()  # type: ignore[attr-defined]
    return str(next(choice.pk for choice in choices if choice.is_correct is right))


def practise(
    client: Client,
    lesson: LessonPage,
    question: Question,
    value: str,
    *,
    number: int = 0,
    client_id: str = "",
    prefix: str = "",
    **fields: Any,
) -> HttpResponseBase:
    """Send an answer as the form of the lesson would."""
    data = {
        "client_id": client_id or str(uuid.uuid4()),
        "version": str(question.pk),
        f"q{number + 1}": value,
        **fields,
    }
    address = f"{prefix}/pelajaran/{lesson.pk}/latihan/{block_of(number)}/"
    return client.post(address, {name: sent for name, sent in data.items() if sent != ""})


def tries() -> int:
    return PracticeAnswer.objects.count()
