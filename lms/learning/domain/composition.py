"""What one attempt shows: which questions, in which order, with which order of options."""

import random
import secrets
from collections.abc import Callable
from functools import partial

from django.core.exceptions import ValidationError

from assessments.composing import compose_form
from assessments.domain import hold_questions
from assessments.models import AssessmentForm, FormItem
from assessments.queries import load_shown_questions
from lms.cohorts.models import Enrolment
from lms.learning.domain.printed import SHARED_MODES, Arranged, arrangement_of, hold_printed_form
from lms.learning.models import AttemptItem


def sheet_of(*, enrolment: Enrolment, occasion: str, form: AssessmentForm, mode: str) -> list[Arranged]:
    """The questions of a new attempt. Call it in the transaction that freezes them.

    On paper and read aloud it is the arrangement that the whole training shares, so that letters are alike
    for everybody; otherwise a draw of one's own.
    """
    if mode in SHARED_MODES:
        return arrangement_of(hold_printed_form(cohort=enrolment.cohort, occasion=occasion, form=form))
    return _drawn(form, secrets.SystemRandom(), partial(seen_elsewhere, enrolment, form))


def seen_elsewhere(enrolment: Enrolment, form: AssessmentForm) -> set[int]:
    """Questions that this person met, or will meet, in the other forms of the assessment: not to be drawn.

    Anchors stand as listed questions in this form too, and what is listed is never left out.
    """
    others = AttemptItem.objects.filter(
        attempt__enrolment=enrolment, attempt__form__assessment_id=form.assessment_id
    ).exclude(attempt__form=form)
    fixed = FormItem.objects.filter(form__assessment_id=form.assessment_id).exclude(form=form)
    return {*others.values_list("question_id", flat=True), *fixed.values_list("question_id", flat=True)}


def _drawn(form: AssessmentForm, rng: random.Random, exclude: Callable[[], set[int]]) -> list[Arranged]:
    """Empty where the bank has too few. Options are read after the versions are held: an author who
    saves at the same moment neither changes them half-way nor takes them for unused."""
    try:
        composed = compose_form(form, rng=rng, exclude=exclude)
    except ValidationError:
        # What the bank lacks is the trainers' business; the person can only tell them.
        return []
    hold_questions(item.question_id for item in composed)
    questions = load_shown_questions((item.question_id for item in composed), all_were_shown=False)
    return [
        Arranged(questions[item.question_id], item.section, questions[item.question_id].draw_order(rng))
        for item in composed
    ]
