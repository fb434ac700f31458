"""Light copies of pictures: made when a picture is uploaded, so that pages only name them."""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any

import PIL.Image
import willow
from django.core.files import File
from django.core.files.base import ContentFile
from wagtail.images.models import Filter, SourceImageIOError

from assessments.redrawing import redraw
from courses.intake import HEAVY, LIGHT_PICTURE
from courses.intake.pictures import LONGEST_SIDE, MAX_DOTS
from courses.models import PreparedPicture

logger = logging.getLogger(__name__)

NARROW = 360
# From good to bare: the first that is light enough is taken. A width and a place in the qualities below.
_LADDER = ((640, 0), (640, 1), (560, 1), (480, 1), (480, 2), (400, 2), (320, 2), (240, 2), (160, 2))
_QUALITIES = {"avif": (52, 42, 32), "webp": (68, 55, 40), "jpeg": (72, 60, 42)}
# For who asks: as good as it gets below the weight at which people are warned.
_LARGE_LADDER = ((1_280, 72), (1_280, 55), (1_024, 45))
# Only a picture that is clearly larger than its small copy has a link to a large one.
_WORTH_A_LINK = 1.25
# Where cameras and programs write beside the picture.
_TELLING = ("exif", "xmp", "XML:com.adobe.xmp", "comment", "photoshop")


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A copy in memory."""

    spec: str
    format: str
    width: int
    height: int
    data: bytes

    @property
    def weight_of_a_dot(self) -> float:
        return len(self.data) / (self.width * self.height)


def prepare_picture(image: Any) -> PreparedPicture | None:
    """Make the light copies of a picture, unless they are there. None if its file cannot be read.

    Costs some seconds of the processor, so it runs where an author waits for an upload, never for a reader.
    """
    existing: PreparedPicture | None = PreparedPicture.objects.filter(pk=image.pk).first()
    if existing is not None and existing.fits(image):
        return existing
    try:
        with image.open_file() as file:
            original = file.read()
        small, large = _copies(image, original)
        values = {
            "source": image.file.name,
            "small": [_kept(image, copy) for copy in small],
            "large": _kept(image, large) if large else {},
        }
    except (OSError, SourceImageIOError, ValueError) as error:
        logger.warning("No light copies of image %s: %s", image.pk, error)
        return None
    return PreparedPicture.objects.update_or_create(image=image, defaults=values)[0]


def prepare_pictures(images: Iterable[Any]) -> int:
    """How many of them have light copies now."""
    return sum(prepare_picture(image) is not None for image in images)


def _copies(image: Any, original: bytes) -> tuple[list[_Drawn], _Drawn | None]:
    by_format = {name: list(_small_copies(image, original, name)) for name in _QUALITIES}
    if by_format["avif"][-1].weight_of_a_dot >= by_format["webp"][-1].weight_of_a_dot:
        # Browsers take the first format that they know, so one that is no lighter is not offered.
        del by_format["avif"]
    small = [copy for copies in by_format.values() for copy in copies]
    widest = max(copy.width for copy in small)
    if image.width < widest * _WORTH_A_LINK:
        return small, None
    for width, quality in _LARGE_LADDER:
        large = _draw(image, original, "webp", width, quality)
        if len(large.data) <= HEAVY:
            break
    return small, large


def _small_copies(image: Any, original: bytes, name: str) -> Iterator[_Drawn]:
    """A narrow copy for simple screens, if it is narrower, and the best that is light enough."""
    for width, step in _LADDER:
        best = _draw(image, original, name, width, _QUALITIES[name][step])
        if len(best.data) <= LIGHT_PICTURE:
            break
    if best.width > NARROW:
        narrow = _draw(image, original, name, NARROW, _QUALITIES[name][step])
        if len(narrow.data) < len(best.data):
            yield narrow
    yield best


def _draw(image: Any, original: bytes, name: str, width: int, quality: int) -> _Drawn:
    # A tall picture is as heavy as a wide one: no side is longer than twice the width.
    spec = f"max-{width}x{width * 2}|format-{name}|{name}quality-{quality}"
    output = BytesIO()
    Filter(spec=spec).run(image, output, source=File(BytesIO(original), name=image.file.name))
    data = output.getvalue()
    width, height = _size_of(data)
    return _Drawn(spec, name, width, height, data)


def _size_of(data: bytes) -> tuple[int, int]:
    width, height = willow.Image.open(BytesIO(data)).get_size()
    return width, height


def _kept(image: Any, copy: _Drawn) -> dict[str, Any]:
    """Store a copy as a rendition of Wagtail's."""
    key = Filter(spec=copy.spec).get_cache_key(image)
    suffix = "jpg" if copy.format == "jpeg" else copy.format
    name = f"{image.pk}.{copy.spec.replace('|', '.')}.{suffix}"
    rendition, _created = image.renditions.get_or_create(
        filter_spec=copy.spec,
        focal_point_key=key,
        defaults={"file": File(BytesIO(copy.data), name=name)},
    )
    return {
        "format": copy.format,
        "width": copy.width,
        "height": copy.height,
        "size": len(copy.data),
        "name": rendition.file.name,
    }


def clean_stored_picture(*, image: Any) -> bool:
    """Draw the original of an earlier upload anew if it still tells more than it shows. True if it did."""
    try:
        with image.open_file() as file:
            data = file.read()
        with PIL.Image.open(BytesIO(data)) as picture:
            tells = bool(picture.getexif()) or any(key in picture.info for key in _TELLING)
        if not tells:
            return False
        clean = redraw(data, longest_side=LONGEST_SIDE, most_dots=MAX_DOTS, quality=88)
    except (OSError, SourceImageIOError, ValueError) as error:
        logger.warning("Image %s was not cleaned: %s", image.pk, error)
        return False
    old, name = image.file.name, PurePosixPath(image.file.name)
    image.file = ContentFile(clean.data, name.stem + clean.suffix)
    image._set_image_file_metadata()
    image.save()
    image.file.storage.delete(old)
    image.renditions.all().delete()
    return True
