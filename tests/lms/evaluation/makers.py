"""A cohort with the scores that a test names."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from assessments.models import Assessment, AssessmentForm, FormItem
from lms.cohorts.models import Cohort, Enrolment
from lms.learning.models import Attempt, AttemptItem
from tests.factories import AssessmentFactory, CohortFactory, EnrolmentFactory, OutcomeFactory, make_single

# Points of each question and the outcomes it serves: 20 points; H1 14, D2 10, H4 1.
QUESTIONS: tuple[tuple[int, tuple[str, ...]], ...] = (
    (5, ("H1", "D2")),
    (5, ("H1", "D2")),
    (4, ("H1",)),
    (1, ("H4",)),
    (5, ()),
)

Person = tuple[str, int | Sequence[int] | None, int | Sequence[int] | None]


def make_two_forms(questions: Any = QUESTIONS, *, form_b: Any = None) -> Assessment:
    """Parallel forms A and B; ``form_b`` if B asks something else."""
    assessment = AssessmentFactory()
    for letter, asked in (("A", questions), ("B", form_b or questions)):
        form = AssessmentForm.objects.create(assessment=assessment, letter=letter)
        for position, (points, codes) in enumerate(asked, start=1):
            question = make_single(
                code=f"{assessment.code}-{position}{letter}",
                points=points,
                pair=f"{assessment.code}-{position}",
                form_letter=letter,
            )
            for place, code in enumerate(codes):
                outcome = OutcomeFactory(
                    code=code, title=f"Hasil {code}", title_en=f"Result {code}", position=place
                )
                outcome.questions.add(question)
            FormItem.objects.create(form=form, question=question, position=position)
    return assessment


def make_cohort(people: Sequence[Person], **fields: Any) -> Cohort:
    """A cohort from (order, before, after): points, points by item, or None for a test not taken."""
    fields.setdefault("assessment", None)
    fields["assessment"] = fields["assessment"] or make_two_forms()
    cohort = CohortFactory(**fields)
    for person in people:
        add_person(cohort, person)
    return cohort


def add_person(cohort: Cohort, person: Person) -> Enrolment:
    order, before, after = person
    enrolment = EnrolmentFactory(cohort=cohort, form_order=order)
    for occasion, letter, points in (("pre", order[0], before), ("post", order[1], after)):
        if points is not None:
            add_attempt(enrolment, occasion, letter, points)
    return enrolment


def add_attempt(
    enrolment: Enrolment,
    occasion: str,
    letter: str,
    points: int | Sequence[int],
    *,
    number: int = 1,
    is_submitted: bool = True,
) -> Attempt:
    """An attempt whose items earn ``points``: given by item, or filled up from the first item on."""
    form = enrolment.cohort.assessment.forms.get(letter=letter)
    asked = [item.question for item in form.items.select_related("question").order_by("position")]
    earned = _fill(points, [question.points for question in asked]) if isinstance(points, int) else points
    attempt = Attempt.objects.create(
        enrolment=enrolment,
        assessment=form.assessment,
        occasion=occasion,
        number=number,
        form=form,
        max_score=sum(question.points for question in asked),
        score=sum(earned) if is_submitted else None,
        submitted_at=timezone.now() if is_submitted else None,
    )
    AttemptItem.objects.bulk_create(
        AttemptItem(
            attempt=attempt,
            position=position,
            question=question,
            kind="single",
            points=question.points,
            earned=got if is_submitted else None,
        )
        for position, (question, got) in enumerate(zip(asked, earned, strict=True), start=1)
    )
    return attempt


def _fill(points: int, room: list[int]) -> list[int]:
    earned = []
    for most in room:
        earned.append(min(points, most))
        points -= earned[-1]
    return earned


# Worked by hand. AB: 8->13, 10->14, 6->12, gains 5, 4, 6, mean 5, before 8, after 13, squares about 5: 2.
# BA: 12->13, 9->12, 12->14, gains 1, 3, 2, mean 2, before 11, after 13, squares about 2: 2.
# Mean before (8 + 11) / 2 = 9.5, after 13, gain 3.5; s^2 = 4 / 4 = 1; SE = sqrt(1/3 + 1/3) / 2 = 0.408248;
# t(.975, 4) = 2.776445; interval 3.5 -+ 1.133479. <g> = 3.5 / (20 - 9.5) = 1/3.
SIX: list[Person] = [
    ("AB", 8, 13),
    ("AB", 10, 14),
    ("AB", 6, 12),
    ("BA", 12, 13),
    ("BA", 9, 12),
    ("BA", 12, 14),
]
SIX_CI = (3.5 - 1.133479, 3.5 + 1.133479)


def copies(people: Sequence[Person], times: int) -> list[Person]:
    """The same people several times over."""
    return [person for _ in range(times) for person in people]
