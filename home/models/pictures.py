"""Pictures of a training for its news. Imported by ``models``, which others import them from."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.storage import private_files
from lms.cohorts.models import Cohort
from lms.people.scoping import ScopedQuerySet


class NewsPictureQuerySet(ScopedQuerySet):
    organisation_path = "cohort__organisation"
    cohort_path = "cohort"

    def public(self) -> Self:
        """Pictures that everybody may see."""
        return self.filter(everybody_agreed=True)


def news_picture_path(picture: "NewsPicture", filename: str) -> str:
    """A name that tells nothing about training or people."""
    return f"news/{uuid.uuid4().hex}.jpg"


class NewsPicture(models.Model):
    """A photo of a training, drawn anew in two sizes: what the camera wrote beside it is gone.

    Not an image of Wagtail's library: that one is shared by all organisations. Shown to everybody only while
    ``everybody_agreed``; who unticks it takes the picture off every page at once.
    """

    # Random: it stands in the public address. The primary key is a number, as Wagtail's dialogues expect.
    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    cohort = models.ForeignKey(
        Cohort, verbose_name=_("training"), on_delete=models.PROTECT, related_name="news_pictures"
    )
    alt = models.CharField(_("what the picture shows"), max_length=200)
    credit = models.CharField(_("credit"), max_length=120, blank=True)
    everybody_agreed = models.BooleanField(_("everybody in the picture agrees"), default=False)
    agreed_at = models.DateTimeField(_("agreed at"), null=True, blank=True, editable=False)
    agreement_recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    small = models.FileField(upload_to=news_picture_path, storage=private_files, editable=False)
    large = models.FileField(upload_to=news_picture_path, storage=private_files, editable=False)
    # Of the files: width and height in pixels, weight in bytes.
    small_width = models.PositiveSmallIntegerField(editable=False)
    small_height = models.PositiveSmallIntegerField(editable=False)
    small_bytes = models.PositiveIntegerField(editable=False)
    large_width = models.PositiveSmallIntegerField(editable=False)
    large_height = models.PositiveSmallIntegerField(editable=False)
    large_bytes = models.PositiveIntegerField(editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = NewsPictureQuerySet.as_manager()

    class Meta:
        verbose_name = _("news picture")
        verbose_name_plural = _("news pictures")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(everybody_agreed=False) | models.Q(agreed_at__isnull=False),
                name="news_picture_agreement_is_dated",
            )
        ]

    def __str__(self) -> str:
        return self.alt

    @property
    def small_url(self) -> str:
        return reverse("news:picture", args=[self.key, "small"])

    @property
    def large_url(self) -> str:
        return reverse("news:picture", args=[self.key, "large"])
