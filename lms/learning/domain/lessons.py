"""Progress through lessons: alone, or together in a meeting."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from courses.models import LessonPage
from lms.cohorts.domain import hold_enrolments
from lms.cohorts.enums import COUNTS_AS_PRESENT
from lms.cohorts.models import Cohort, Enrolment, Meeting
from lms.cohorts.stages import Deed, require_stage
from lms.learning.enums import StudyMode
from lms.learning.models import LessonProgress
from lms.learning.queries.practice import missing_practice

_NAMESPACE = uuid.UUID("5b0c4f0e-6d0e-5a53-9f3a-7a1f1d1f0c55")


def progress_id(*, enrolment: Enrolment, lesson: LessonPage) -> uuid.UUID:
    """The key that every device derives for this person and lesson, whichever translation was read."""
    return uuid.uuid5(_NAMESPACE, f"{enrolment.pk}/{lesson.translation_key}")


def open_lesson(*, enrolment: Enrolment, lesson: LessonPage) -> None:
    """Record that a lesson of the cohort's course was opened; only the first time counts. One statement."""
    key = progress_id(enrolment=enrolment, lesson=lesson)
    progress = LessonProgress(pk=key, enrolment=enrolment, lesson=lesson, visited_at=timezone.now())
    LessonProgress.objects.bulk_create([progress], ignore_conflicts=True)


def come_back(*, enrolment: Enrolment, lesson_id: int) -> None:
    """Record that a lesson is on the screen again after another one. One statement."""
    again = LessonProgress.objects.filter(enrolment=enrolment, lesson_id=lesson_id)
    again.update(visited_at=timezone.now())


def complete_lesson(
    *, enrolment: Enrolment, lesson: LessonPage, read: LessonPage | None = None
) -> LessonProgress:
    """Mark a lesson as done: it was read, and each practice question in it answered once, right or not.

    ``read`` is the page that was read, if it is a translation of ``lesson``. Done again, it keeps the time of
    the first; what a lesson asks for later takes nothing away. Raises ValidationError: ``stage``, or
    ``practice`` where an answer is missing.

    One that was credited in a meeting becomes the person's own: taking the credit back leaves it.
    """
    with transaction.atomic():
        require_stage(Cohort.objects.get(pk=enrolment.cohort_id), Deed.LEARN)
        open_lesson(enrolment=enrolment, lesson=lesson)
        own = LessonProgress.objects.filter(enrolment=enrolment, lesson=lesson)
        if own.filter(completed_at=None).exists():
            _require_practice(read or lesson, enrolment, lesson)
        own.filter(completed_at=None).update(completed_at=timezone.now())
        own.filter(mode=StudyMode.TOGETHER).update(mode=StudyMode.ALONE, meeting=None, credited_by=None)
        return own.get()


def _require_practice(read: LessonPage, enrolment: Enrolment, lesson: LessonPage) -> None:
    if missing_practice(read, enrolment=enrolment, lesson_id=lesson.pk):
        raise ValidationError(
            _("Answer the practice question of this lesson first. It need not be right."), code="practice"
        )


@dataclass(frozen=True, slots=True)
class Credited:
    """``people`` were there; ``given`` lessons are done now that were not before, counted by person."""

    people: int
    given: int


def credit_lessons(*, meeting: Meeting, lessons: Sequence[LessonPage], credited_by: Any) -> Credited:
    """Mark lessons as studied together for everybody who was at the meeting, present or late.

    What a person has done alone, or was credited in another meeting, stays as it is. Repeating it reaches
    who came to the list meanwhile. Raises ValidationError (``other_course``) for a lesson that is not in the
    course of the training; then nothing is credited.
    """
    if any(not lesson.path.startswith(meeting.cohort.course.path) for lesson in lessons):
        raise ValidationError(_("This lesson is not in the course of this training."), code="other_course")
    there = Enrolment.objects.filter(attendances__meeting=meeting, attendances__status__in=COUNTS_AS_PRESENT)
    with transaction.atomic():
        people = hold_enrolments(there)
        now, given = timezone.now(), 0
        for lesson in lessons:
            fresh = [
                LessonProgress(
                    pk=progress_id(enrolment=person, lesson=lesson), enrolment=person, lesson=lesson
                )
                for person in people
            ]
            LessonProgress.objects.bulk_create(fresh, ignore_conflicts=True)
            open_ones = LessonProgress.objects.filter(lesson=lesson, enrolment__in=people, completed_at=None)
            given += open_ones.update(
                completed_at=now, mode=StudyMode.TOGETHER, meeting=meeting, credited_by=credited_by
            )
        if lessons:
            data = {
                "meeting": str(meeting),
                "lessons": [str(lesson.code) for lesson in lessons],
                "given": given,
            }
            log(meeting.cohort, "learning.lessons_credited", user=credited_by, data=data)
    return Credited(len(people), given)


def take_back_lesson(*, meeting: Meeting, lesson: LessonPage, taken_back_by: Any) -> int:
    """Undo the credit of a lesson in this meeting; nobody else's progress is touched. How many people.

    Who had opened the lesson has still opened it.
    """
    with transaction.atomic():
        credited = LessonProgress.objects.filter(meeting=meeting, lesson=lesson, mode=StudyMode.TOGETHER)
        count = credited.update(completed_at=None, mode=StudyMode.ALONE, meeting=None, credited_by=None)
        if count:
            data = {"meeting": str(meeting), "lessons": [str(lesson.code)], "taken_back": count}
            log(meeting.cohort, "learning.lessons_taken_back", user=taken_back_by, data=data)
    return count
