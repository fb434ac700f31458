"""How a file was evaluated, with the figures that specialists ask for: the last and folded part of a "
"report."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from lms.evaluation.datasets.sheets import Shape
from lms.evaluation.reports.wording import decimals_for, signed
from lms.evaluation.stats.disclosure import MIN_SHOWN
from lms.ui.templatetags.lms_ui import format_number, percent

EFFECT_FROM, EFFECT_CAUTION_BELOW = 10, 30
RELIABILITY_FROM = 30


def method_lines(report: Mapping[str, Any]) -> list[str]:
    """Plain sentences, formulas in them. From a ``published`` report."""
    return [*_reading(report), *_formulas(report), *_details(report), *_ends(report)]


def _reading(report: Mapping[str, Any]) -> Iterator[str]:
    yield {
        Shape.TOTALS: _("Read from the file: total scores, a row a person."),
        Shape.ITEMS: _("Read from the file: questions, a row a person."),
        Shape.ROWS: _("Read from the file: a row a person and test."),
        Shape.LONG: _("Read from the file: a row a person, test and question."),
    }[Shape(report["file"]["shape"])]
    if report.get("missing_as") == "wrong":
        yield _("A question left out counts as wrong; who left out all did not take the test.")
    if report["is_paired"]:
        yield _("Only people who took both tests are compared, and both with the same questions.")


def _formulas(report: Mapping[str, Any]) -> Iterator[str]:
    if not report.get("paired"):
        return
    yield _("95%% plausible range of the gain: d ± t(0.975; n − 1) · s / √n, Student's t.") % {}
    if report["paired"].get("hake_class") is not None:
        yield _(
            "Share of the possible gain: ⟨g⟩ = (post − pre) / (max − pre) of the means, range by delta "
            "method."
        )


def _details(report: Mapping[str, Any]) -> Iterator[str]:
    paired = report.get("paired")
    if paired:
        yield from _tests(paired)
        yield from _effect(paired)
    yield from _reliability(report)
    yield from _retention(report)


def _tests(paired: Mapping[str, Any]) -> Iterator[str]:
    if paired["t"] is not None:
        yield _("Paired t test: t = %(t)s, df = %(df)s, p %(p)s.") % {
            "t": format_number(paired["t"], 2),
            "df": paired["df"],
            "p": p_text(paired["p_t"]),
        }
    exact = paired["pratt_p_exact_conditional"]
    value = exact if exact is not None else paired["pratt_p"]
    if value is not None:
        text = (
            _("Wilcoxon signed ranks (Pratt, exact): p %(p)s.")
            if exact is not None
            else _("Wilcoxon signed ranks (Pratt, normal approximation): p %(p)s.")
        )
        yield text % {"p": p_text(value)}


def _effect(paired: Mapping[str, Any]) -> Iterator[str]:
    n, size = paired["n"], paired["d_av"]
    if size is None or n < EFFECT_FROM:
        return
    text = _("The change equals %(d)s standard deviations (d_av).") % {"d": format_number(size, 2)}
    yield " ".join([text, _("Few people: read it with caution.")]) if n < EFFECT_CAUTION_BELOW else text


def _reliability(report: Mapping[str, Any]) -> Iterator[str]:
    block = report.get("ctt") or report.get("ctt_post")
    if not block or block["alpha"] is None or block["n"] < RELIABILITY_FROM:
        return
    low, high = block["alpha_ci_feldt_lo"], block["alpha_ci_feldt_hi"]
    alpha = format_number(block["alpha"], 2)
    if low is None or high is None:
        yield _("Reliability (Cronbach's alpha) %(alpha)s.") % {"alpha": alpha}
    else:
        yield _("Reliability (Cronbach's alpha) %(alpha)s, 95%% range %(low)s to %(high)s.") % {
            "alpha": alpha,
            "low": format_number(low, 2),
            "high": format_number(high, 2),
        }
    if block["alpha"] < 0:
        yield _("Alpha is negative: the questions do not measure one thing.")
    if block["sem"] is not None:
        yield _("One person's score is uncertain by ± %(sem)s points (standard error of measurement).") % {
            "sem": format_number(block["sem"], 1)
        }
    yield from _reliable_change(report)


def _reliable_change(report: Mapping[str, Any]) -> Iterator[str]:
    change = report.get("reliable_change")
    if change and change["n_reliable_up"] is not None and report["n_matched"] >= RELIABILITY_FROM:
        yield _(
            "Beyond the test's own error %(up)s rose and %(down)s fell; %(same)s did not clearly change."
        ) % {
            "up": change["n_reliable_up"],
            "down": change["n_reliable_down"],
            "same": change["n_no_change"],
        }


def _retention(report: Mapping[str, Any]) -> Iterator[str]:
    later = report.get("retention_pre_post2")
    if not later:
        return
    decimals = decimals_for(later["n"])
    yield _("Months later %(n)s people took the test again: %(change)s points compared with before.") % {
        "n": later["n"],
        "change": signed(later["mean_diff"], decimals),
    }
    kept = report.get("retention")
    if not kept or kept["share"] is None or kept["n"] < MIN_SHOWN:
        return
    if kept["share"] > 1:
        yield _("All of the gain was still there, and more had been added.")
    else:
        yield _("Of the gain, %(share)s was still there.") % {"share": percent(kept["share"], 0)}


def _ends(report: Mapping[str, Any]) -> Iterator[str]:
    if report["is_paired"]:
        yield _(
            "Without a group that had no training nobody can say what caused the change: people who take a "
            "test twice often gain anyway."
        )
    yield _("Nothing is shown of fewer than 5 people. Below 20 a result is only indicative.")
    yield _("Data version: %(version)s.") % {"version": report["file"]["data_version"]}


def p_text(p: float) -> str:
    """``= 0,012`` or ``< 0,001``: more digits would pretend to know more."""
    return f"< {format_number(0.001, 3)}" if p < 0.001 else f"= {format_number(p, 3)}"
