"""The agenda in words: counts of people and simple fractions, no percentages and no decimals."""

from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from lms.evaluation.reports.agenda_results import Agenda, AgendaOutcome, AskedQuestion
from lms.evaluation.stats.disclosure import INDICATIVE_BELOW, MIN_SHOWN
from lms.evaluation.stats.lesson_time import nearest_fraction
from lms.evaluation.stats.need import Verdict
from lms.evaluation.stats.reasons import Reason
from lms.learning.enums import Occasion

FRACTIONS_SAID = Fraction(1, 10)
"""What is less is called a small part."""


def counted_sentence(agenda: Agenda) -> str:
    """Of whom the page speaks, and who is not in it yet."""
    numbers = {"done": agenda.handed_in, "all": agenda.registered}
    if agenda.occasion == Occasion.POST:
        first = _("Counted from %(done)s of %(all)s participants: those who have handed in the post-test.")
    else:
        first = _("Counted from %(done)s of %(all)s participants: those who have handed in the pre-test.")
    return " ".join(part for part in (first % numbers, *_others(agenda)) if part)


def _others(agenda: Agenda) -> list[str]:
    still = agenda.going_on and ngettext(
        "%(count)d is still answering.", "%(count)d are still answering.", agenda.going_on
    ) % {"count": agenda.going_on}
    not_yet = agenda.not_begun and ngettext(
        "%(count)d has not begun.", "%(count)d have not begun.", agenda.not_begun
    ) % {"count": agenda.not_begun}
    return [part for part in (still, not_yet) if part]


def caution(agenda: Agenda) -> str:
    """What so few people allow to be said; "" where there are enough."""
    if agenda.withheld:
        return _("Fewer than 5 people: shown only to staff who may open people's tests.")
    if not 0 < agenda.handed_in < INDICATIVE_BELOW:
        return ""
    if agenda.handed_in < MIN_SHOWN:
        return _(
            "Only %(n)s people: a hint for talking with them, not a finding. Nothing is advised about time."
        ) % {"n": agenda.handed_in}
    return _("Only %(n)s people: a hint, not a certainty.") % {"n": agenda.handed_in}


def verdict_word(verdict: Verdict, occasion: str) -> str:
    """What to do about an outcome: how long to teach it, or after the post-test whether to repeat it."""
    if occasion == Occasion.POST:
        return {
            Verdict.LONGER: _("Repeat"),
            Verdict.AS_PLANNED: _("Ask once more"),
            Verdict.SHORTER: _("Well known"),
            Verdict.UNKNOWN: _("Too few people"),
        }[verdict]
    return {
        Verdict.LONGER: _("Teach longer"),
        Verdict.AS_PLANNED: _("Teach as usual"),
        Verdict.SHORTER: _("Keep it short or skip it"),
        Verdict.UNKNOWN: _("Too few people"),
    }[verdict]


def half_sentence(row: AgendaOutcome) -> str:
    """How many people have less than half of it."""
    return ngettext(
        "%(below)s of %(n)s person earned less than half of the points.",
        "%(below)s of %(n)s people earned less than half of the points.",
        row.need.n,
    ) % {"below": row.below_half, "n": row.need.n}


def answers_sentence(row: AskedQuestion) -> str:
    """How many people gave which sort of answer; what nobody did is left out."""
    parts = [
        _("%(right)s of %(n)s right") % {"right": row.right, "n": row.n},
        *(
            text % {"count": count}
            for count, text in (
                (row.partly, _("%(count)s partly right")),
                (row.wrong, _("%(count)s wrong")),
                (row.dont_know, _("%(count)s “I do not know”")),
                (row.blank, _("%(count)s without an answer")),
                (row.waiting, _("%(count)s wait for marking")),
            )
            if count
        ),
    ]
    return " · ".join(parts)


def change_sentence(row: AskedQuestion) -> str:
    """Before and after for the pair of questions; "" without a pre-test to compare with."""
    change = row.change
    if change is None or change.reason is Reason.TOO_FEW:
        return ""
    if change.reason is not None:
        return _("Before and after: not comparable, (nearly) all took the forms in one order.")
    return _(
        "This pair of questions: before %(before)s, after %(after)s of %(n)s fully right; %(learned)s "
        "learned it, %(lost)s lost it, %(missing)s still miss it."
    ) % {
        "before": change.before,
        "after": change.after,
        "n": change.n,
        "learned": change.learned,
        "lost": change.lost,
        "missing": change.missing,
    }


def time_sentence(row: AgendaOutcome) -> str:
    """The share of the lessons' time in words, beside the planned one; "" where nothing is advised."""
    if row.advised is None or row.planned is None or row.verdict is Verdict.UNKNOWN:
        return ""
    advised, planned = nearest_fraction(row.advised), nearest_fraction(row.planned)
    if row.verdict is Verdict.LONGER and advised <= planned:
        # The day is full of needs: a word that takes time away would gainsay the advice.
        return _(
            "Time: about %(planned)s of the lessons is planned. Take more where something else is kept short."
        ) % {"planned": fraction_word(planned)}
    share = fraction_word(advised)
    if advised >= FRACTIONS_SAID:
        share = _("about %(share)s") % {"share": share}
    if advised == planned:
        return _("Time: %(share)s of the lessons, as planned.") % {"share": share}
    return _("Time: %(share)s of the lessons (planned: %(planned)s).") % {
        "share": share,
        "planned": fraction_word(planned),
    }


def fraction_word(part: Fraction) -> str:
    """One of ``FRACTIONS`` in words."""
    return {
        1: pgettext("share of time", "all"),
        2: pgettext("share of time", "half"),
        3: pgettext("share of time", "a third"),
        4: pgettext("share of time", "a quarter"),
        5: pgettext("share of time", "a fifth"),
        6: pgettext("share of time", "a sixth"),
        8: pgettext("share of time", "an eighth"),
        10: pgettext("share of time", "a tenth"),
    }.get(part.denominator, pgettext("share of time", "a small part"))
