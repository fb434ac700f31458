"""Sentences about people and deeds: who is in the figures, what was done, how it was found, promised."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lms.evaluation.reports.actions import Actions
from lms.evaluation.reports.cohort import CohortReport
from lms.evaluation.reports.reactions import Reaction
from lms.evaluation.reports.results import CohortEvaluation
from lms.learning.desk.scales import Change


def dropped_sentence(result: CohortEvaluation) -> str:
    """How many are not in the comparison, and at which step they are missing."""
    outside = result.registered - result.matched_n
    if not result.registered:
        return _("Nobody is registered.")
    if not outside:
        return _("Everybody who is registered took both tests.")
    said = ngettext(
        "%(outside)s of %(all)s person registered is not in the comparison.",
        "%(outside)s of %(all)s people registered are not in the comparison.",
        result.registered,
    ) % {"outside": outside, "all": result.registered}
    parts = [
        text % {"n": n}
        for n, text in (
            (result.lost_n, _("%(n)s took the pre-test and not the post-test")),
            (_post_only(result), _("%(n)s took the post-test and not the pre-test")),
            (_neither(result), _("%(n)s took neither")),
        )
        if n > 0
    ]
    if not parts:
        return said
    # Not inside the f-string: there, no tool finds what is to be translated.
    detail = _("Of these: %(parts)s.") % {"parts": "; ".join(parts)}
    return f"{said} {detail}"


def _post_only(result: CohortEvaluation) -> int:
    return result.post_n - _with_both(result)


def _neither(result: CohortEvaluation) -> int:
    return result.registered - result.pre_n - result.post_n + _with_both(result)


def _with_both(result: CohortEvaluation) -> int:
    """Those with a result of both tests, on whichever forms."""
    return result.matched_n + next((note.values["n"] for note in result.notes if note.code == "same_form"), 0)


def actions_sentence(actions: Actions) -> str:
    """Planned, done and late, out of all."""
    if not actions.planned:
        return _("No plan was handed in: what was done afterwards is not known.")
    said = _(
        "%(people)s of %(all)s people handed in a plan, with %(planned)s actions: %(done)s reported done, "
        "%(late)s late."
    ) % {
        "people": actions.planned_by,
        "all": actions.registered,
        "planned": actions.planned,
        "done": actions.done,
        "late": actions.late,
    }
    own = _("Done is what the owner reports; nobody else has checked it here.")
    return f"{said} {own}"


def reaction_sentence(reaction: Reaction) -> str:
    """How many answered, and why nothing may be shown."""
    said = _("%(answered)s of %(all)s people answered.") % {
        "answered": reaction.answered,
        "all": reaction.enrolled,
    }
    reason = {
        "open": _("Answers are shown after the survey has closed."),
        "few": _("Fewer than 5 answered, so nothing is shown."),
        "small": _("Fewer than 10 answered, too few for a finding."),
    }.get(reaction.held, "")
    if not reason and reaction.is_indicative:
        reason = _("Indicative below 50 people.")
    return f"{said} {reason}".strip()


def commitment_sentence(report: CohortReport) -> str:
    """Pledges, in people."""
    if not report.pledges.written:
        return _("No pledge is recorded.")
    return _("%(written)s of %(all)s people made a pledge, %(signed)s signed it.") % {
        "written": report.pledges.written,
        "signed": report.pledges.signed,
        "all": report.evaluation.registered,
    }


def change_reason(change: Change) -> str:
    """Why a change of commitment may not be told; "" if it may."""
    return {
        "open": _("not closed yet"),
        "few": _("fewer than five people answered both"),
    }.get(change.held, "")
