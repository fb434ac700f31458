"""What staff did to attempts: history, regrades, marks."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.models import Question
from lms.ids import new_id
from lms.learning.enums import AttemptAction
from lms.learning.models.attempts import Attempt, AttemptItem


class AttemptRecord(models.Model):
    """What somebody did to an attempt, and why. Append-only: the attempt's history."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    attempt = models.ForeignKey(Attempt, on_delete=models.PROTECT, related_name="records")
    action = models.CharField(_("action"), max_length=10, choices=AttemptAction.choices)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    # Figures before and after, by name.
    # Of a regrade: {"regrade": id, "old": total, "new": total, "items": [{"item", "old", "new"}]}.
    detail = models.JSONField(default=dict, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("attempt record")
        verbose_name_plural = _("attempt records")
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.attempt_id} {self.action} {self.at:%Y-%m-%d %H:%M}"


class Regrade(models.Model):
    """A corrected key applied to attempts that had been scored with the wrong one."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="regrades_from")
    corrected = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="regrades_to")
    reason = models.CharField(_("reason"), max_length=500)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    # How many attempts were looked at, and how many changed their total.
    looked_at = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("regrade")
        verbose_name_plural = _("regrades")
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.question_id} → {self.corrected_id} {self.at:%Y-%m-%d}"


class RubricMark(models.Model):
    """A person's judgement of an open answer or a task. Append-only; the newest counts."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    item = models.ForeignKey(AttemptItem, on_delete=models.PROTECT, related_name="marks")
    # The step of the rubric, 0 for the lowest.
    level = models.PositiveSmallIntegerField(_("level"))
    points = models.PositiveSmallIntegerField(_("points"))
    comment = models.TextField(_("comment for the participant"), blank=True)
    marker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("mark")
        verbose_name_plural = _("marks")
        ordering = ["item", "at", "id"]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.level}"
