"""Reads of questions and forms that repeat."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Model, prefetch_related_objects

from assessments.models import Assessment, AssessmentForm, FormItem, Outcome
from assessments.questions.base import Question
from assessments.registry import kinds


def load_questions(ids: Iterable[int]) -> dict[int, Question]:
    """Questions by id with their options loaded: one query a kind and one an option table, not one a row."""
    loaded: list[Question] = list(Question.objects.filter(pk__in=list(ids)))
    for model in kinds().values():
        of_kind: list[Model] = [question for question in loaded if isinstance(question, model)]
        if of_kind and model.prefetch:
            prefetch_related_objects(of_kind, *model.prefetch)
    return {question.pk: question for question in loaded}


@dataclass(frozen=True, slots=True)
class FormSummary:
    """A form as an author looks at it: questions in order, and points in all and for each outcome code."""

    form: AssessmentForm
    questions: list[Question]
    total: int
    by_outcome: dict[str, int] = field(default_factory=dict)

    @property
    def outdated(self) -> list[Question]:
        """Questions of the form that have a newer version."""
        return [question for question in self.questions if not question.is_current]


def summarise_forms(assessment: Assessment) -> list[FormSummary]:
    """All forms of a test with their points, by letter. A constant number of queries a kind."""
    items = list(FormItem.objects.filter(form__assessment=assessment).select_related("form"))
    questions = load_questions({item.question_id for item in items})
    outcomes = _outcome_codes(questions)
    by_form: dict[int, list[Question]] = defaultdict(list)
    for item in sorted(items, key=lambda item: item.position):
        by_form[item.form_id].append(questions[item.question_id])
    return [_summarise(form, by_form[form.pk], outcomes) for form in assessment.forms.order_by("letter")]


def forms_are_equal(summaries: Iterable[FormSummary]) -> bool:
    """Whether forms can be compared: the same points in all, and for each outcome."""
    shapes = [(summary.total, summary.by_outcome) for summary in summaries]
    return all(shape == shapes[0] for shape in shapes)


def _summarise(
    form: AssessmentForm, questions: list[Question], outcomes: dict[int, list[str]]
) -> FormSummary:
    points: Counter[str] = Counter()
    for question in questions:
        points.update(dict.fromkeys(outcomes[question.pk], question.points))
    total = sum(question.points for question in questions)
    return FormSummary(form=form, questions=questions, total=total, by_outcome=dict(points))


def _outcome_codes(questions: Iterable[int]) -> dict[int, list[str]]:
    codes: dict[int, list[str]] = defaultdict(list)
    rows = Outcome.objects.filter(questions__in=list(questions)).values_list("questions", "code")
    for question, code in rows:
        codes[question].append(code)
    return codes
