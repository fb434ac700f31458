"""A public summary in the words of the active language. It computes nothing: what is not told stays so."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from lms.evaluation.reports.notes import Note, NoteCode
from lms.evaluation.reports.results import OrderGroup
from lms.evaluation.reports.wording import shown_change
from lms.evaluation.stats.disclosure import Standing
from lms.people.enums import Element
from lms.ui.templatetags.lms_ui import format_number

Summary = Mapping[str, Any]
_MEANS = ("mean_pre", "mean_post", "mean_gain", "ci_low", "ci_high")


@dataclass(frozen=True, slots=True)
class OutcomeLine:
    """A learning outcome and what became of it."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class PublicWords:
    """What a page shows, in its order. Empty where nothing may be told."""

    as_of: datetime
    simulated: bool
    present: str
    elements: list[str]
    results: list[str]
    outcomes: list[OutcomeLine]
    notes: list[str]
    plans: list[str]


def public_words(summary: Summary) -> PublicWords | None:
    """The words of a snapshot made by ``public_summary``; None for an empty one."""
    if not summary:
        return None
    return PublicWords(
        as_of=datetime.fromisoformat(summary["as_of"]),
        simulated=summary["simulated"],
        present=_present(summary),
        elements=list(_elements(summary)),
        results=list(_results(summary)) if summary["with_results"] else [],
        outcomes=list(_outcomes(summary)),
        notes=[_note(code) for code in summary.get("notes", ())],
        plans=list(_plans(summary.get("plans") or {})),
    )


def _present(summary: Summary) -> str:
    total, women = summary["present"], summary["women"]
    if total is None:
        return ""
    text = ngettext("%(n)s person took part.", "%(n)s people took part.", total)
    if women is not None:
        text = ngettext(
            "%(n)s person took part, %(women)s of them women.",
            "%(n)s people took part, %(women)s of them women.",
            total,
        )
    return text % {"n": format_number(total), "women": format_number(women or 0)}


def _elements(summary: Summary) -> Iterator[str]:
    """With counts, or where these may not be told, which elements were there."""
    if summary["elements"] is None:
        yield from (str(Element(name).label) for name in summary["element_names"])
        return
    for row in summary["elements"]:
        yield f"{Element(row['element']).label}: {format_number(row['n'])}"
    if summary.get("others") and summary["elements"]:
        yield _("other elements together: %(n)s") % {"n": format_number(summary["others"])}


def _results(summary: Summary) -> Iterator[str]:
    if summary["standing"] == Standing.HIDDEN:
        yield _("Too few people took both the test before and the test after; no result is shown.")
        return
    yield _("%(n)s people took both the test before and the test after the training.") % {
        "n": format_number(summary["matched"])
    }
    if "mean_pre" in summary:
        yield _means(summary, summary["matched"])
    elif summary["standing"] == Standing.INDICATIVE:
        yield _("They are fewer than twenty, so only people are counted; no average is given.")
    yield from filter(None, [_people(summary, summary["matched"])])


def _means(row: Summary, n: int) -> str:
    """Before, after and gain, rounded as in the organiser's report."""
    shown = shown_change(OrderGroup("", n, *(row[name] for name in _MEANS)))
    if shown is None:
        return ""
    words = {"before": shown.before, "after": shown.after, "max": row["max_points"], "change": shown.change}
    if shown.low is None:
        return _("On average %(before)s of %(max)s points before and %(after)s after (%(change)s).") % words
    words |= {"low": shown.low, "high": shown.high}
    sentence = _(
        "On average %(before)s of %(max)s points before and %(after)s after (%(change)s; plausible range "
        "%(low)s to %(high)s)."
    )
    return sentence % words


def _people(row: Summary, n: int) -> str:
    """How many rose, stayed and fell. What is not told belongs together; alone it would be a difference."""
    people = row["people"]
    if not people and "mean_pre" in row:
        return ""
    if not people:
        return _("How many rose or fell is not told, because some groups are too small.")
    words = {
        "rose": _("%(n)s had more points than before"),
        "same": _("%(n)s had the same"),
        "fell": _("%(n)s had fewer"),
    }
    parts = [words[name] % {"n": format_number(people[name])} for name in words if name in people]
    rest = n - sum(people.values())
    if rest:
        parts.append(_("%(n)s others") % {"n": format_number(rest)})
    return ", ".join(parts) + "."


def _outcomes(summary: Summary) -> Iterator[OutcomeLine]:
    for row in summary.get("outcomes", ()):
        title = (row["title_en"] or row["title"]) if get_language() == "en" else row["title"]
        if "mean_pre" in row:
            yield OutcomeLine(title, _means(row, summary["matched"]))
        elif row["people"]:
            yield OutcomeLine(title, _people(row, summary["matched"]))


def _note(code: str) -> str:
    if code == NoteCode.MANY_LOST:
        return _(
            "Many who began did not take the test after; the result may look better or worse than it is."
        )
    return Note(NoteCode(code)).text


def _plans(plans: Mapping[str, int | None]) -> Iterator[str]:
    submitted, both, signed = (plans.get(name) for name in ("submitted", "both_phases", "signed"))
    if signed:
        yield ngettext(
            "%(n)s person signed a pledge of commitment.",
            "%(n)s people signed a pledge of commitment.",
            signed,
        ) % {"n": format_number(signed)}
    if submitted:
        yield ngettext(
            "%(n)s person handed in a follow-up plan.", "%(n)s people handed in a follow-up plan.", submitted
        ) % {"n": format_number(submitted)}
    if both:
        yield ngettext(
            "%(n)s person plans activities both before and at the village deliberation.",
            "%(n)s people plan activities both before and at the village deliberation.",
            both,
        ) % {"n": format_number(both)}
