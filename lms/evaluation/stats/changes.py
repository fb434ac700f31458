"""What became of one place of the test between two forms, person by person.

Before and after people answer different questions of the same pair. Who begins with form A goes from question
A to question B, who begins with B the other way: only where both ways occur does a harder question not pass
for learning or forgetting. Where one question stands in both forms, any order will do.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .reasons import Reason

UNEVEN_FROM = 3
"""How many times larger one order may be: beyond it the questions' difference tells more than people."""

Answers = tuple[bool, bool]
"""Whether one person was fully right before, and after."""


@dataclass(frozen=True, slots=True)
class Change:
    """Of ``n`` people: right both times, learned, lost, and right neither time; None with a reason."""

    n: int
    kept: int | None = None
    learned: int | None = None
    lost: int | None = None
    missing: int | None = None
    reason: Reason | None = None

    @property
    def before(self) -> int:
        return (self.kept or 0) + (self.lost or 0)

    @property
    def after(self) -> int:
        return (self.kept or 0) + (self.learned or 0)


def change_of(orders: Mapping[str, Sequence[Answers]], *, same_question: bool = False) -> Change:
    """From the answers of matched people by their order of forms (``AB``, ``BA``)."""
    answers = [answer for people in orders.values() for answer in people]
    if not answers:
        return Change(0, reason=Reason.TOO_FEW)
    smaller, larger = sorted(len(orders.get(order, ())) for order in ("AB", "BA"))
    if not same_question and smaller * UNEVEN_FROM < larger:
        return Change(len(answers), reason=Reason.FORMS_NOT_BALANCED)
    return Change(
        n=len(answers),
        kept=answers.count((True, True)),
        learned=answers.count((False, True)),
        lost=answers.count((True, False)),
        missing=answers.count((False, False)),
    )
