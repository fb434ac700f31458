"""A field that Wagtail's index of references would pass over."""

from collections.abc import Iterable, Iterator
from typing import Any

from modelcluster.fields import ParentalManyToManyField


class IndexedManyToManyField(ParentalManyToManyField):
    """A many-to-many field whose records know that they are used. Frozen in migrations as what it is."""

    def extract_references(self, value: Iterable[Any]) -> Iterator[tuple[Any, ...]]:
        for record in value:
            yield type(record), str(record.pk), "item", str(record.pk)

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        name, _path, args, kwargs = super().deconstruct()
        return name, "modelcluster.fields.ParentalManyToManyField", args, kwargs
