"""What of a training's results everybody may read: a snapshot that is kept with the page that shows it.

Stricter than the organiser's report (``results``), whose reader holds the roster. Here no number of fewer
than five people is told, and none that follows by subtraction from another that is (``stats.suppression``).
Below twenty people who took both tests only people are counted, in the words of the report: never "caused".
Nothing in it names anybody; it is plain data, so that what was published stays what it was when somebody
looks again.
"""

from collections.abc import Mapping
from typing import Any

from django.db.models import Count
from django.utils import timezone

from assessments.enums import OutcomeKind
from lms.cohorts.enums import COUNTS_AS_PRESENT
from lms.cohorts.models import Attendance, Cohort, Enrolment
from lms.evaluation.reports.evaluate import evaluate_cohort
from lms.evaluation.reports.notes import NoteCode
from lms.evaluation.reports.results import CohortEvaluation, OutcomeRow
from lms.evaluation.stats.disclosure import Standing
from lms.evaluation.stats.suppression import apart, suppressed
from lms.followup.queries import plan_counts, pledge_counts

# What can be said without a number of people (see ``public_words``).
_TOLD = (
    NoteCode.FORMS_NOT_BALANCED,
    NoteCode.FORMS_DIFFER,
    NoteCode.NOTHING_COMMON,
    NoteCode.MANY_LOST,
    NoteCode.CEILING,
)
_TOLD_WITH_MEANS = (*_TOLD, NoteCode.INCLUDES_ZERO)
_MEANS = ("mean_pre", "mean_post", "mean_gain", "ci_low", "ci_high")


def public_summary(cohort: Cohort, *, with_results: bool) -> dict[str, Any]:
    """JSON-ready: who was there and, if asked for, what was learned and planned. ``None`` = not told.

    Totals are told in the order matched, present, plans, as long as no difference of two of them is a group
    of one to four people. Means are in points out of ``max_points``; nothing is rounded.
    """
    summary: dict[str, Any] = {
        "as_of": timezone.now().isoformat(),
        "simulated": cohort.is_simulated,
        "with_results": with_results,
    }
    totals: list[int | None] = []
    if with_results:
        summary |= _results(evaluate_cohort(cohort))
        totals.append(summary["matched"])
    summary |= _present(cohort, totals)
    if with_results:
        summary["plans"] = _plans(cohort, totals)
    return summary


def _present(cohort: Cohort, totals: list[int | None]) -> dict[str, Any]:
    """Who came, by element and sex. Without attendance on record: who was enrolled."""
    came = Attendance.objects.filter(enrolment__cohort=cohort, status__in=COUNTS_AS_PRESENT)
    people = Enrolment.objects.filter(cohort=cohort)
    if came.exists():
        people = people.filter(pk__in=came.values("enrolment"))
    elements, sexes = (_counted(people, f"participant__{name}") for name in ("element", "sex"))
    total = sum(elements.values())
    if not apart(total, totals):
        # Without counts: which elements were there is no secret.
        return {"present": None, "elements": None, "element_names": sorted(elements), "women": None}
    totals.append(total)
    shown = suppressed(elements, zero_tells=False)
    rest = total - sum(shown.values())
    return {
        "present": total,
        "elements": [{"element": name, "n": n} for name, n in shown.items()],
        "others": rest or None,
        "element_names": sorted(elements),
        "women": suppressed(sexes, zero_tells=True).get("P"),
    }


def _counted(people: Any, path: str) -> dict[str, int]:
    rows = people.order_by().values_list(path).annotate(n=Count("pk")).order_by("-n", path)
    return dict(rows)


def _results(result: CohortEvaluation) -> dict[str, Any]:
    if result.is_hidden:
        return {"matched": None, "standing": Standing.HIDDEN.value, "notes": [], "outcomes": []}
    with_means = result.standing is Standing.SUFFICIENT and result.has_gain
    told = _TOLD_WITH_MEANS if with_means else _TOLD
    return {
        "matched": result.matched_n,
        "standing": result.standing.value,
        "notes": [note.code.value for note in result.notes if note.code in told],
        "max_points": result.max_points,
        **_change(result, with_means=with_means),
        "outcomes": [
            {
                "code": row.code,
                "title": row.outcome.title,
                "title_en": row.outcome.title_en,
                "max_points": row.max_points,
                **_change(row, with_means=with_means and row.mean_pre is not None),
            }
            for row in result.outcomes
            # The expected results of the programme; of the others staff read.
            if row.reason is None and row.outcome.kind == OutcomeKind.RESULT
        ],
    }


def _change(row: CohortEvaluation | OutcomeRow, *, with_means: bool) -> dict[str, Any]:
    change: dict[str, Any] = {"people": _people(row)}
    if with_means:
        change |= {name: getattr(row, name) for name in _MEANS}
    return change


def _people(row: CohortEvaluation | OutcomeRow) -> Mapping[str, int] | None:
    if row.rose is None or row.same is None or row.fell is None:
        return None
    cells = {"rose": row.rose, "same": row.same, "fell": row.fell}
    return suppressed(cells, zero_tells=True) or None


def _plans(cohort: Cohort, totals: list[int | None]) -> dict[str, int | None]:
    """How far the third and fourth expected results (H3, H4) have come, in people."""
    counts, told = {**pledge_counts(cohort), **plan_counts(cohort)}, {}
    for name in ("submitted", "both_phases", "signed"):
        told[name] = counts[name] if apart(counts[name], totals) else None
        totals.append(told[name])
    return told


def is_empty(summary: Mapping[str, Any]) -> bool:
    """Whether there is no result to show."""
    return not summary.get("matched") and not any((summary.get("plans") or {}).values())
