"""Progress through lessons, and the moment a course is completed."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.models import LessonPage
from lms.cohorts.models import Enrolment, Meeting
from lms.learning.enums import StudyMode


class LessonProgress(models.Model):
    """A lesson opened, and finished, by an enrolled person.

    ``lesson`` is the page in the cohort's own course, whichever translation was read. The key is derived
    from both (uuid5), so that two devices which record the same progress make the same row.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="lesson_progress")
    lesson = models.ForeignKey(LessonPage, on_delete=models.PROTECT, related_name="progress")
    opened_at = models.DateTimeField(default=timezone.now)
    # When the person last came to it from another lesson; the newest one is "where I was".
    visited_at = models.DateTimeField(null=True, blank=True)
    completed_at = models.DateTimeField(null=True, blank=True)
    # A lesson studied together was done in a meeting, and somebody of the staff says so.
    mode = models.CharField(
        _("how it was studied"), max_length=8, choices=StudyMode.choices, default=StudyMode.ALONE
    )
    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="lessons_studied"
    )
    credited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("lesson progress")
        verbose_name_plural = _("lesson progress")
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "lesson"], name="lesson_progress_once"),
            models.CheckConstraint(
                condition=models.Q(mode=StudyMode.ALONE, meeting__isnull=True)
                | models.Q(mode=StudyMode.TOGETHER, meeting__isnull=False, completed_at__isnull=False),
                name="lesson_together_in_a_meeting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.lesson_id}"


class Completion(models.Model):
    """The moment an enrolment met its cohort's rule. Written once, never taken back."""

    enrolment = models.OneToOneField(
        Enrolment, on_delete=models.PROTECT, primary_key=True, related_name="completion"
    )
    completed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("completion")
        verbose_name_plural = _("completions")

    def __str__(self) -> str:
        return str(self.enrolment_id)
