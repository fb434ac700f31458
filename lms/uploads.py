"""Files that people send: taken in only after they were opened and, pictures, drawn anew."""

from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from assessments.redrawing import NotAPictureError, TooManyDotsError, redraw

MAX_BYTES = 10 * 1024 * 1024
_LONGEST_SIDE = 2048
# A small file may unfold to a picture that fills the memory.
_MAX_PIXELS = 50_000_000
_PDF = b"%PDF-"


@dataclass(frozen=True, slots=True)
class CleanFile:
    """What may be kept, by what the file is and not by what it is called."""

    content: bytes
    content_type: str
    suffix: str


def taken_in(upload: Any) -> CleanFile:
    """A photo, drawn anew, or a PDF as it is. Raises ValidationError (``file``).

    A photo is at most 2048 pixels long: what the camera wrote beside it (place, time, device) is gone.
    """
    raw = _read(upload)
    if _is_pdf(raw):
        return CleanFile(raw, "application/pdf", ".pdf")
    return _redrawn(
        raw, _("This is not a photo or PDF that can be opened. Choose a JPEG, PNG or WebP photo, or a PDF.")
    )


def photo_taken_in(upload: Any) -> CleanFile:
    """A photo, drawn anew like in ``taken_in``, and nothing else. Raises ValidationError (``file``)."""
    return _redrawn(
        _read(upload), _("This is not a photo that can be opened. Choose a JPEG, PNG or WebP photo.")
    )


def shown_name(name: Any) -> str:
    """The last part of the name, without what cannot be printed: it is shown, never used as a path."""
    last = PurePath(str(name or "").replace("\\", "/")).name
    return "".join(letter for letter in last if letter.isprintable())[:200]


def _read(upload: Any) -> bytes:
    if upload.size > MAX_BYTES:
        raise _refusal(_("This file is larger than 10 MB. Take a smaller photo, or send fewer pages."))
    content: bytes = upload.read()
    return content


def _is_pdf(raw: bytes) -> bool:
    return raw[:1024].lstrip()[: len(_PDF)] == _PDF


def _redrawn(raw: bytes, unreadable: str) -> CleanFile:
    try:
        picture = redraw(
            raw,
            longest_side=_LONGEST_SIDE,
            most_dots=_MAX_PIXELS,
            quality=82,
            # A photo of a list or a place: always a JPEG.
            drawings=(),
        )
    except TooManyDotsError:
        raise _refusal(_("This picture is too large to open. Take a photo with fewer pixels.")) from None
    except NotAPictureError:
        raise _refusal(unreadable) from None
    return CleanFile(picture.data, picture.content_type, picture.suffix)


def _refusal(text: str) -> ValidationError:
    return ValidationError(text, "file")
