"""The result of evaluating a cohort: numbers that may be shown, and the reasons for those that may not.

A number that may not be shown is ``None`` here already, so that no page, export or command can leak it.

Decision on small cells. Of fewer than five matched people nothing but their number is told. From five on,
``rose``, ``same`` and ``fell`` are told even where one of them is 1 to 4: these records serve the organiser,
who holds the roster and runs the tests, and the sentence is useless without them. Means of fewer than five
people (an order of forms, people without a post-test) stay hidden, and so does whatever would give them away
by subtraction: the other order's means and the difference of the forms. Nothing here is for the public: what
everybody may read is made of it by ``public``.
"""

from dataclasses import dataclass
from enum import StrEnum

from assessments.models import Outcome
from lms.evaluation.reports.notes import Note
from lms.evaluation.stats.disclosure import Standing
from lms.evaluation.stats.normalized import Band


class OutcomeReason(StrEnum):
    """Why an outcome has no gain of its own."""

    TOO_FEW = "too_few"
    TOO_SHORT = "too_short"
    """One question or fewer than three points: chance decides, so only people are counted."""
    MAX_DIFFERS = "max_differs"
    """The forms give different points for it."""
    FORMS_NOT_BALANCED = "forms_not_balanced"


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """One learning outcome, in points. ``max_points`` is None where the forms differ.

    ``items`` is the smaller number of questions of the two forms. Items may serve several outcomes: never add
    rows up.
    """

    outcome: Outcome
    n: int
    items: int
    max_points: int | None
    mean_pre: float | None = None
    mean_post: float | None = None
    mean_gain: float | None = None
    ci_low: float | None = None
    ci_high: float | None = None
    rose: int | None = None
    same: int | None = None
    fell: int | None = None
    reason: OutcomeReason | None = None

    @property
    def code(self) -> str:
        return self.outcome.code

    @property
    def label(self) -> str:
        """The title in the active language."""
        return self.outcome.label


@dataclass(frozen=True, slots=True)
class OrderGroup:
    """The people who took the forms in one order; means are None if either order has fewer than five."""

    order: str
    n: int
    mean_pre: float | None
    mean_post: float | None
    mean_gain: float | None
    ci_low: float | None = None
    ci_high: float | None = None


@dataclass(frozen=True, slots=True)
class CohortEvaluation:
    """All in points out of ``max_points``; people in numbers. ``None`` = may not be shown, ``notes`` say why.

    ``registered`` are enrolled, ``attended`` were at one meeting or more, ``pre_n`` and ``post_n`` submitted
    a first attempt, ``matched_n`` both. ``lost_n`` took the pre-test and not the post-test;
    ``mean_pre_lost`` is their mean before, to be compared with ``mean_pre`` of those who stayed. Means and
    gain weigh the two orders of forms equally (see ``stats.counterbalanced``). ``normalized_gain`` is the
    class <g>, a share.
    """

    code: str
    title: str
    simulated: bool
    registered: int
    attended: int
    pre_n: int
    post_n: int
    matched_n: int
    lost_n: int
    standing: Standing
    notes: tuple[Note, ...]
    outcomes: tuple[OutcomeRow, ...]
    groups: tuple[OrderGroup, ...]
    max_points: int | None = None
    mean_pre: float | None = None
    mean_post: float | None = None
    mean_gain: float | None = None
    ci_low: float | None = None
    ci_high: float | None = None
    rose: int | None = None
    same: int | None = None
    fell: int | None = None
    normalized_gain: float | None = None
    normalized_low: float | None = None
    normalized_high: float | None = None
    band: Band | None = None
    form_gap: float | None = None
    mean_pre_lost: float | None = None
    gains: tuple[int, ...] | None = None
    """Gains of single people in ascending order, for the histogram: from 20 people on."""
    pairs: tuple[tuple[int, int], ...] | None = None
    """(before, after) of single people in ascending order, for the slope chart: from 10 to 30 people."""

    @property
    def n(self) -> int:
        """The people whom the numbers are about, as in the rows."""
        return self.matched_n

    @property
    def is_hidden(self) -> bool:
        return self.standing is Standing.HIDDEN

    @property
    def has_gain(self) -> bool:
        return self.mean_gain is not None
