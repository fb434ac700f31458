"""Pictures from files: never stored as they came, always drawn anew."""

import hashlib
import uuid
from dataclasses import dataclass
from pathlib import PurePosixPath

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from assessments.datasets.drafts import PictureDraft
from assessments.enums import MediaKind
from assessments.models import QuestionMedia
from assessments.redrawing import GIF, PNG, USUAL, WEBP, NotAPictureError, TooManyDotsError, redraw

MAX_PIXELS = 25_000_000
LONGEST_SIDE = 1_600
# What comes in one of these is kept as it looks, dot by dot.
_DRAWINGS = (PNG, GIF, WEBP)


class BadPictureError(ValueError):
    """Not a picture that we read, with the reason as a sentence."""


@dataclass(frozen=True, slots=True)
class CleanPicture:
    """A picture drawn on a new canvas: no place, no camera, nothing hidden behind it."""

    name: str
    alternative: str
    data: bytes
    content_type: str

    @property
    def record(self) -> QuestionMedia:
        """The unsaved record. Its identity is made of the content, so the same picture is the same record."""
        title = self.name[:120]
        words = self.alternative or title
        digest = hashlib.sha256("\0".join([title, words]).encode() + b"\0" + self.data)
        return QuestionMedia(
            pk=uuid.UUID(bytes=digest.digest()[:16]),
            kind=MediaKind.IMAGE,
            title=title,
            content_type=self.content_type,
            alternative=words,
        )

    def save(self) -> QuestionMedia:
        """The stored picture; the same picture with the same words is stored once."""
        media = self.record
        known = QuestionMedia.objects.filter(pk=media.pk).first()
        if known is not None:
            return known
        suffix = ".jpg" if self.content_type == "image/jpeg" else ".png"
        media.file.save(f"picture{suffix}", ContentFile(self.data), save=False)
        media.save(force_insert=True)
        return media


def clean_picture(draft: PictureDraft) -> CleanPicture:
    """Draw the picture anew, no larger than a screen. Raises BadPictureError."""
    name = PurePosixPath(draft.name.replace("\\", "/")).name or "picture"
    try:
        picture = redraw(
            draft.data,
            longest_side=LONGEST_SIDE,
            most_dots=MAX_PIXELS,
            formats=(*USUAL, GIF),
            drawings=_DRAWINGS,
        )
    except TooManyDotsError as error:
        raise BadPictureError(_("A picture has more than 25 million dots. Make it smaller.")) from error
    except NotAPictureError as error:
        raise BadPictureError(_("“%(name)s” is not a picture that we can read.") % {"name": name}) from error
    return CleanPicture(name, draft.alternative, picture.data, picture.content_type)
