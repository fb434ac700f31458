"""What was found in somebody's spreadsheet: the scores as a frame, and all that was doubtful on the way."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from lms.evaluation.stats.frames import Choices, ItemScores, Scores


class Shape(StrEnum):
    """What a row of the file stood for."""

    TOTALS = "totals"
    """A person, with a total score a test."""
    ITEMS = "items"
    """A person, with a column a question."""
    ROWS = "rows"
    """A person and a test, with a column a question or a total."""
    LONG = "long"
    """A person, a test and a question."""


class DoubtCode(StrEnum):
    """What a reader of the report must know about the file. Its sentence is in ``reports.sheet_doubts``."""

    # About one cell or row: something was not used, or not as it stands there.
    NOT_A_SCORE = "not_a_score"
    DATE = "date"
    FORMULA = "formula"
    ABOVE_MAX = "above_max"
    BELOW_ZERO = "below_zero"
    NOT_A_LETTER = "not_a_letter"
    NO_ID = "no_id"
    NO_PERSON = "no_person"
    DUPLICATE = "duplicate"
    REPEATED_ANSWER = "repeated_answer"
    UNKNOWN_WAVE = "unknown_wave"
    NO_ITEM = "no_item"
    MORE_CELLS = "more_cells"
    SUMMARY_ROW = "summary_row"
    NO_ANSWER = "no_answer"
    NO_GROUP = "no_group"
    TWO_GROUPS = "two_groups"
    THOUSANDS = "thousands"
    # About the file.
    NO_ID_COLUMN = "no_id_column"
    UNUSED_COLUMNS = "unused_columns"
    READ_AS_ITEMS = "read_as_items"
    OTHER_SHEETS = "other_sheets"
    LOST_LETTERS = "lost_letters"
    MIXED_DECIMALS = "mixed_decimals"
    MAX_FROM_HEADING = "max_from_heading"
    MAX_OF_ITEMS = "max_of_items"
    MAX_GUESSED = "max_guessed"
    NO_MAX = "no_max"
    ONLY_ONE_TEST = "only_one_test"
    ITEM_IN_ONE_TEST = "item_in_one_test"
    ITEM_WITHOUT_KEY = "item_without_key"
    KEY_WITHOUT_ITEM = "key_without_item"
    KEY_UNUSED = "key_unused"


@dataclass(frozen=True, slots=True)
class Doubt:
    """One thing to tell. ``row`` is the row's number in the file, ``column`` its heading.

    ``value`` is what stands there. It may say something about a person, so it never leaves the screen of
    whoever sent the file.
    """

    code: DoubtCode
    row: int | None = None
    column: str = ""
    value: str = ""
    values: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SheetScores:
    """The scores of a file. ``people`` are all who stand in it, whichever tests they took.

    ``group`` is the heading of the column that groups them, or empty. ``options`` is the number of letters to
    choose from, None where letters were not read.
    """

    shape: Shape
    frame: Scores | ItemScores | Choices
    people: int
    group: str = ""
    options: int | None = None
    doubts: tuple[Doubt, ...] = ()
