"""What happened to people: lesson progress, attempts, answers, completion."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.models import AssessmentForm, Question
from courses.models import LessonPage
from lms.cohorts.models import Enrolment
from lms.ids import new_id
from lms.learning.enums import Occasion


class LessonProgress(models.Model):
    """A lesson opened, and finished, by an enrolled person.

    ``lesson`` is the page in the cohort's own course, whichever translation was read. The key is derived
    from both (uuid5), so that two devices which record the same progress make the same row.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="lesson_progress")
    lesson = models.ForeignKey(LessonPage, on_delete=models.PROTECT, related_name="progress")
    opened_at = models.DateTimeField(default=timezone.now)
    completed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("lesson progress")
        verbose_name_plural = _("lesson progress")
        constraints = [models.UniqueConstraint(fields=["enrolment", "lesson"], name="lesson_progress_once")]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.lesson_id}"


class Attempt(models.Model):
    """One try at a form on an occasion. Its id is random: it stands in URLs."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="attempts")
    occasion = models.CharField(_("occasion"), max_length=4, choices=Occasion.choices)
    number = models.PositiveSmallIntegerField(_("try"), default=1)
    form = models.ForeignKey(AssessmentForm, on_delete=models.PROTECT, related_name="attempts")
    # How often the attempt was opened: the server's own order of devices and tabs.
    sittings = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField(default=timezone.now)
    submitted_at = models.DateTimeField(null=True, blank=True)
    score = models.PositiveSmallIntegerField(_("points"), null=True, blank=True)
    max_score = models.PositiveSmallIntegerField(_("points possible"))

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        ordering = ["enrolment", "occasion", "number"]
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "occasion", "number"], name="attempt_once"),
            models.UniqueConstraint(
                fields=["enrolment", "occasion"],
                condition=models.Q(submitted_at__isnull=True),
                name="attempt_one_open",
            ),
            models.CheckConstraint(
                condition=models.Q(submitted_at__isnull=True, score__isnull=True)
                | models.Q(submitted_at__isnull=False, score__isnull=False),
                name="attempt_scored_when_submitted",
            ),
            models.CheckConstraint(
                condition=models.Q(score__isnull=True) | models.Q(score__lte=models.F("max_score")),
                name="attempt_score_within_max",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.occasion} {self.number}"


class AttemptItem(models.Model):
    """A question as this attempt shows it: version, place and option order are frozen here."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    attempt = models.ForeignKey(Attempt, on_delete=models.PROTECT, related_name="items")
    position = models.PositiveSmallIntegerField()
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="attempt_items")
    kind = models.CharField(max_length=20)
    points = models.PositiveSmallIntegerField()
    option_order = models.JSONField(default=list)
    # Points earned, written once at submission.
    earned = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        verbose_name = _("attempt item")
        verbose_name_plural = _("attempt items")
        ordering = ["attempt", "position"]
        constraints = [
            models.UniqueConstraint(fields=["attempt", "position"], name="attempt_item_position_once"),
            models.UniqueConstraint(fields=["attempt", "question"], name="attempt_item_question_once"),
            models.CheckConstraint(
                condition=models.Q(earned__isnull=True) | models.Q(earned__lte=models.F("points")),
                name="attempt_item_earned_within_points",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id} {self.position}"


class AnswerEvent(models.Model):
    """An answer given. Append-only; the key comes from the client, so a retry cannot count twice.

    The current answer of an item is the event with the greatest (sitting, sequence), whatever the order
    of arrival; events with the same pair are ordered by id.
    """

    id = models.UUIDField(primary_key=True)
    item = models.ForeignKey(AttemptItem, on_delete=models.PROTECT, related_name="answers")
    sitting = models.PositiveIntegerField()
    sequence = models.PositiveIntegerField()
    response = models.JSONField(null=True)
    received_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["sitting", "sequence", "id"]

    def __str__(self) -> str:
        return f"{self.item_id} {self.sitting}.{self.sequence}"


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
