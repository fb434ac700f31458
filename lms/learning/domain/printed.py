"""The arrangement of a form that everybody of a training shares: on paper, and when it is read aloud."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.composing import canonical_rng, compose_form
from assessments.domain import hold_questions
from assessments.models import AssessmentForm
from assessments.queries import load_questions
from assessments.questions.base import Question
from lms.cohorts.models import Cohort
from lms.learning.enums import Mode
from lms.learning.models import Attempt, PaperSheet, PrintedForm, PrintedItem
from lms.learning.models.printed import edition_of

SHARED_MODES = (Mode.PAPER, Mode.READ_ALOUD)


@dataclass(frozen=True, slots=True)
class Arranged:
    """A question at its place, with its options in the order shown."""

    question: Question
    section: int
    order: list[str]


def arrange(form: AssessmentForm) -> list[Arranged]:
    """The form as it would be printed now: always the same until the form or the bank changes.

    How often a question was used, and who has seen it, play no part. Raises ValidationError (``no_form``,
    ``too_few``) if there is nothing to print.
    """
    rng = canonical_rng(form)
    composed = compose_form(form, rng=rng, usage={})
    if not composed:
        raise ValidationError(_("This test has no questions yet. Please tell your trainer."), "no_form")
    questions = load_questions(item.question_id for item in composed)
    return [
        Arranged(questions[item.question_id], item.section, questions[item.question_id].draw_order(rng))
        for item in composed
    ]


def edition(arranged: list[Arranged]) -> str:
    """The short mark that is printed on every page of this arrangement."""
    return edition_of([(item.question.pk, item.order) for item in arranged])


def hold_printed_form(*, cohort: Cohort, occasion: str, form: AssessmentForm) -> PrintedForm:
    """The frozen arrangement, made if there is none. Raises ValidationError as ``arrange`` does.

    While no answers depend on it, it follows the form: a test that was corrected is printed as corrected.
    """
    with transaction.atomic():
        # One at a time: an attempt that is made from the arrangement keeps the next one from changing it.
        AssessmentForm.objects.select_for_update().get(pk=form.pk)
        frozen = PrintedForm.objects.filter(cohort=cohort, occasion=occasion, form=form).first()
        if frozen is not None and _is_used(frozen):
            return frozen
        hold_questions(item.question.pk for item in arrange(form))
        # Read again now that nobody can change the versions.
        arranged = arrange(form)
        mark = edition(arranged)
        if frozen is not None and frozen.edition == mark:
            return frozen
        return _freeze(frozen or PrintedForm(cohort=cohort, occasion=occasion, form=form), arranged, mark)


def look_at_form(*, cohort: Cohort, occasion: str, form: AssessmentForm) -> list[Arranged]:
    """What ``hold_printed_form`` would freeze now, or has frozen; nothing is written."""
    frozen = PrintedForm.objects.filter(cohort=cohort, occasion=occasion, form=form).first()
    return arrangement_of(frozen) if frozen is not None and _is_used(frozen) else arrange(form)


def arrangement_of(printed: PrintedForm) -> list[Arranged]:
    """The frozen questions with their options loaded, in order."""
    items = list(printed.items.order_by("position"))
    questions = load_questions(item.question_id for item in items)
    return [Arranged(questions[item.question_id], item.section, item.option_order) for item in items]


def question_was_printed(question_id: int) -> bool:
    """Whether a training has this version of a question on paper or reads it aloud."""
    return PrintedItem.objects.filter(question_id=question_id).exists()


def _freeze(printed: PrintedForm, arranged: list[Arranged], mark: str) -> PrintedForm:
    printed.edition, printed.frozen_at = mark, timezone.now()
    printed.save()
    printed.items.all().delete()
    PrintedItem.objects.bulk_create(
        PrintedItem(
            printed=printed,
            position=position,
            section=item.section,
            question=item.question,
            option_order=item.order,
        )
        for position, item in enumerate(arranged, start=1)
    )
    return printed


def _is_used(printed: PrintedForm) -> bool:
    """Whether answers were given to this arrangement, filed or only typed so far."""
    own = {
        "enrolment__cohort_id": printed.cohort_id,
        "occasion": printed.occasion,
        "form_id": printed.form_id,
    }
    return (
        Attempt.objects.filter(mode__in=SHARED_MODES, **own).exists()
        or PaperSheet.objects.filter(**own).exists()
    )
