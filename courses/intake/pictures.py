"""Pictures of the shared library."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from assessments.redrawing import HEIC, USUAL, NotAPictureError, Redrawn, TooManyDotsError, redraw

MAX_BYTES = 10 * 1024 * 1024
# Kept as the original: enough for a poster on A4, and small pictures for pages are made from it.
LONGEST_SIDE = 2_048
MAX_DOTS = 50_000_000
_HEAD = 4_096


def clean_picture(data: bytes) -> Redrawn:
    """The picture upright and drawn anew: no place, no camera, nothing behind it. HEIC becomes JPEG.

    Raises ValidationError: ``size``, ``drawing`` (SVG), ``page`` (HTML), ``moving`` (GIF), ``type``.
    """
    if len(data) > MAX_BYTES:
        raise ValidationError(
            _(
                "This picture is larger than 10 MB. Send it to yourself in a messenger, which makes it "
                "smaller, save it from there, and choose that file."
            ),
            code="size",
        )
    _refuse_text(data)
    if data.startswith((b"GIF87a", b"GIF89a")):
        raise ValidationError(
            _("GIF pictures are heavy and are not used here. Choose a JPEG, PNG or WebP picture."),
            code="moving",
        )
    try:
        return redraw(data, longest_side=LONGEST_SIDE, most_dots=MAX_DOTS, formats=(*USUAL, HEIC), quality=88)
    except TooManyDotsError as error:
        raise ValidationError(
            _("This picture has more than 50 million dots. Make it smaller and choose it again."), code="size"
        ) from error
    except NotAPictureError as error:
        raise ValidationError(
            _(
                "This file cannot be opened as a picture. Open it on your phone or computer, save it as "
                "JPEG, and choose that file."
            ),
            code="type",
        ) from error


def _refuse_text(data: bytes) -> None:
    """Drawings and web pages may carry programs that run in the browser of who looks at them."""
    head = data[:_HEAD].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if not head.startswith(b"<"):
        return
    if b"<svg" in head:
        raise ValidationError(
            _(
                "SVG drawings can carry programs and are not taken. Save the drawing as PNG and choose "
                "that file."
            ),
            code="drawing",
        )
    raise ValidationError(
        _("This is a web page, not a picture. Save the picture itself as JPEG or PNG and choose that file."),
        code="page",
    )
