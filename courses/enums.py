"""Closed vocabularies of courses."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CourseOrder(models.TextChoices):
    """In which order the lessons of a course are meant to be worked through."""

    FREE = "free", _("Free: everybody chooses")
    SEQUENTIAL = "sequential", _("One after the other: a lesson opens when those before it are done")
    AFTER_PRE_TEST = "pretest", _("Free, but only after the pre-test")
