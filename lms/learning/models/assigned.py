"""Lessons that somebody is asked to do after the training, because a rule has changed."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.models import LegalBasis
from courses.models import LessonPage
from lms.cohorts.models import Enrolment
from lms.ids import new_id
from lms.people.scoping import ScopedQuerySet


class LessonAssignmentQuerySet(ScopedQuerySet):
    organisation_path = "enrolment__cohort__organisation"
    cohort_path = "enrolment__cohort"


class LessonAssignment(models.Model):
    """An update lesson that waits for one person. Nothing here is progress in the course of the training: it
    enters no completion and no certificate.

    ``enrolment`` is the training in which the person learned ``basis``; ``lesson`` the page that was chosen,
    whichever translation is read.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="lesson_assignments")
    lesson = models.ForeignKey(LessonPage, on_delete=models.PROTECT, related_name="assignments")
    basis = models.ForeignKey(LegalBasis, on_delete=models.PROTECT, related_name="lesson_assignments")
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("given by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    assigned_at = models.DateTimeField(_("given on"), default=timezone.now)
    opened_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    objects = LessonAssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assigned lesson")
        verbose_name_plural = _("assigned lessons")
        ordering = ["assigned_at", "id"]
        permissions = [
            ("assign_unseen_lessonassignment", "Can assign lessons in the own organisations without names")
        ]
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "lesson"], name="lesson_assignment_once"),
            models.CheckConstraint(
                condition=models.Q(done_at=None) | models.Q(opened_at__isnull=False),
                name="lesson_assignment_done_was_opened",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.lesson_id}"
