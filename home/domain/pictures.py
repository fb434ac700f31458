"""Pictures of a training: drawn anew in two light sizes, shown only while everybody in them agrees."""

import io
import uuid
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from PIL import Image
from wagtail.log_actions import log

from home.models import NewsPicture
from lms.uploads import CleanFile

SIZES = {"small": (360, 10_000), "large": (1000, 40_000)}
"""Longest side in pixels, and the most bytes."""
_QUALITIES = (76, 66, 56, 46, 36)


def take_in(*, picture: NewsPicture, photo: CleanFile | None, user: Any) -> NewsPicture:
    """Save a picture's words and consent, and draw its photo anew if there is one.

    Who recorded that everybody agrees, and when, is kept and logged; unticking hides the picture at once.
    """
    with transaction.atomic():
        if photo is not None:
            _draw(picture, photo)
        before = NewsPicture.objects.filter(pk=picture.pk).values_list("everybody_agreed", flat=True).first()
        if picture.everybody_agreed and not before:
            picture.agreed_at, picture.agreement_recorded_by = timezone.now(), user
        picture.save()
        if picture.everybody_agreed != bool(before):
            action = "home.picture_agreed" if picture.everybody_agreed else "home.picture_hidden"
            log(picture, action, user=user)
    return picture


def light(photo: bytes, *, side: int, most: int) -> tuple[bytes, int, int]:
    """A JPEG of at most ``most`` bytes whose longest side is at most ``side`` pixels, with its size."""
    with Image.open(io.BytesIO(photo)) as opened:
        drawn = opened.convert("RGB")
    drawn.thumbnail((side, side), Image.Resampling.LANCZOS)
    while True:
        for quality in _QUALITIES:
            made = io.BytesIO()
            drawn.save(made, "JPEG", quality=quality, optimize=True, progressive=True)
            if made.tell() <= most:
                return made.getvalue(), *drawn.size
        drawn = drawn.resize((max(1, drawn.width * 4 // 5), max(1, drawn.height * 4 // 5)))


def _draw(picture: NewsPicture, photo: CleanFile) -> None:
    for name, (side, most) in SIZES.items():
        content, width, height = light(photo.content, side=side, most=most)
        file = getattr(picture, name)
        file.save(f"{uuid.uuid4().hex}.jpg", ContentFile(content), save=False)
        setattr(picture, f"{name}_width", width)
        setattr(picture, f"{name}_height", height)
        setattr(picture, f"{name}_bytes", len(content))
