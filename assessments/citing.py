"""Who cites the register. Apps say it here, so that the report and the deleting of a record know them all."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Cited:
    """One thing that cites one record, by the primary key of the record. ``url`` leads to its editor."""

    basis: int
    source: str
    title: str
    url: str = ""


# ``find(basis ids, user)``: what cites them and the user may edit; all of it if the user is None.
Find = Callable[[Collection[int], Any], Iterable[Cited]]

_sources: dict[str, tuple[Any, Find]] = {}


def register_citing(name: str, label: Any, find: Find) -> None:
    """Make known what kind of thing cites the register. The same name again takes the place of the former."""
    _sources[name] = (label, find)


def sources() -> dict[str, Any]:
    """The kinds of things that cite, by name, with what people call them."""
    return {name: label for name, (label, _find) in _sources.items()}


def cited(bases: Collection[int], user: Any, *, source: str = "") -> list[Cited]:
    """What cites these records, as far as ``user`` may edit it; all of it if the user is None."""
    if not bases:
        return []
    asked = [find for name, (_label, find) in _sources.items() if source in ("", name)]
    return [each for find in asked for each in find(bases, user)]
