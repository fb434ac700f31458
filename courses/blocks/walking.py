"""Find things inside the blocks of a lesson, however deep they lie."""

from collections.abc import Iterator
from typing import Any

from wagtail.blocks.list_block import ListValue
from wagtail.blocks.stream_block import StreamValue
from wagtail.blocks.struct_block import StructValue


def values_of(model: type, value: Any) -> Iterator[Any]:
    """Every chosen record of a model in a value of blocks, as often as it stands there."""
    if isinstance(value, model):
        yield value
    elif isinstance(value, StructValue):
        for part in value.values():
            yield from values_of(model, part)
    elif isinstance(value, StreamValue):
        for child in value:
            yield from values_of(model, child.value)
    elif isinstance(value, ListValue):
        for part in value:
            yield from values_of(model, part)
