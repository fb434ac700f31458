"""Who chose which letter (EVALUATION §1.10).

Per option: how many chose it, and whether those who did know the rest of the test: the correlation of
"chosen" (0/1) with the rest, the points on all other items. The key should be above 0, a distractor below.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from .exact import Moments, mean

IDLE_BELOW = Fraction(5, 100)
"""Share of people below which a distractor distracts nobody."""


@dataclass(frozen=True, slots=True)
class Option:
    """``share`` of all ``n`` people of the wave, those who left the item out included.

    ``r_rest`` is None where everybody or nobody chose the option, or where the rest does not vary;
    ``mean_rest`` (points) where nobody chose it.
    """

    letter: str
    n: int
    share: Fraction | None
    r_rest: float | None
    mean_rest: Fraction | None


@dataclass(frozen=True, slots=True)
class Distractors:
    """One item: its ``options`` in the letters' order, the key among them even if nobody chose it."""

    key: str
    n: int
    omitted: int
    options: tuple[Option, ...]

    @property
    def idle(self) -> tuple[str, ...]:
        """Distractors that fewer than 5 % chose."""
        return tuple(
            option.letter
            for option in self.options
            if option.letter != self.key and option.share is not None and option.share < IDLE_BELOW
        )

    @property
    def tempting(self) -> tuple[str, ...]:
        """Distractors that those choose who know the rest: an alarm, the key may be wrong."""
        return tuple(
            option.letter
            for option in self.options
            if option.letter != self.key and option.r_rest is not None and option.r_rest > 0
        )


def distractors(
    rows: Sequence[Sequence[str | None]], key: Sequence[str], letters: Sequence[str] = ()
) -> list[Distractors]:
    """One result an item, from the letters of people of one wave; None: left out, which is wrong.

    ``letters``: options that were offered and must be listed even where nobody chose them. Show from 20
    people; in what leaves the house hide options that 1 to 4 people chose.
    """
    right = [[letter == good for letter, good in zip(row, key, strict=True)] for row in rows]
    totals = [sum(row) for row in right]
    results = []
    for place, good in enumerate(key):
        chosen = [row[place] for row in rows]
        rests = [total - row[place] for total, row in zip(totals, right, strict=True)]
        offered = sorted({good, *letters, *(letter for letter in chosen if letter is not None)})
        results.append(
            Distractors(
                key=good,
                n=len(rows),
                omitted=chosen.count(None),
                options=tuple(_option(letter, chosen, rests) for letter in offered),
            )
        )
    return results


def rising(before: Distractors, after: Distractors) -> tuple[str, ...]:
    """Distractors that a greater share chose after than before: people learned the wrong thing.

    Compare the same people, ``before`` and ``after`` of one item.
    """
    shares = {option.letter: option.share or Fraction() for option in before.options}
    return tuple(
        option.letter
        for option in after.options
        if option.letter != after.key and (option.share or Fraction()) > shares.get(option.letter, Fraction())
    )


def _option(letter: str, chosen: Sequence[str | None], rests: Sequence[int]) -> Option:
    picked = [int(one == letter) for one in chosen]
    return Option(
        letter=letter,
        n=sum(picked),
        share=Fraction(sum(picked), len(picked)) if picked else None,
        r_rest=Moments.of(picked, rests).correlation,
        mean_rest=mean([rest for rest, was in zip(rests, picked, strict=True) if was]),
    )
