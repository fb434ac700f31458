"""Tries at assessments: what was shown, what was answered, what counts."""

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.models import Assessment, AssessmentForm, Question
from lms.cohorts.models import Enrolment
from lms.ids import new_id
from lms.learning.enums import ClosedBy, Mode, Occasion

# What was given in time may arrive a little later: a slow line is not the person's fault.
GRACE = timedelta(seconds=60)


class AttemptQuerySet(models.QuerySet["Attempt"]):
    def counted(self) -> "AttemptQuerySet":
        """Without those declared void: the only attempts that results, rules and reports may read."""
        return self.filter(voided_at__isnull=True)

    def with_result(self) -> "AttemptQuerySet":
        """Those that count and have a score: handed in, and marked where a person marks."""
        return self.counted().filter(score__isnull=False)

    def first_tries(self) -> "AttemptQuerySet":
        """Of those that count, the first of each person on each occasion. A void first try hands its place
        to the next one."""
        earlier = Attempt.objects.counted().filter(
            enrolment=models.OuterRef("enrolment"),
            assessment=models.OuterRef("assessment"),
            occasion=models.OuterRef("occasion"),
            number__lt=models.OuterRef("number"),
        )
        return self.counted().filter(~models.Exists(earlier))


class Attempt(models.Model):
    """One try at an assessment on an occasion. Its id is random: it stands in URLs."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="attempts")
    # Also reachable through the form; here so that a constraint can name it.
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="attempts")
    occasion = models.CharField(_("occasion"), max_length=8, choices=Occasion.choices)
    number = models.PositiveSmallIntegerField(_("try"), default=1)
    form = models.ForeignKey(AssessmentForm, on_delete=models.PROTECT, related_name="attempts")
    mode = models.CharField(_("how"), max_length=6, choices=Mode.choices, default=Mode.SELF)
    # Who wrote down what the participant said: a scribe by name, staff by account.
    scribe_name = models.CharField(_("scribe"), max_length=120, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("entered by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    # How often the attempt was opened: the server's own order of devices and tabs.
    sittings = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField(default=timezone.now)
    submitted_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.CharField(max_length=8, choices=ClosedBy.choices, blank=True)
    # Empty after handing in while a person still has to mark answers that earn points.
    score = models.PositiveSmallIntegerField(_("points"), null=True, blank=True)
    max_score = models.PositiveSmallIntegerField(_("points possible"))
    # The limit is frozen at the start; what a trainer grants is added beside it.
    time_limit_seconds = models.PositiveIntegerField(null=True, blank=True)
    extra_seconds = models.PositiveIntegerField(default=0)
    paused_at = models.DateTimeField(null=True, blank=True)
    paused_seconds = models.PositiveIntegerField(default=0)
    voided_at = models.DateTimeField(null=True, blank=True)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        ordering = ["enrolment", "occasion", "number"]
        permissions = [
            ("manage_attempt", "Can reopen, extend, pause and void attempts"),
            ("regrade_attempt", "Can regrade attempts after a key was corrected"),
            ("mark_attempt", "Can mark open answers"),
            ("enter_attempt", "Can enter answers for participants"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "assessment", "occasion", "number"], name="attempt_once"
            ),
            models.UniqueConstraint(
                fields=["enrolment", "assessment", "occasion"],
                condition=models.Q(submitted_at__isnull=True, voided_at__isnull=True),
                name="attempt_one_open",
            ),
            models.CheckConstraint(
                condition=models.Q(submitted_at__isnull=False) | models.Q(score__isnull=True),
                name="attempt_scored_when_submitted",
            ),
            models.CheckConstraint(
                condition=models.Q(score__isnull=True) | models.Q(score__lte=models.F("max_score")),
                name="attempt_score_within_max",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.occasion} {self.number}"

    @property
    def awaits_marking(self) -> bool:
        """Handed in, but a person still has to mark answers before there is a result."""
        return self.submitted_at is not None and self.score is None

    def deadline(self, now: datetime | None = None) -> datetime | None:
        """When the time is over, by the server's clock; None without a limit. While paused it moves on."""
        if self.time_limit_seconds is None:
            return None
        seconds = self.time_limit_seconds + self.extra_seconds + self.paused_seconds
        end = self.started_at + timedelta(seconds=seconds)
        if self.paused_at is not None:
            end += (now or timezone.now()) - self.paused_at
        return end

    def seconds_left(self, now: datetime | None = None) -> int | None:
        """Whole seconds until the deadline, 0 when it has passed; None without a limit."""
        moment = now or timezone.now()
        end = self.deadline(moment)
        return None if end is None else max(0, int((end - moment).total_seconds()))

    def is_overdue(self, now: datetime | None = None) -> bool:
        """Whether the time and the grace after it are over: what arrives now is late."""
        moment = now or timezone.now()
        end = self.deadline(moment)
        return end is not None and moment > end + GRACE


class AttemptItem(models.Model):
    """A question as this attempt shows it: version, place and option order are frozen here."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    attempt = models.ForeignKey(Attempt, on_delete=models.PROTECT, related_name="items")
    position = models.PositiveSmallIntegerField()
    section = models.PositiveSmallIntegerField(default=1)
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="attempt_items")
    kind = models.CharField(max_length=20)
    points = models.PositiveSmallIntegerField()
    option_order = models.JSONField(default=list)
    offers_dont_know = models.BooleanField(default=False)
    # A mark of the participant: "look at this again".
    flagged = models.BooleanField(default=False)
    # Points earned, written at submission; empty while a person has to mark it.
    earned = models.PositiveSmallIntegerField(null=True, blank=True)
    # "I do not know" was the answer that counted, written at submission.
    dont_know = models.BooleanField(default=False)
    # The corrected version whose key scored this item, if it was regraded; ``question`` stays what was shown.
    scored_with = models.ForeignKey(
        Question, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

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
    # Arrived after the time was over: kept as evidence, not counted.
    is_late = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["sitting", "sequence", "id"]

    def __str__(self) -> str:
        return f"{self.item_id} {self.sitting}.{self.sequence}"
