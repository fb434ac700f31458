"""What the page and the previews of an assessment show of its forms."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse

from assessments.blueprints import state_of
from assessments.checker import Finding, Severity, has_errors
from assessments.checker.balance import by_outcome, fixed_points
from assessments.checker.findings import FormPlan, Instrument
from assessments.composing import canonical_rng, compose_form
from assessments.models import AssessmentForm
from assessments.queries import load_questions
from assessments.questions.base import Question
from assessments.registry import template_of
from assessments.viewsets.lists import ALL_QUESTIONS_POLICY, LOOKING
from assessments.viewsets.screens import question_url


def page_of(pk: Any) -> str:
    """Address of the page of an assessment."""
    return reverse("assessments:inspect", args=[pk])


def findings_context(found: list[Finding]) -> dict[str, Any]:
    """What the checker says, as ``_findings.html`` shows it: grouped by severity, with addresses."""
    rows = [(each, each.question and question_url(each.question, "inspect")) for each in found]
    groups = [(severity, [row for row in rows if row[0].severity == severity]) for severity in Severity]
    return {
        "groups": [(severity, severity.label, rows) for severity, rows in groups if rows],
        "has_errors": has_errors(found),
        "has_warnings": any(finding.severity == Severity.WARNING for finding in found),
        "state": state_of(found),
    }


def form_cards(instrument: Instrument) -> list[dict[str, Any]]:
    """For each form its sections with rows of questions: {question, url, is_anchor}."""
    met = Counter(code for plan in instrument.plans for code in {q.code for q in plan.questions})
    return [
        {
            "form": plan.form,
            "sections": _sections(plan, met),
            "is_empty": not plan.questions and not plan.draws,
        }
        for plan in instrument.plans
    ]


def _sections(plan: FormPlan, met: Counter[str]) -> list[dict[str, Any]]:
    rows: dict[int, list[dict[str, Any]]] = {}
    for item, question in zip(plan.items, plan.questions, strict=True):
        url = question_url(question, "inspect")
        rows.setdefault(item.section, []).append(
            {"question": question, "url": url, "is_anchor": met[question.code] > 1}
        )
    known = {section.number: section for section in plan.sections}
    return [
        {
            "number": number,
            "section": known.get(number),
            "rows": rows.get(number, []),
            "pool": len(plan.pools.get(number, [])),
        }
        for number in sorted({*known, *rows})
    ]


def outcome_table(instrument: Instrument) -> dict[str, Any]:
    """What each form gives: letters, rows [(code, [(letter, questions, points)])], totals [(letter, points)].

    Points in all are None where they depend on the draw.
    """
    plans = instrument.plans
    shares = {plan.letter: by_outcome(plan, instrument.outcomes) for plan in plans}
    codes = sorted({code for share in shares.values() for code in share})
    return {
        "letters": [plan.letter for plan in plans],
        "rows": [
            (code, [(letter, *share.get(code, (0, 0))) for letter, share in shares.items()]) for code in codes
        ],
        "totals": [(plan.letter, fixed_points(plan)) for plan in plans],
    }


@dataclass(frozen=True, slots=True)
class Sheet:
    """A form as one attempt would show it. ``problem`` says why it cannot be shown."""

    rows: list[dict[str, Any]]
    questions: list[Question]
    is_drawn: bool
    problem: str = ""


def sheet_of(form: AssessmentForm, *, with_key: bool) -> Sheet:
    """The questions of a form in the one order that paper and reading aloud have, draws included."""
    rng = canonical_rng(form)
    is_drawn = form.sections.filter(draw__isnull=False).exists()
    try:
        composed = compose_form(form, rng=rng, usage={})
    except ValidationError as refusal:
        return Sheet([], [], is_drawn, " ".join(refusal.messages))
    titles = {section.number: section for section in form.sections.all()}
    loaded = load_questions([item.question_id for item in composed])
    rows: list[dict[str, Any]] = []
    section = None
    for position, item in enumerate(composed, start=1):
        question = loaded[item.question_id]
        is_new = item.section != section
        section = item.section
        rows.append(
            {
                "position": position,
                "section": titles.get(section) if is_new else None,
                "payload": question.participant_payload(question.draw_order(rng)),
                "field": f"q{position}",
                "question": question if with_key else None,
                "key_template": template_of(question.kind, "key") if with_key else "",
            }
        )
    return Sheet(rows, list(loaded.values()), is_drawn)


def may_see_questions(user: Any, questions: Iterable[Question]) -> bool:
    """Whether the member of staff may look at every kind of question that is shown."""
    seen = tuple(ALL_QUESTIONS_POLICY.permitted_kinds(user, LOOKING))
    return all(isinstance(question, seen) for question in questions)
