"""Closed vocabularies of courses."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CourseKind(models.TextChoices):
    """What a course is for. Stored empty for the usual one, so that loaded pages do not look edited."""

    TRAINING = "", _("A training")
    UPDATES = "updates", _("Lessons about rules that changed: given to people, never a training of its own")


class CourseOrder(models.TextChoices):
    """In which order the lessons of a course are meant to be worked through."""

    FREE = "free", _("Free: everybody chooses")
    SEQUENTIAL = "sequential", _("One after the other: a lesson opens when those before it are done")
    AFTER_PRE_TEST = "pretest", _("Free, but only after the pre-test")
