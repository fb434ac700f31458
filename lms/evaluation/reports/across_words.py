"""Pooled results as they are shown: texts that agree with each other, and places of dots and lines."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lms.evaluation.reports.across import By, Compared, Line
from lms.evaluation.reports.wording import signed
from lms.evaluation.stats.disclosure import Standing, standing
from lms.ui.templatetags.lms_ui import format_number

DECIMALS = 1
BY_WORDS: dict[By, Any] = {
    By.YEAR: gettext_lazy("Year"),
    By.PROGRAMME: gettext_lazy("Programme"),
    By.PROVINCE: gettext_lazy("Province"),
    By.REGENCY: gettext_lazy("Regency (kabupaten)"),
    By.VILLAGE: gettext_lazy("Village"),
}


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A row of the table. Texts are in percent of the points; positions in percent of the drawing's width.

    ``has_gain`` False: nothing may be shown, and only trainings are counted.
    """

    label: str
    trainings: int
    left_out: int
    people: int
    has_gain: bool
    is_indicative: bool = False
    before: str = ""
    after: str = ""
    change: str = ""
    range: str = ""
    dot: str = ""
    left: str = ""
    width: str = ""
    zero: str = ""


def shown_lines(lines: Iterable[Line]) -> list[ShownLine]:
    """Rows on one scale, so that their ranges can be compared by eye."""
    found = list(lines)
    low, high = _scale(found)
    return [_shown(line, low, high) for line in found]


def sentence(line: Line) -> str:
    """The first line of the page."""
    if line.result.gain is None:
        return _("No figures yet: no training has enough people who took both tests in both orders of forms.")
    shown = shown_lines([line])[0]
    who = ngettext(
        "%(people)s people of %(trainings)s training took both tests.",
        "%(people)s people of %(trainings)s trainings took both tests.",
        line.result.trainings,
    ) % {"people": format_number(line.result.n), "trainings": format_number(line.result.trainings)}
    what = _(
        "On average they earned %(before)s%% of the points before and %(after)s%% after "
        "(%(change)s percentage points; 95%% plausible range %(range)s)."
    ) % {"before": shown.before, "after": shown.after, "change": shown.change, "range": shown.range}
    return f"{who} {what}"


def left_out_sentence(line: Line) -> str:
    """How many trainings are in no figure, and why; "" for none."""
    if not line.left_out:
        return ""
    return ngettext(
        "%(count)s training is in no figure: in one of the two orders of forms fewer than 5 people took "
        "both tests, or its forms cannot be compared.",
        "%(count)s trainings are in no figure: in one of the two orders of forms fewer than 5 people took "
        "both tests, or their forms cannot be compared.",
        line.left_out,
    ) % {"count": format_number(line.left_out)}


def difference_sentence(compared: Compared) -> str:
    """What may be said about two trainings side by side."""
    if not compared.same_test:
        return _("They took different tests, so their changes are not compared.")
    interval = compared.interval
    if interval is None:
        return _("A difference is told only from 20 people in each training who took both tests.")
    if interval.low is None or interval.high is None:
        return _("Nobody differs from anybody in these trainings; a range cannot be computed.")
    words = {"low": signed(interval.low, DECIMALS), "high": signed(interval.high, DECIMALS)}
    told = (
        _("Plausible difference of the changes: %(low)s to %(high)s percentage points (first minus second).")
        % words
    )
    if interval.low <= 0 <= interval.high:
        return " ".join([told, _("Zero lies within it: none of the two is clearly ahead.")])
    return told


def _shown(line: Line, low: float, high: float) -> ShownLine:
    result = line.result
    if result.mean_pre is None or result.mean_post is None or result.gain is None:
        return ShownLine(line.label, line.trainings, line.left_out, 0, has_gain=False)
    before, after = round(float(result.mean_pre), DECIMALS), round(float(result.mean_post), DECIMALS)
    ends = result.interval.low, result.interval.high
    known = ends[0] is not None and ends[1] is not None
    left = _place(ends[0] if ends[0] is not None else float(result.gain), low, high)
    right = _place(ends[1] if ends[1] is not None else float(result.gain), low, high)
    return ShownLine(
        label=line.label,
        trainings=line.trainings,
        left_out=line.left_out,
        people=result.n,
        has_gain=True,
        is_indicative=standing(result.n) is Standing.INDICATIVE,
        before=format_number(before, DECIMALS),
        after=format_number(after, DECIMALS),
        change=signed(round(after - before, DECIMALS), DECIMALS),
        range=_("%(low)s to %(high)s")
        % {"low": signed(ends[0] or 0, DECIMALS), "high": signed(ends[1] or 0, DECIMALS)}
        if known
        else "–",
        dot=f"{_place(float(result.gain), low, high):.2f}",
        left=f"{left:.2f}",
        width=f"{right - left:.2f}",
        zero=f"{_place(0, low, high):.2f}",
    )


def _scale(lines: Sequence[Line]) -> tuple[float, float]:
    """Both ends of the drawing in percentage points; zero is always within."""
    values = [0.0]
    for line in lines:
        ends = line.result.interval.low, line.result.interval.high, line.result.gain
        values += [float(value) for value in ends if value is not None]
    return min(values), max(values) if max(values) > min(values) else min(values) + 1


def _place(value: float, low: float, high: float) -> float:
    return 100 * (value - low) / (high - low)
