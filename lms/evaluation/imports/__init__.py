"""Scores from any spreadsheet: open it, tell what its columns are, collect the people, read the points.

Nothing is stored. What cannot be used at all is refused with a sentence; what is doubtful is told beside the
result, with its row and column.
"""

from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from assessments.imports.reading import refuse
from lms.evaluation.datasets.sheets import Doubt, DoubtCode, SheetScores
from lms.evaluation.imports.gathering import TOTAL, Gathered, gather, no_scores
from lms.evaluation.imports.headings import wave_of, words_of
from lms.evaluation.imports.keys import read_key
from lms.evaluation.imports.layout import Layout, lay_out
from lms.evaluation.imports.numbers import is_missing, parse_answer, parse_score
from lms.evaluation.imports.opening import cell_text, open_table, too_large
from lms.evaluation.imports.scoring import Reader, are_letters, choices, item_scores, letter_of, total_scores
from lms.evaluation.stats.frames import Choices, ItemScores, Scores

__all__ = ["read_scores", "too_large"]

Frame = Scores | ItemScores | Choices
MAX_GROUPS = 60
REMEMBERED = (cell_text, words_of, wave_of, is_missing, parse_score, parse_answer)


def read_scores(
    file: Any, *, key: Any = None, max_points: Decimal | Fraction | int | None = None, group: str = ""
) -> SheetScores:
    """The scores of a CSV or XLSX file (an upload, an open binary file or bytes).

    ``key`` is the file of right letters; ``max_points`` the most that can be got in all; ``group`` the
    heading of a column by which people are grouped. Raises ValidationError with a sentence for what cannot be
    used.
    """
    try:
        return _read(file, key=key, max_points=max_points, group=group)
    finally:
        # What was remembered for speed are words of people: they go with the file.
        for remembered in REMEMBERED:
            remembered.cache_clear()


def _read(file: Any, *, key: Any, max_points: Decimal | Fraction | int | None, group: str) -> SheetScores:
    right = read_key(key) if key else {}
    table = open_table(file)
    layout = lay_out(table, group=group, key=right)
    found = gather(layout)
    _check_groups(found, group)
    reader = Reader(found)
    most = None if max_points is None else Fraction(max_points)
    frame = _frame(reader, layout, right or _key_of_row(found), most)
    if not any(frame.took(wave) for wave in frame.waves):
        raise no_scores()
    doubts = [*found.doubts, *reader.doubts]
    if len(found.waves) == 1 and (layout.wave is not None or len(layout.totals) > 1 or len(layout.items) > 1):
        doubts.append(Doubt(DoubtCode.ONLY_ONE_TEST))
    heading = layout.name(layout.group) if layout.group is not None else ""
    return SheetScores(layout.shape, frame, len(found.people), heading, _options(frame), tuple(doubts))


def _frame(reader: Reader, layout: Layout, key: dict[str, str], most: Fraction | None) -> Frame:
    if set(reader.found.items) <= {TOTAL}:
        if key:
            reader.tell(DoubtCode.KEY_UNUSED)
        headed = {layout.headings[place].max_points for place in layout.totals.values()}
        return total_scores(
            reader, max_points=most, headed_max=next(iter(headed)) if len(headed) == 1 else None
        )
    if key and (are_letters(reader.cells()) or all(letter.isdigit() for letter in key.values())):
        return choices(reader, key)
    if are_letters(reader.cells()):
        raise refuse(
            _(
                "The answers in this file are letters. Give the key too: a file with the columns item and "
                "key, for example q1 and B."
            ),
            "key",
        )
    if key:
        reader.tell(DoubtCode.KEY_UNUSED)
    return item_scores(reader, max_points=most)


def _check_groups(found: Gathered, name: str) -> None:
    """A column of names groups nobody, and would be evaluated name by name."""
    if len({person.group for person in found.people}) > MAX_GROUPS:
        raise refuse(
            _(
                "The column “%(name)s” has more than %(limit)d different values. Choose one that groups "
                "people."
            )
            % {"name": name.strip()[:60], "limit": MAX_GROUPS},
            "group",
        )


def _key_of_row(found: Gathered) -> dict[str, str]:
    letters = {item: letter_of(text) for item, text in found.key.items()}
    return {item: letter for item, letter in letters.items() if letter}


def _options(frame: Frame) -> int | None:
    """How many letters there were to choose from: the most that one question saw, its key among them."""
    if not isinstance(frame, Choices):
        return None
    seen = [{right} for right in frame.key]
    for rows in frame.waves.values():
        for row in rows:
            for place, letter in enumerate(row or ()):
                if letter:
                    seen[place].add(letter)
    return max(len(letters) for letters in seen)
