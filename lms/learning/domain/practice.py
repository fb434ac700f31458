"""Answering a practice question of a lesson, and keeping a private note."""

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.models import LessonPage
from lms.cohorts.models import Cohort, Enrolment
from lms.cohorts.stages import Deed, require_stage
from lms.learning.domain.assigned import begin_assigned
from lms.learning.domain.lessons import open_lesson
from lms.learning.models import LessonAssignment, PracticeAnswer, ReflectionNote
from lms.learning.queries.practice import PracticeQuestion

NOTE_LENGTH = 2000
_NAMESPACE = uuid.UUID("0d5a7b1c-0b6f-5d0a-8a55-6f0c7d8e4b21")


def answer_practice(
    *,
    enrolment: Enrolment,
    lesson: LessonPage,
    asked: PracticeQuestion,
    event_id: uuid.UUID,
    data: Any,
    assignment: LessonAssignment | None = None,
) -> PracticeAnswer:
    """Keep one try, right or not. ``lesson`` is the one of the cohort's course, or the one that was assigned
    by ``assignment``; ``data`` is the posted form under the names that the kind knows, ``event_id`` came with
    the form: sent twice, it counts once.

    Raises ValidationError: ``empty`` (nothing was chosen), ``stage`` (of the training), or what the kind says
    of an answer that it cannot read.
    """
    question = asked.question
    response = type(question).clean_response(data, asked.order)
    if response is None:
        raise ValidationError(_("Choose or write an answer first, then send it."), code="empty")
    earned, possible = question.score_parts(response)
    answer = PracticeAnswer(
        pk=event_id,
        enrolment=enrolment,
        lesson=lesson,
        block_id=asked.place.block_id,
        question=question,
        response=response,
        earned=earned,
        possible=possible,
    )
    with transaction.atomic():
        _begin(enrolment, lesson, assignment)
        return _file(answer)


def _begin(enrolment: Enrolment, lesson: LessonPage, assignment: LessonAssignment | None) -> None:
    """What was assigned after the training asks for no stage of it and is no progress in it."""
    if assignment is not None:
        begin_assigned(assignment=assignment)
        return
    require_stage(Cohort.objects.get(pk=enrolment.cohort_id), Deed.LEARN)
    open_lesson(enrolment=enrolment, lesson=lesson)


def _file(answer: PracticeAnswer) -> PracticeAnswer:
    """Write it, unless it is there. A page that was gone back to sends its old id with another answer, which
    is a try of its own."""
    try:
        with transaction.atomic():
            answer.save(force_insert=True)
            return answer
    except IntegrityError:
        known = PracticeAnswer.objects.get(pk=answer.pk)
    mine = ("enrolment_id", "block_id", "question_id", "response")
    if all(getattr(known, name) == getattr(answer, name) for name in mine):
        return known
    answer.pk = uuid.uuid4()
    answer.save(force_insert=True)
    return answer


def note_id(*, enrolment: Enrolment, lesson: LessonPage, block_id: uuid.UUID) -> uuid.UUID:
    """The key that every device derives for this person and place, whichever translation was read."""
    return uuid.uuid5(_NAMESPACE, f"{enrolment.pk}/{lesson.translation_key}/{block_id}")


def keep_note(
    *,
    enrolment: Enrolment,
    lesson: LessonPage,
    block_id: uuid.UUID,
    text: str,
    assignment: LessonAssignment | None = None,
) -> None:
    """Keep a private note in place of the one before; an empty one is thrown away.

    Raises ValidationError: ``long`` (over 2,000 characters), ``unreadable``, ``stage`` (of the training).
    """
    text = text.replace("\r\n", "\n").strip()
    if len(text) > NOTE_LENGTH:
        raise ValidationError(
            _("Your note has %(length)d characters; %(most)d fit. Shorten it, then save it again."),
            code="long",
            params={"length": len(text), "most": NOTE_LENGTH},
        )
    if "\x00" in text:
        raise ValidationError(_("This note cannot be saved as it is. Type it once more."), code="unreadable")
    key = note_id(enrolment=enrolment, lesson=lesson, block_id=block_id)
    with transaction.atomic():
        _begin(enrolment, lesson, assignment)
        if not text:
            ReflectionNote.objects.filter(pk=key).delete()
            return
        ReflectionNote.objects.update_or_create(
            pk=key,
            defaults={"text": text, "updated_at": timezone.now()},
            create_defaults={
                "enrolment": enrolment,
                "lesson": lesson,
                "block_id": block_id,
                "text": text,
                "updated_at": timezone.now(),
            },
        )
