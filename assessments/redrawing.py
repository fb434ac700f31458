"""The one way in which pictures that people send are taken in: drawn anew, so nothing but the dots is kept.

A picture that is decoded and written again has no place, no camera and no second file behind it. Callers say
in their own words why a picture was refused.
"""

import importlib
import warnings
from collections.abc import Collection
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageOps

JPEG, PNG, WEBP, GIF, HEIC = "JPEG", "PNG", "WEBP", "GIF", "HEIF"
# What phones and computers write. A JPEG with a second picture behind the first (MPO) is read as JPEG.
USUAL = (JPEG, PNG, WEBP)
# Formats that keep clean edges: what comes in one of them is probably drawn, not taken with a camera.
_DRAWN = {PNG, GIF}


class NotAPictureError(ValueError):
    """Cannot be read as one of the wanted formats."""


class TooManyDotsError(ValueError):
    """Would fill the memory when it is unfolded, however small the file is."""


@dataclass(frozen=True, slots=True)
class Redrawn:
    """A picture as it is stored."""

    data: bytes
    content_type: str
    suffix: str


def redraw(
    data: bytes,
    *,
    longest_side: int,
    most_dots: int,
    formats: Collection[str] = USUAL,
    quality: int = 85,
    drawings: Collection[str] = _DRAWN,
) -> Redrawn:
    """The picture upright, at most ``longest_side`` dots long, on a new canvas.

    Written as PNG if it came in one of ``drawings`` or has a see-through part, else as JPEG; with no
    ``drawings`` always as JPEG, see-through parts white. Raises NotAPictureError and TooManyDotsError.
    """
    try:
        with warnings.catch_warnings():
            # Pillow only warns of pictures that are up to twice too large.
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _redrawn(data, longest_side, most_dots, formats, quality, drawings)
    except (NotAPictureError, TooManyDotsError):
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise TooManyDotsError from error
    except Exception as error:
        # Decoders raise whatever they meet: OSError, SyntaxError, struct.error, ValueError, KeyError ...
        raise NotAPictureError from error


def _redrawn(
    data: bytes,
    longest_side: int,
    most_dots: int,
    formats: Collection[str],
    quality: int,
    drawings: Collection[str],
) -> Redrawn:
    if HEIC in formats:
        # Teaches Pillow to read what new phones write; only asked for where it is wanted.
        importlib.import_module("pillow_heif.HeifImagePlugin")
    with Image.open(BytesIO(data), formats=list(formats)) as image:
        if image.width * image.height > most_dots:
            raise TooManyDotsError
        image.draft("RGB", (longest_side, longest_side))
        upright = ImageOps.exif_transpose(image)
        upright.thumbnail((longest_side, longest_side))
        as_png = bool(drawings) and (str(image.format) in drawings or upright.has_transparency_data)
        canvas = _canvas(upright, keep_clear=as_png)
    output = BytesIO()
    if as_png:
        canvas.save(output, "PNG", optimize=True)
        return Redrawn(output.getvalue(), "image/png", ".png")
    canvas.save(output, "JPEG", quality=quality, optimize=True)
    return Redrawn(output.getvalue(), "image/jpeg", ".jpg")


def _canvas(picture: Image.Image, *, keep_clear: bool) -> Image.Image:
    if not picture.has_transparency_data:
        canvas = Image.new("RGB", picture.size)
        canvas.paste(picture.convert("RGB"))
        return canvas
    layer = picture.convert("RGBA")
    if keep_clear:
        canvas = Image.new("RGBA", picture.size)
        canvas.paste(layer)
        return canvas
    paper = Image.new("RGB", picture.size, "white")
    paper.paste(layer, mask=layer.getchannel("A"))
    return paper
