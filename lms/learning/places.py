"""What a participant has on the screen, as a short word that fits into the presence of people."""

import uuid
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What is shown."""

    QUESTION = "q"
    # All questions on one page.
    TEST = "t"
    REVIEW = "r"
    LESSON = "l"


@dataclass(frozen=True, slots=True)
class Place:
    """A question (``number`` is its position), a test, the look before handing in, or a lesson (its page)."""

    kind: Kind
    attempt_id: uuid.UUID | None = None
    number: int = 0

    def __str__(self) -> str:
        attempt = self.attempt_id.hex if self.attempt_id is not None else ""
        return f"{self.kind}:{attempt}:{self.number}"


def read_place(text: str) -> Place | None:
    """The place that a word stands for; None for words of others, and for none."""
    try:
        kind, attempt, number = text.split(":")
        return Place(Kind(kind), uuid.UUID(attempt) if attempt else None, int(number))
    except ValueError:
        return None
