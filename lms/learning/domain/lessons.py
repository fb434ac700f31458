"""Progress through lessons."""

import uuid

from django.db import transaction
from django.utils import timezone

from courses.models import LessonPage
from lms.cohorts.models import Enrolment
from lms.learning.models import LessonProgress

_NAMESPACE = uuid.UUID("5b0c4f0e-6d0e-5a53-9f3a-7a1f1d1f0c55")


def progress_id(*, enrolment: Enrolment, lesson: LessonPage) -> uuid.UUID:
    """The key that every device derives for this person and lesson, whichever translation was read."""
    return uuid.uuid5(_NAMESPACE, f"{enrolment.pk}/{lesson.translation_key}")


def open_lesson(*, enrolment: Enrolment, lesson: LessonPage) -> None:
    """Record that a lesson of the cohort's course was opened; only the first time counts. One statement."""
    key = progress_id(enrolment=enrolment, lesson=lesson)
    progress = LessonProgress(pk=key, enrolment=enrolment, lesson=lesson)
    LessonProgress.objects.bulk_create([progress], ignore_conflicts=True)


def complete_lesson(*, enrolment: Enrolment, lesson: LessonPage) -> LessonProgress:
    """Mark a lesson as done. Done again, it keeps the time of the first."""
    with transaction.atomic():
        open_lesson(enrolment=enrolment, lesson=lesson)
        own = LessonProgress.objects.filter(enrolment=enrolment, lesson=lesson)
        own.filter(completed_at=None).update(completed_at=timezone.now())
        return own.get()
