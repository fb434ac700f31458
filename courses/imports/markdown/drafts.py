"""Raw StreamField data in the making."""

import uuid
from collections import Counter
from collections.abc import Iterable
from typing import Any

NAMESPACE = uuid.UUID("6c1c2f0e-54a5-4d0c-9a53-0e1b5f9f4f3a")
RawBlock = dict[str, Any]


class Draft:
    """The blocks so far. Paragraphs and lists in a row make one block, as an editor would write them.

    ``seed`` names the text. The id of a block is uuid5 of the seed, its kind and its number among that
    kind (a list item adds its own number): loading twice gives the same ids, and so does a translation of
    the same shape.
    """

    def __init__(self, seed: str, *, flow_kind: str = "paragraph") -> None:
        self.seed = seed
        self.blocks: list[RawBlock] = []
        self.count: Counter[str] = Counter()
        self._flow_kind = flow_kind
        self._flow: list[str] = []

    def add_flow(self, html: str) -> None:
        self._flow.append(html)

    def flush(self) -> None:
        if self._flow:
            html, self._flow = "".join(self._flow), []
            self.add(self._flow_kind, html)

    def add(self, kind: str, value: Any) -> None:
        self.flush()
        self.count[kind] += 1
        self.blocks.append({"type": kind, "value": value, "id": self._id(kind, self.count[kind])})

    def items(self, kind: str, texts: Iterable[str]) -> list[RawBlock]:
        """The values of a ListBlock inside the block of this kind that is added next."""
        number = self.count[kind] + 1
        return [
            {"type": "item", "value": text, "id": self._id(kind, number, place)}
            for place, text in enumerate(texts, start=1)
        ]

    def _id(self, kind: str, *place: int) -> str:
        return str(uuid.uuid5(NAMESPACE, "/".join([self.seed, kind, *map(str, place)])))
