"""What the checker says, and about what."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.composing import Candidate
from assessments.legal import Revoked
from assessments.models import Assessment, AssessmentForm, FormItem, FormSection
from assessments.questions.base import Question


class Severity(models.TextChoices):
    """An error stops publishing; a warning must be acknowledged; a note is good to know."""

    ERROR = "error", _("Must be mended")
    WARNING = "warning", _("Please look at this")
    NOTE = "note", _("Good to know")


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence that says what to do, about a question or about the whole."""

    code: str
    severity: Severity
    text: str
    question: Question | None = None


@dataclass(frozen=True, slots=True)
class FormPlan:
    """A form with everything that is said about it. ``pools``: candidates of the sections that draw."""

    form: AssessmentForm
    sections: list[FormSection]
    items: list[FormItem]
    questions: list[Question]
    pools: dict[int, list[Candidate]] = field(default_factory=dict)

    @property
    def letter(self) -> str:
        return self.form.letter

    @property
    def draws(self) -> list[FormSection]:
        return [section for section in self.sections if section.draw]


@dataclass(frozen=True, slots=True)
class Instrument:
    """An assessment with its forms, the codes of outcomes by question, and all outcomes there are."""

    assessment: Assessment
    plans: list[FormPlan]
    outcomes: dict[int, list[str]]
    all_outcomes: list[str]
    # By question, the rules that it cites and that are revoked. Filled when the instrument is read.
    revoked: dict[int, list[Revoked]] = field(default_factory=dict)

    @property
    def questions(self) -> list[Question]:
        """Every listed question once, in the order of forms."""
        return list({question.pk: question for plan in self.plans for question in plan.questions}.values())


def has_errors(findings: Iterable[Finding]) -> bool:
    """Whether something stops publishing."""
    return any(finding.severity == Severity.ERROR for finding in findings)


def error(code: str, text: str, question: Question | None = None) -> Finding:
    return Finding(code, Severity.ERROR, text, question)


def warning(code: str, text: str, question: Question | None = None) -> Finding:
    return Finding(code, Severity.WARNING, text, question)


def note(code: str, text: str, question: Question | None = None) -> Finding:
    return Finding(code, Severity.NOTE, text, question)
