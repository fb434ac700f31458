"""Counts for everybody's eyes: none below five, and none that subtraction gives away.

Primary suppression hides cells of 1 to 4 people; complementary suppression hides further cells until what a
reader can compute from the total is about two cells or more and five people or more.
"""

from collections.abc import Iterable, Mapping

from lms.evaluation.stats.disclosure import MIN_SHOWN


def suppressed(cells: Mapping[str, int], *, zero_tells: bool, least: int = MIN_SHOWN) -> dict[str, int]:
    """The cells of a partition that may be shown although the total is known; the others belong together.

    Counts of people; ``least`` is the smallest that may be told or computed (EVALUATION §1.19).

    ``zero_tells``: whether an empty cell says something about everybody (nobody's points fell) and so
    counts as small; where cells say who was there, an empty one is nobody.
    """
    hidden = {name: n for name, n in cells.items() if n < least and (n or zero_tells)}
    if not hidden:
        return {name: n for name, n in cells.items() if n}
    for name in sorted(cells, key=lambda one: cells[one]):
        if len(hidden) >= 2 and sum(hidden.values()) >= least:
            break
        if cells[name]:
            hidden[name] = cells[name]
    return {name: n for name, n in cells.items() if n and name not in hidden}


def apart(candidate: int, shown: Iterable[int | None]) -> bool:
    """Whether a total may stand beside others that are shown already.

    Each may be a part of the other, so their difference is a group of people too: it must be empty or no
    smaller than five, and so must the total itself.
    """
    if candidate < MIN_SHOWN:
        return False
    differences = (abs(candidate - other) for other in shown if other is not None)
    return all(difference == 0 or difference >= MIN_SHOWN for difference in differences)
