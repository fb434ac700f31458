"""Places of dots, bars and lines; the templates draw them. Positions are in percent unless said otherwise."""

from collections import Counter
from dataclasses import dataclass

from lms.evaluation.reports.results import CohortEvaluation, OutcomeRow
from lms.evaluation.reports.wording import ShownChange, clarity, outcome_reason, shown_change, signed

BARS_A_SIDE = 6
SLOPE_HEIGHT = 200
"""Height of the slope chart between 0 and the maximum, in its own units."""


@dataclass(frozen=True, slots=True)
class Dumbbell:
    """Two dots on a line from 0 to the maximum; ``shown`` None = no gain, ``reason`` says why."""

    code: str
    label: str
    row: OutcomeRow | None
    shown: ShownChange | None
    max_points: int | None
    before: str = ""
    after: str = ""
    mark: int | None = None
    reason: str = ""
    clarity: str = ""

    @property
    def left(self) -> str:
        return min(self.before, self.after, key=float)

    @property
    def width(self) -> str:
        return f"{abs(float(self.after) - float(self.before)):.2f}"


@dataclass(frozen=True, slots=True)
class Bar:
    """How many people gained between two whole numbers; ``sign`` is that of the gain. ``is_within`` says that
    a single person's change of this size is within measurement error."""

    label: str
    count: int
    width: str
    sign: int
    is_within: bool = False


@dataclass(frozen=True, slots=True)
class Slope:
    """One or more people with the same two scores; heights from the top, in units of the drawing."""

    before: str
    after: str
    count: int
    sign: int


def overall_dumbbell(result: CohortEvaluation, *, label: str, pass_mark_percent: int) -> Dumbbell | None:
    """All points, with the pass mark; None where there is no gain."""
    shown = shown_change(result)
    if shown is None or result.max_points is None:
        return None
    return Dumbbell(
        code="",
        label=label,
        row=None,
        shown=shown,
        max_points=result.max_points,
        before=_share(result.mean_pre, result.max_points),
        after=_share(result.mean_post, result.max_points),
        mark=pass_mark_percent,
        clarity=clarity(result),
    )


def outcome_dumbbells(result: CohortEvaluation) -> list[Dumbbell]:
    """Outcomes with a gain, the largest share first; then those without one, with the reason."""
    measured = [row for row in result.outcomes if row.mean_gain is not None]
    rest = [row for row in result.outcomes if row.mean_gain is None]
    measured.sort(key=lambda row: (row.mean_gain or 0) / (row.max_points or 1), reverse=True)
    return [_outcome_dumbbell(row) for row in [*measured, *rest]]


def gain_bars(gains: tuple[int, ...], band: float | None = None) -> list[Bar]:
    """A histogram of whole points. Zero has a bar of its own: who stayed is neither a rise nor a fall.

    ``band`` is the largest change, in points, that is within measurement error; None if it is not known.
    """
    if not gains:
        return []
    step = max(1, -(-max(map(abs, gains)) // BARS_A_SIDE))
    counts = Counter(_bin(gain, step) for gain in gains)
    tallest = max(counts.values())
    return [
        Bar(
            _bin_label(place, step),
            counts[place],
            f"{100 * counts[place] / tallest:.2f}",
            _sign(place),
            is_within=band is not None and abs(place) * step <= band,
        )
        for place in range(max(counts), min(counts) - 1, -1)
    ]


def slopes(pairs: tuple[tuple[int, int], ...], max_points: int) -> list[Slope]:
    """A line for each pair of scores that occurs."""
    return [
        Slope(_height(before, max_points), _height(after, max_points), count, _sign(after - before))
        for (before, after), count in sorted(Counter(pairs).items())
    ]


def _outcome_dumbbell(row: OutcomeRow) -> Dumbbell:
    shown = shown_change(row)
    if shown is None or row.max_points is None:
        reason = outcome_reason(row.reason) if row.reason else ""
        return Dumbbell(row.code, row.label, row, None, row.max_points, reason=reason)
    return Dumbbell(
        row.code,
        row.label,
        row,
        shown,
        row.max_points,
        before=_share(row.mean_pre, row.max_points),
        after=_share(row.mean_post, row.max_points),
        clarity=clarity(row),
    )


def _share(mean: float | None, max_points: int) -> str:
    # Text, so that a template in Indonesian cannot write 43,2 into an SVG attribute.
    return f"{100 * (mean or 0) / max_points:.2f}"


def _bin(gain: int, step: int) -> int:
    return _sign(gain) * -(-abs(gain) // step)


def _bin_label(place: int, step: int) -> str:
    if place == 0:
        return "0"
    near, far = (abs(place) - 1) * step + 1, abs(place) * step
    ends = sorted({_sign(place) * near, _sign(place) * far})
    return " … ".join(signed(end, 0) for end in ends)


def _height(points: int, max_points: int) -> str:
    return f"{SLOPE_HEIGHT - SLOPE_HEIGHT * points / max_points:.1f}"


def _sign(value: int) -> int:
    return (value > 0) - (value < 0)
