"""What the author of a page should look at again."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.enums import Attention
from assessments.models import LegalBasis
from courses.models.lesson import LessonPage


class ReviewTaskQuerySet(models.QuerySet["ReviewTask"]):
    def waiting(self) -> "ReviewTaskQuerySet":
        return self.filter(closed_at=None)

    def for_user(self, user: Any, *, may_review: bool) -> "ReviewTaskQuerySet":
        """Of one's own pages. Pages from files have no owner: whoever keeps the register sees them."""
        own = Q(page__owner=user)
        return self.filter(own | Q(page__owner=None) if may_review else own)


class ReviewTask(models.Model):
    """A lesson cites a rule that no longer holds, or that somebody must look at. Once for each such pair.

    Wagtail's comments need somebody who writes them, its workflow tasks a draft; this needs neither.
    """

    REASONS = (Attention.REVOKED, Attention.DUE)

    page = models.ForeignKey(LessonPage, on_delete=models.CASCADE, related_name="review_tasks")
    basis = models.ForeignKey(LegalBasis, on_delete=models.CASCADE, related_name="review_tasks")
    reason = models.CharField(
        _("reason"), max_length=8, choices=[(each.value, each.label) for each in REASONS]
    )
    opened_at = models.DateTimeField(_("since"), default=timezone.now)
    closed_at = models.DateTimeField(_("done"), null=True, blank=True)

    objects = ReviewTaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("review task")
        verbose_name_plural = _("review tasks")
        ordering = ["opened_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["page", "basis"], name="review_task_once"),
            models.CheckConstraint(
                condition=Q(reason__in=["revoked", "due"]), name="review_task_has_known_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.page}: {self.basis}"
