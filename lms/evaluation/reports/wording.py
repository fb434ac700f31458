"""Sentences about a result, and numbers as they are shown.

Shown numbers agree with each other: before and after are rounded, and the change is the difference of the two
rounded numbers, so that a reader who subtracts finds what is printed. It may differ from the rounded exact
change by one in the last place; exports and JSON carry the exact numbers.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Protocol

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, ngettext_lazy

from lms.evaluation.reports.results import CohortEvaluation, OutcomeReason
from lms.evaluation.stats.disclosure import Standing
from lms.evaluation.stats.normalized import Band, band_of
from lms.learning.enums import Mode
from lms.ui.templatetags.lms_ui import format_number, percent

TWO_DECIMALS_FROM = 100
"""People. Below it a second decimal would pretend to a precision that the data do not have."""


class Change(Protocol):
    """What has means before and after and an interval of the change, in points: a result, a row, a group."""

    @property
    def n(self) -> int | None: ...
    @property
    def mean_pre(self) -> float | None: ...
    @property
    def mean_post(self) -> float | None: ...
    @property
    def ci_low(self) -> float | None: ...
    @property
    def ci_high(self) -> float | None: ...


@dataclass(frozen=True, slots=True)
class ShownChange:
    """Texts in the style of the active language; ``sign`` (-1, 0, 1) is that of the shown change."""

    before: str
    after: str
    change: str
    low: str | None
    high: str | None
    sign: int

    @property
    def range(self) -> str:
        """``+1,2 sampai +4,0``, or a dash."""
        if self.low is None or self.high is None:
            return "–"
        return _("%(low)s to %(high)s") % {"low": self.low, "high": self.high}


def decimals_for(n: int) -> int:
    """Decimals of a mean of ``n`` people."""
    return 2 if n >= TWO_DECIMALS_FROM else 1


def shown_change(result: Change, decimals: int | None = None) -> ShownChange | None:
    """The means and the gain of a result as texts that agree; None where there is no gain.

    ``decimals`` where rows of one table should look alike.
    """
    if result.mean_pre is None or result.mean_post is None:
        return None
    decimals = decimals_for(result.n or 0) if decimals is None else decimals
    before, after = _rounded(result.mean_pre, decimals), _rounded(result.mean_post, decimals)
    change = after - before
    return ShownChange(
        before=format_number(before, decimals),
        after=format_number(after, decimals),
        change=signed(change, decimals),
        low=None if result.ci_low is None else signed(result.ci_low, decimals),
        high=None if result.ci_high is None else signed(result.ci_high, decimals),
        sign=(change > 0) - (change < 0),
    )


def clarity(row: Change) -> str:
    """What an interval says about the direction, in two words; "" without one."""
    if row.ci_low is None or row.ci_high is None:
        return ""
    if row.ci_low > 0:
        return _("clearly up")
    return _("clearly down") if row.ci_high < 0 else _("not clear")


def signed(value: float | Decimal, decimals: int) -> str:
    """With ``+`` or a minus sign in front, none before a zero."""
    rounded = _rounded(value, decimals)
    return f"+{format_number(rounded, decimals)}" if rounded > 0 else format_number(rounded, decimals)


def sentence(result: CohortEvaluation) -> str:
    """The first line of the report: who was measured, what changed, for how many."""
    shown = shown_change(result)
    if shown is None:
        return f"{_who(result)} {result.notes[0].text}"
    return f"{_who(result)} {_means(result, shown)} {_people(result)}"


def standing_word(standing: Standing) -> str:
    """The badge about the number of people."""
    return {
        Standing.HIDDEN: _("Not enough data"),
        Standing.INDICATIVE: _("Indicative"),
        Standing.SUFFICIENT: _("Sufficient"),
    }[standing]


def band_word(band: Band) -> str:
    """The usual word for a class <g>: a gloss, not a grade."""
    return {
        Band.HIGH: _("high N-gain"),
        Band.MEDIUM: _("medium N-gain"),
        Band.LOW: _("low N-gain"),
    }[band]


def share_sentence(result: CohortEvaluation) -> str | None:
    """The class <g> in words, with its interval; None where it is undefined."""
    if result.normalized_gain is None or result.band is None:
        return None
    share = _share(result.normalized_gain)
    word = band_word(result.band)
    if result.normalized_low is None or result.normalized_high is None:
        return _("Of all that could still be gained, %(share)s was gained (%(word)s).") % {
            "share": share,
            "word": word,
        }
    return _(
        "Of all that could still be gained, %(share)s was gained (95%% plausible range %(low)s to %(high)s; "
        "%(word)s)."
    ) % {
        "share": share,
        "low": percent(_rounded(result.normalized_low, 2)),
        "high": percent(_rounded(result.normalized_high, 2)),
        "word": word,
    }


def outcome_reason(reason: OutcomeReason) -> str:
    """Why an outcome shows no gain."""
    return {
        OutcomeReason.TOO_FEW: _("Not enough data."),
        OutcomeReason.TOO_SHORT: _("Too few questions for a gain: people are only counted."),
        OutcomeReason.MAX_DIFFERS: _("The forms give different points for this, so they cannot be compared."),
        OutcomeReason.FORMS_NOT_BALANCED: _("The forms before and after are not equated."),
    }[reason]


def lost_sentence(result: CohortEvaluation) -> str | None:
    """Whether those without a post-test had started elsewhere; None if that may not be told."""
    if result.mean_pre is None or result.mean_pre_lost is None:
        return None
    decimals = decimals_for(result.matched_n)
    return _(
        "Mean before of those who took both tests: %(stayed)s; of those without a post-test: %(lost)s."
    ) % {
        "stayed": format_number(_rounded(result.mean_pre, decimals), decimals),
        "lost": format_number(_rounded(result.mean_pre_lost, decimals), decimals),
    }


def modes_sentence(counts: Mapping[str, int]) -> str:
    """In which ways the tests were taken: all count alike, and a reader may want to know."""
    words = {
        Mode.SELF: ngettext_lazy("%(count)d by themselves", "%(count)d by themselves", "count"),
        Mode.SCRIBE: ngettext_lazy("%(count)d with a scribe", "%(count)d with a scribe", "count"),
        Mode.READ_ALOUD: ngettext_lazy("%(count)d read aloud", "%(count)d read aloud", "count"),
        Mode.PAPER: ngettext_lazy("%(count)d on paper", "%(count)d on paper", "count"),
    }
    parts = [str(text % {"count": counts[mode]}) for mode, text in words.items() if counts.get(mode)]
    return _("How they were taken: %(modes)s.") % {"modes": ", ".join(parts)} if parts else ""


def _who(result: CohortEvaluation) -> str:
    return ngettext(
        "Of %(registered)s participant, %(matched)s took the pre-test and the post-test.",
        "Of %(registered)s participants, %(matched)s took the pre-test and the post-test.",
        result.registered,
    ) % {"registered": result.registered, "matched": result.matched_n}


def _means(result: CohortEvaluation, shown: ShownChange) -> str:
    words = {
        1: _("The average rose from %(before)s to %(after)s of %(max)s points (%(detail)s)."),
        0: _("The average stayed at %(before)s of %(max)s points (%(detail)s)."),
        -1: _("The average fell from %(before)s to %(after)s of %(max)s points (%(detail)s)."),
    }
    if result.max_points is None:
        words = {
            1: _("The average rose from %(before)s to %(after)s points (%(detail)s)."),
            0: _("The average stayed at %(before)s points (%(detail)s)."),
            -1: _("The average fell from %(before)s to %(after)s points (%(detail)s)."),
        }
    return words[shown.sign] % {
        "before": shown.before,
        "after": shown.after,
        "max": result.max_points,
        "detail": _detail(shown),
    }


def _detail(shown: ShownChange) -> str:
    if shown.low is None or shown.high is None:
        return _("%(change)s; the range cannot be computed") % {"change": shown.change}
    return _("%(change)s; 95%% plausible range %(low)s to %(high)s") % {
        "change": shown.change,
        "low": shown.low,
        "high": shown.high,
    }


def _people(result: CohortEvaluation) -> str:
    return _("%(rose)s rose, %(same)s stayed the same, %(fell)s fell.") % {
        "rose": result.rose,
        "same": result.same,
        "fell": result.fell,
    }


def _share(value: float) -> str:
    """Whole percent; more places only where rounding would carry the number across a limit of the bands."""
    places = next((p for p in (2, 3, 4) if band_of(float(_rounded(value, p))) is band_of(value)), 4)
    return percent(_rounded(value, places), places - 2)


def _rounded(value: float | Decimal, decimals: int) -> Decimal:
    return Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
