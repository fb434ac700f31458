"""Questions as a file describes them, before anybody knows whether they can be asked here."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any


@dataclass(slots=True)
class PictureDraft:
    """A picture as it came: not yet looked at, so never to be stored like this."""

    name: str
    data: bytes
    alternative: str = ""


@dataclass(slots=True)
class OptionDraft:
    """An option or an accepted answer. ``fraction`` is its weight in per cent, if the file gives weights."""

    text: str
    correct: bool = False
    fraction: Decimal | None = None
    rationale: str = ""
    picture: PictureDraft | None = None


@dataclass(slots=True)
class PairDraft:
    """A left and a right side; an empty left side is a distractor."""

    left: str
    right: str
    rationale: str = ""


@dataclass(slots=True)
class QuestionDraft:
    """One question of a file in words that no format owns.

    ``kind`` is a kind of ours. ``changes`` says in sentences what is not as it was in the file. ``place`` are
    fields of its place in the bank by name (topic, bloom, outcomes as a list of codes …), ``own`` fields of
    its kind in the words of a bank file.
    """

    kind: str
    where: str
    stem: str
    code: str = ""
    title: str = ""
    points: Decimal = Decimal(1)
    options: list[OptionDraft] = field(default_factory=list)
    pairs: list[PairDraft] = field(default_factory=list)
    steps: list[str] = field(default_factory=list)
    accepted: list[str] = field(default_factory=list)
    rubric: list[str] = field(default_factory=list)
    near_misses: list[OptionDraft] = field(default_factory=list)
    truth: bool | None = None
    answer: Decimal | None = None
    tolerance: Decimal = Decimal(0)
    unit: str = ""
    rationale: str = ""
    feedback: str = ""
    note: str = ""
    shuffle: bool = True
    pictures: list[PictureDraft] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    place: dict[str, Any] = field(default_factory=dict)
    own: dict[str, Any] = field(default_factory=dict)
    changes: list[str] = field(default_factory=list)


@dataclass(slots=True)
class RecordDraft:
    """One question of our own format: texts of cells by model field, so that every kind travels whole.

    ``rows`` are the rows of the kind's option tables, by relation.
    """

    kind: str
    where: str
    code: str
    fields: dict[str, Any]
    rows: dict[str, list[dict[str, Any]]]
    outcomes: list[str] = field(default_factory=list)
    changes: list[str] = field(default_factory=list)

    @property
    def stem(self) -> str:
        return str(self.fields.get("stem") or "")


@dataclass(frozen=True, slots=True)
class Refusal:
    """A question of the file that is not taken, and the sentence that says why."""

    where: str
    reason: str
    stem: str = ""


Draft = QuestionDraft | RecordDraft


@dataclass(slots=True)
class ParsedFile:
    """What a parser found, in the order of the file. ``unknown`` counts types that cannot be asked here."""

    format: str
    entries: list[Draft | Refusal] = field(default_factory=list)
    unknown: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)

    @property
    def drafts(self) -> Iterator[Draft]:
        return (entry for entry in self.entries if not isinstance(entry, Refusal))
