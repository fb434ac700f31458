"""Sentences that lead the parts of a cohort's report: the answer first, in words, then the figures.

No word of cause, and no test result as news: what is clear is called clear, what is not is not.
"""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lms.evaluation.reports.people import Difference, GroupRow, Inclusion, Withheld
from lms.evaluation.reports.precision import Details, Trust
from lms.evaluation.reports.questions import QuestionRow, QuestionTable
from lms.evaluation.reports.results import CohortEvaluation
from lms.evaluation.reports.wording import clarity, shown_change, signed
from lms.evaluation.stats.flags import ItemFlag
from lms.evaluation.stats.reasons import Reason
from lms.evaluation.stats.thresholds import Estimate
from lms.people.enums import Sex
from lms.ui.templatetags.lms_ui import format_number

WELL_FROM, ENOUGH_FROM = 0.7, 0.5
"""Alpha from which single people may be spoken of with care, and from which groups may."""


def outcomes_sentence(result: CohortEvaluation) -> str:
    """Which outcomes rose clearly, by their codes; "" without any figure."""
    measured = [row for row in result.outcomes if row.ci_low is not None]
    if not measured:
        return ""
    up = [row.code for row in measured if (row.ci_low or 0) > 0]
    rest = [row.code for row in measured if row.code not in up]
    if not rest:
        return _("Clearly up: all that can be measured (%(up)s).") % {"up": ", ".join(up)}
    if not up:
        return _("Of no single outcome do these data show a clear rise.")
    return _("Clearly up: %(up)s. Not clear: %(rest)s.") % {"up": ", ".join(up), "rest": ", ".join(rest)}


def questions_reason(table: QuestionTable) -> str:
    """Why no question is shown; "" if there are some."""
    if table.reason is None:
        return ""
    if table.reason is Reason.TOO_FEW:
        return _("Fewer than 5 people took both tests, so no question is shown.")
    return _(
        "(Nearly) all took the forms in one order, so what became of a question cannot be told from how hard "
        "its parallel is."
    )


def repeat_sentence(table: QuestionTable) -> str:
    """Above the questions to teach again."""
    if not table.repeat:
        return _("No question was missed both times by a fifth of the people or more.")
    return ngettext(
        "This question was missed most, before and after:",
        "These %(count)s questions were missed most, before and after:",
        len(table.repeat),
    ) % {"count": len(table.repeat)}


def missed_sentence(row: QuestionRow) -> str:
    return _("%(missing)s of %(n)s people were wrong both times.") % {
        "missing": row.counts.n00,
        "n": row.counts.n,
    }


def counts_sentence(row: QuestionRow) -> str:
    """The four counts of a question: the text beside its bar."""
    return _("stayed right %(kept)s · learned %(learned)s · lost %(lost)s · stayed wrong %(missing)s") % {
        "kept": row.counts.n11,
        "learned": row.counts.n01,
        "lost": row.counts.n10,
        "missing": row.counts.n00,
    }


def flag_word(flag: ItemFlag) -> str:
    """What an author should look at."""
    return {
        ItemFlag.CHECK_KEY: _("check the key"),
        ItemFlag.CONFUSING: _("confusing: right before, wrong after"),
        ItemFlag.TOO_HARD: _("still too hard"),
        ItemFlag.ALREADY_KNOWN: _("too easy from the start"),
        ItemFlag.AT_CHANCE: _("like guessing before the training"),
        ItemFlag.TOO_EASY: _("nearly all right after"),
        ItemFlag.WEAK: _("hardly tells apart who knows more"),
    }[flag]


def test_sentence(trust: Trust) -> str:
    """Whether the test is good enough, and for what."""
    if trust.alpha is None:
        return {
            Reason.TOO_FEW: _(
                "Too few people (fewer than 30 with both tests) to say how exact this test is. "
                "Trust the average more than any single person's points."
            ),
            Reason.FORMS_NOT_BALANCED: _(
                "Before and after cannot be compared here, so how exact the test is cannot be said."
            ),
        }.get(
            trust.reason or Reason.TOO_FEW,
            _("Everybody's points are alike, so how exact the test is cannot be said."),
        )
    if trust.alpha >= WELL_FROM:
        return _("Good enough: the questions agree well, also for looking at single people with care.")
    if trust.alpha >= ENOUGH_FROM:
        return _("Good enough for the whole group, not for judging single people.")
    if trust.alpha < 0:
        return _(
            "The questions do not measure one thing: look at the questions one by one, not at the total."
        )
    return _("The questions agree little: good for the average of the group, never for single people.")


