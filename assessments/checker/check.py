"""Reads an assessment once and puts all questions of the checker to it."""

from collections import defaultdict

from assessments.checker.balance import check_balance
from assessments.checker.blueprint import check_blueprint
from assessments.checker.findings import Finding, FormPlan, Instrument, Severity
from assessments.checker.options import check_options
from assessments.checker.wording import check_wording
from assessments.composing import pools
from assessments.legal import revoked_by_question
from assessments.models import Assessment, FormItem, FormSection, Outcome
from assessments.queries import load_questions
from assessments.questions.base import Question

_ORDER = list(Severity)


def check_assessment(assessment: Assessment) -> list[Finding]:
    """What to mend, to look at and to know, the gravest first. The number of queries does not grow with
    the questions."""
    return check_instrument(read_instrument(assessment))


def check_instrument(instrument: Instrument) -> list[Finding]:
    """``check_assessment`` for one that was read already. No query."""
    checks = (check_blueprint, check_balance, check_options, check_wording)
    findings = [finding for check in checks for finding in check(instrument)]
    return sorted(findings, key=lambda finding: _ORDER.index(finding.severity))


def read_instrument(assessment: Assessment) -> Instrument:
    """The assessment with forms, sections, questions and what their draws may take."""
    forms = list(assessment.forms.order_by("letter"))
    items = FormItem.objects.filter(form__in=forms).order_by("section", "position")
    loaded = load_questions({item.question_id for item in items})
    sections = FormSection.objects.filter(form__in=forms).select_related("outcome").order_by("number")
    items_of, sections_of = defaultdict(list), defaultdict(list)
    for item in items:
        items_of[item.form_id].append(item)
    for section in sections:
        sections_of[section.form_id].append(section)
    plans = []
    for form in forms:
        form.assessment = assessment
        drawing = [section for section in sections_of[form.pk] if section.draw]
        plans.append(
            FormPlan(
                form=form,
                sections=sections_of[form.pk],
                items=items_of[form.pk],
                questions=[loaded[item.question_id] for item in items_of[form.pk]],
                pools=pools(form, drawing) if drawing else {},
            )
        )
    all_outcomes = list(Outcome.objects.values_list("code", flat=True))
    revoked = revoked_by_question(loaded.values())
    return Instrument(assessment, plans, _outcome_codes(loaded), all_outcomes, revoked)


def _outcome_codes(loaded: dict[int, Question]) -> dict[int, list[str]]:
    codes: dict[int, list[str]] = defaultdict(list)
    links = Question.outcomes.through.objects.filter(question_id__in=list(loaded))
    for question_id, code in links.values_list("question_id", "outcome__code"):
        codes[question_id].append(code)
    return codes
