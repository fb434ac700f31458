"""Numbers that may be told without telling about a person: cells of fewer than five people are not told."""

from collections.abc import Sequence

# Fewer answers than these are shown to nobody: in a hamlet, four people know each other's hand.
FEWEST = 5
# Below this many people a share or a median says more than is known; counts are shown as they are.
ENOUGH = 20


HIDDEN = "–"
_MOST = FEWEST - 1


def told(counts: Sequence[int]) -> list[str]:
    """The counts in words that may be told: "7", "0", "<5" for a cell of one to four people.

    The reader knows their sum, at least ``FEWEST``. So where small cells could be worked out from the others,
    the smallest of those is told as "≥12" only: as much as is known already. Where even that would tell,
    the cells in question are ``HIDDEN``.
    """
    small = [place for place, count in enumerate(counts) if 0 < count < FEWEST]
    among = sum(counts[place] for place in small)
    words = [f"<{FEWEST}" if 0 < count < FEWEST else str(count) for count in counts]
    # Several small cells hide each other, unless all of them are as small or as large as they can be.
    if not small or (len(small) > 1 and among >= FEWEST and len(small) < among < _MOST * len(small)):
        return words
    large = [place for place, count in enumerate(counts) if count >= FEWEST]
    blurred = min(large, key=lambda place: counts[place], default=None)
    if blurred is not None:
        together = among + counts[blurred]
        if min(_MOST * len(small), together - FEWEST) > len(small):
            # As far down as it may lie if every small cell were as large as a small cell can be.
            words[blurred] = f"≥{max(FEWEST, together - _MOST * len(small))}"
            return words
        words[blurred] = HIDDEN
    for place in small:
        words[place] = HIDDEN
    return words
