"""Pictures and recordings of questions."""

import uuid
from pathlib import Path

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.enums import MediaKind
from assessments.storage import private_files


def media_path(media: "QuestionMedia", filename: str) -> str:
    """A name that tells nothing: files of an instrument are served by a view that asks who looks."""
    return f"questions/{uuid.uuid4().hex}{Path(filename).suffix.lower()}"


class QuestionMedia(models.Model):
    """A picture or recording of questions and options. Private: never below the public media address."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("kind"), max_length=5, choices=MediaKind.choices)
    title = models.CharField(_("title"), max_length=120)
    file = models.FileField(_("file"), upload_to=media_path, storage=private_files)
    content_type = models.CharField(max_length=60, editable=False)
    alternative = models.TextField(
        _("in words"),
        help_text=_("What the picture shows, or what is said: for people who cannot see or hear it."),
    )
    credit = models.CharField(_("credit"), max_length=200, blank=True)
    uploaded_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("picture or recording")
        verbose_name_plural = _("pictures and recordings")
        ordering = ["title", "pk"]

    def __str__(self) -> str:
        return self.title
