"""What people do in a lesson beside reading: practice answers and private notes."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.questions.base import Question
from courses.models import LessonPage
from lms.cohorts.models import Enrolment


class PracticeAnswer(models.Model):
    """One try at a practice question of a lesson. Append-only: another try is another row.

    ``lesson`` is the page in the cohort's own course and ``block_id`` the place in it, which all translations
    share; ``question`` is the version that was shown. The key comes with the form, so that a form sent twice
    counts once. Earned and possible are parts, not points: practice enters no score.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="practice_answers")
    lesson = models.ForeignKey(LessonPage, on_delete=models.PROTECT, related_name="practice_answers")
    block_id = models.UUIDField()
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="practice_answers")
    response = models.JSONField()
    earned = models.PositiveSmallIntegerField()
    possible = models.PositiveSmallIntegerField()
    answered_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("practice answer")
        verbose_name_plural = _("practice answers")
        ordering = ["answered_at", "id"]
        indexes = [models.Index(fields=["enrolment", "lesson"], name="practice_of_a_lesson")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(earned__lte=models.F("possible")), name="practice_earned_is_possible"
            )
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.question_id}: {self.earned}/{self.possible}"


class ReflectionNote(models.Model):
    """What a participant wrote for oneself at a reflection. Only that person reads it: no staff page, report,
    list or search may ever use this table.

    The key is derived (uuid5) like that of progress, so two devices write the same note; the later text
    stays.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="reflection_notes")
    lesson = models.ForeignKey(LessonPage, on_delete=models.PROTECT, related_name="reflection_notes")
    block_id = models.UUIDField()
    # Longer only where two notes of one person were put together.
    text = models.TextField()
    updated_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("reflection note")
        verbose_name_plural = _("reflection notes")
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "lesson", "block_id"], name="reflection_note_once")
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.block_id}"
