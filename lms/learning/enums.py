"""Closed vocabularies of learning records."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Occasion(models.TextChoices):
    """When a test is taken."""

    PRE = "pre", _("Pre-test")
    POST = "post", _("Post-test")
