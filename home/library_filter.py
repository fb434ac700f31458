"""What a reader of the library chose to see, from the address. Not in ``queries``: models are above it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from django.db.models import QuerySet
from django.utils.http import urlencode

from home.enums import DocumentKind, Topic

_FARTHEST_YEAR = 9999


@dataclass(frozen=True)
class LibraryFilter:
    """Topic, year, kind and village; what makes no sense is not chosen. ``years``: those that there are."""

    topic: str = ""
    year: int | None = None
    kind: str = ""
    village: int | None = None
    years: Sequence[int] = ()

    @classmethod
    def of(cls, asked: Mapping[str, Any], documents: QuerySet[Any]) -> Self:
        """From the address of a list of documents. One query, for the years."""
        years = documents.order_by("-year").values_list("year", flat=True).distinct()
        return cls(
            topic=_known(Topic.values, asked.get("topik")),
            year=_number(asked.get("tahun"), _FARTHEST_YEAR),
            kind=_known(DocumentKind.values, asked.get("jenis")),
            village=_number(asked.get("desa"), 2**31 - 1),
            years=list(years),
        )

    def narrow(self, documents: QuerySet[Any]) -> QuerySet[Any]:
        chosen = {"topic": self.topic, "year": self.year, "kind": self.kind, "village": self.village}
        return documents.filter(**{name: value for name, value in chosen.items() if value})

    @property
    def is_narrow(self) -> bool:
        return bool(self.topic or self.year or self.kind or self.village)

    @property
    def query(self) -> str:
        """The choice as it stands in an address, with ``&`` behind it; empty without one."""
        chosen = {"topik": self.topic, "tahun": self.year, "jenis": self.kind, "desa": self.village}
        text = urlencode({name: value for name, value in chosen.items() if value})
        return f"{text}&" if text else ""

    @property
    def topics(self) -> Sequence[tuple[str, Any]]:
        return Topic.choices

    @property
    def kinds(self) -> Sequence[tuple[str, Any]]:
        return DocumentKind.choices


def _known(values: Sequence[str], value: Any) -> str:
    return value if value in values else ""


def _number(value: Any, most: int) -> int | None:
    text = str(value or "")
    is_number = text.isascii() and text.isdigit() and len(text) < len(str(most)) + 1
    return int(text) if is_number and 0 < int(text) <= most else None
