"""Pictures and recordings as they are stored: known by their content, without what hides behind it."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from assessments.enums import MediaKind
from assessments.redrawing import NotAPictureError, TooManyDotsError, redraw

MEGABYTE = 1024 * 1024
MAX_BYTES = 5 * MEGABYTE
MAX_PIXELS = 40_000_000
LONGEST_SIDE = 1_600


@dataclass(frozen=True, slots=True)
class CleanMedia:
    """What is kept of an upload."""

    kind: MediaKind
    data: bytes
    content_type: str
    suffix: str


def clean_media(data: bytes) -> CleanMedia:
    """A picture drawn anew (no place, no camera, at most 1600 dots a side) or a recording as it came.

    Says what a file is by its content, never by its name. Raises ValidationError (``size``, ``type``).
    """
    if len(data) > MAX_BYTES:
        raise ValidationError(_("The file is larger than 5 MB. Make it smaller and try again."), code="size")
    audio = _audio_type(data)
    if audio is not None:
        return CleanMedia(MediaKind.AUDIO, data, *audio)
    try:
        picture = redraw(data, longest_side=LONGEST_SIDE, most_dots=MAX_PIXELS)
    except TooManyDotsError as error:
        raise ValidationError(_("The picture has too many dots. Make it smaller."), code="size") from error
    except NotAPictureError as error:
        raise ValidationError(
            _("This is no picture (JPEG, PNG, WebP) and no recording (MP3, M4A, OGG) that we can use."),
            code="type",
        ) from error
    return CleanMedia(MediaKind.IMAGE, picture.data, picture.content_type, picture.suffix)


def _audio_type(data: bytes) -> tuple[str, str] | None:
    if data.startswith(b"ID3") or (len(data) > 1 and data[0] == 0xFF and data[1] & 0xE6 == 0xE2):
        return "audio/mpeg", ".mp3"
    if data.startswith(b"OggS"):
        return "audio/ogg", ".ogg"
    if data[4:8] == b"ftyp" and data[8:12] in (b"M4A ", b"mp42", b"isom", b"M4B ", b"mp41", b"dash"):
        return "audio/mp4", ".m4a"
    return None