def exactness_sentence(trust: Trust) -> str:
    """The error of one person's points, and of a change; "" where it is not known."""
    if trust.sem is None:
        return ""
    said = _("A person's points are exact to about ± %(sem)s.") % {"sem": format_number(1.96 * trust.sem, 1)}
    if trust.band is None:
        return said
    change = _(
        "A single person's change of up to %(band)s points is within measurement error: %(up)s rose by more, "
        "%(same)s stayed within it, %(down)s fell by more."
    ) % {"band": format_number(trust.band, 1), "up": trust.up, "same": trust.same, "down": trust.down}
    return f"{said} {change}"


def band_reason(trust: Trust) -> str:
    """Why the histogram has no band of measurement error; "" if it has one."""
    if trust.band is not None:
        return ""
    if trust.reason is Reason.UNRELIABLE:
        return _("No band of measurement error is drawn: the test is not exact enough for single people.")
    if trust.reason is Reason.TOO_FEW:
        return _("No band of measurement error is drawn: it needs 30 people with both tests.")
    return _("No band of measurement error is drawn: everybody's points are alike.")


def flagged_sentence(table: QuestionTable, n: int) -> str:
    """How many questions need an eye; from 20 people on."""
    if n < Estimate.FACILITY.caution_below:
        return _("Questions are judged from 20 people on.")
    if not table.flagged:
        return _("No question stands out.")
    return ngettext(
        "%(count)s question should be looked at by its author.",
        "%(count)s questions should be looked at by their authors.",
        len(table.flagged),
    ) % {"count": len(table.flagged)}


def women_sentence(inclusion: Inclusion) -> str:
    """Whether women and men learned, and whether they learned alike: the latter only ever as a range."""
    return " ".join(part for part in (_each_sex(inclusion), _sexes_apart(inclusion.women_and_men)) if part)


def _each_sex(inclusion: Inclusion) -> str:
    rows = {row.value: row for table in inclusion.tables for row in table.rows if row.mean_gain is not None}
    words = {Sex.FEMALE: _("Women: %(said)s (%(change)s)."), Sex.MALE: _("Men: %(said)s (%(change)s).")}
    return " ".join(
        text % {"said": clarity(rows[sex]), "change": shown.change}
        for sex, text in words.items()
        if sex in rows and clarity(rows[sex]) and (shown := shown_change(rows[sex], 1)) is not None
    )


def _sexes_apart(apart: Difference) -> str:
    if apart.low is None or apart.high is None:
        return _(
            "Which of them learned more cannot be said: that takes 20 women and 20 men with both tests. "
            "Where ranges overlap, a difference may be chance."
        )
    values = {"low": signed(apart.low, 1), "high": signed(apart.high, 1)}
    if apart.low > 0:
        said = _("Women rose more than men: the difference lies between %(low)s and %(high)s points.")
    elif apart.high < 0:
        said = _("Women rose less than men: the difference lies between %(low)s and %(high)s points.")
    else:
        said = _(
            "No clear difference between women and men: women's rise less men's lies between %(low)s and "
            "%(high)s points."
        )
    return said % values


def withheld_word(row: GroupRow) -> str:
    """Instead of figures, in the table of groups."""
    return (
        {
            Withheld.SMALL: _("<5, hidden"),
            Withheld.COMPLEMENT: _("hidden too"),
            Withheld.UNEVEN: _("nearly all in one order of forms"),
        }.get(row.withheld, "")
        if row.withheld
        else ""
    )


def details_sentences(details: Details) -> list[str]:
    """For the folded box: effect and test, each with what it is worth."""
    found = []
    if details.d_av is not None:
        said = _("The change equals %(d)s standard deviations (d_av).") % {"d": signed(details.d_av, 1)}
        caution = _("Indicative below 30 people.")
        found.append(f"{said} {caution}" if details.d_is_indicative else said)
    if details.p is not None:
        way = _("exact") if details.p_is_exact else _("normal approximation")
        found.append(
            _(
                "Wilcoxon's signed ranks (zeros after Pratt, %(way)s): p %(p)s. It says how often chance "
                "alone would move points so far in one direction; not how large the change is, nor where it "
                "comes from."
            )
            % {"way": way, "p": small(details.p, sign="= ")}
        )
    return found


def small(p: float, *, sign: str = "") -> str:
    """A p with three decimals, never 0; ``sign`` stands before what is not "less than"."""
    return f"< {format_number(0.001, 3)}" if p < 0.001 else f"{sign}{format_number(p, 3)}"
