"""What a lesson weighs on the line: pictures load with the page, files only when somebody asks for them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from courses.checker.words import RawBlock
from courses.intake import HEAVY, LIGHT_PICTURE
from courses.models import PreparedPicture

# Bytes. Above these somebody on a thin line waits, or pays.
PAGE_LIMIT = 100_000
FILE_LIMIT = HEAVY
# Style sheet, script, signs and the frame of the page, compressed: measured on a lesson without pictures.
_FRAME = 15_000
# Text shrinks on the way to about a third.
_TEXT_SHRINKS = 3
_IN_PAGE = ("image", "poster")


@dataclass(frozen=True, slots=True)
class Weight:
    """A block and the bytes that it brings."""

    place: int
    kind: str
    bytes: int


@dataclass(frozen=True, slots=True)
class Weights:
    """``page``: what a first visit loads. ``heaviest``: three blocks of it. ``files``: too heavy ones."""

    page: int
    heaviest: tuple[Weight, ...]
    files: tuple[Weight, ...]

    @property
    def is_heavy(self) -> bool:
        return self.page > PAGE_LIMIT


def weigh(blocks: list[RawBlock]) -> Weights:
    """The weight of a body. Three queries at most, whatever it holds."""
    pictures, files = dict(_numbers(blocks, _IN_PAGE)), dict(_numbers(blocks, ("file",)))
    bytes_of = _picture_bytes({number for numbers in pictures.values() for number in numbers})
    in_page = []
    for place, block in enumerate(blocks, start=1):
        words = len(repr(block.get("value")).encode()) // _TEXT_SHRINKS
        brought = sum(bytes_of.get(number, 0) for number in pictures.get(place, ()))
        in_page.append(Weight(place, str(block.get("type", "")), words + brought))
    of_files = _file_bytes({number for numbers in files.values() for number in numbers})
    heavy_files = tuple(
        Weight(place, str(blocks[place - 1].get("type", "")), of_files[number])
        for place, numbers in files.items()
        for number in numbers
        if of_files.get(number, 0) > FILE_LIMIT
    )
    by_weight = sorted(in_page, key=lambda weight: -weight.bytes)
    return Weights(_FRAME + sum(weight.bytes for weight in in_page), tuple(by_weight[:3]), heavy_files)


def _numbers(blocks: Iterable[RawBlock], names: tuple[str, ...]) -> Iterator[tuple[int, list[int]]]:
    for place, block in enumerate(blocks, start=1):
        value = block.get("value")
        if isinstance(value, dict):
            yield place, [n for name in names if isinstance(n := value.get(name), int)]


def _picture_bytes(numbers: set[int]) -> dict[int, int]:
    """What a phone loads of each picture: its light copy, or what that will weigh at most."""
    if not numbers:
        return {}
    prepared = PreparedPicture.objects.filter(pk__in=numbers)
    known = {row.pk: max(copy.size for copy in row.offered[0]) for row in prepared if row.small}
    others = get_image_model().objects.filter(pk__in=numbers - set(known))
    return known | {image.pk: min(_whole(image), LIGHT_PICTURE) for image in others}


def _whole(image: Any) -> int:
    return image.file_size or _stored_bytes(image.file)


def _file_bytes(numbers: set[int]) -> dict[int, int]:
    if not numbers:
        return {}
    documents = get_document_model().objects.filter(pk__in=numbers)
    return {each.pk: each.file_size or _stored_bytes(each.file) for each in documents}


def _stored_bytes(file: Any) -> int:
    """A file whose record outlived it weighs nothing."""
    try:
        return int(file.size)
    except (OSError, ValueError):
        return 0
