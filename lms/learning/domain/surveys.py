"""Anonymous surveys: an answer without a person, and a receipt without an answer."""

import random
import secrets
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import QueryDict
from django.utils.translation import gettext as _

from assessments.composing import canonical_rng, compose_form
from assessments.domain import hold_questions
from assessments.models import Assessment
from assessments.queries import load_questions
from lms.cohorts.models import Assignment, Cohort, Enrolment
from lms.learning.domain.printed import Arranged
from lms.learning.domain.refusals import refusal_of
from lms.learning.enums import Occasion
from lms.learning.models import AnonymousResponse, SurveyReceipt
from lms.learning.queries import form_for, terms_of_survey


class SurveyAnswersError(Exception):
    """What was refused, by place of the question: sentences for the page. Nothing was stored."""

    def __init__(self, by_position: dict[int, str]) -> None:
        super().__init__(by_position)
        self.by_position = by_position


def survey_sheet(*, enrolment: Enrolment, assessment: Assessment) -> list[Arranged]:
    """The questions of a survey, the same for everybody: who saw which would be a trace."""
    form = form_for(enrolment, Occasion.SURVEY, assessment)
    if form is None:
        return []
    rng = canonical_rng(form)
    composed = compose_form(form, rng=rng, usage={})
    questions = load_questions(item.question_id for item in composed)
    shown = ((questions[item.question_id], item.section) for item in composed)
    return [
        Arranged(question, section, question.draw_order(rng))
        for question, section in shown
        if not question.takes_files  # a file tells who made it
    ]


def submit_anonymous(
    *,
    enrolment: Enrolment,
    assessment: Assessment,
    data: dict[int, QueryDict],
    sheet: list[Arranged] | None = None,
) -> None:
    """Store what somebody answered, and apart from it that this person has answered. Once.

    ``data`` are the posted fields by place of the question in ``sheet`` (``survey_sheet`` if not given).
    Everything of the survey in this cohort is written anew in random order, so that neither keys nor order
    nor transaction lead from a receipt to an answer. Raises SurveyAnswersError for answers that cannot be
    read, and ValidationError with a code of
    ``refusals``.
    """
    terms = terms_of_survey(enrolment, assessment)
    if not assessment.is_anonymous or not terms.assigned:
        raise refusal_of("not_assigned", Occasion.SURVEY, terms)
    if not terms.is_open_now:
        raise refusal_of("not_yet" if terms.opens_later else "closed", Occasion.SURVEY, terms)
    if sheet is None:
        sheet = survey_sheet(enrolment=enrolment, assessment=assessment)
    answers = _cleaned(sheet, data)
    try:
        with transaction.atomic():
            # One at a time for each survey: the rows of all are taken out and put back.
            rows = Assignment.objects.select_for_update().filter(cohort=enrolment.cohort_id)
            rows.get(assessment=assessment, occasion=terms.occasion)
            hold_questions(entry.question.pk for entry in sheet)
            SurveyReceipt.objects.create(enrolment=enrolment, assessment=assessment)
            _put_among_the_others(enrolment.cohort, assessment, answers)
    except IntegrityError:
        raise refusal_of("done", Occasion.SURVEY, terms) from None


def _cleaned(sheet: list[Arranged], data: dict[int, QueryDict]) -> dict[str, Any]:
    """The answers by question version; one that is left out is not there."""
    answers: dict[str, Any] = {}
    errors: dict[int, str] = {}
    for position, entry in enumerate(sheet, start=1):
        try:
            response = entry.question.clean_response(data.get(position, QueryDict()), entry.order)
        except ValidationError as refusal:
            errors[position] = str(refusal.messages[0])
        else:
            if response is not None:
                answers[str(entry.question.pk)] = response
    if errors:
        raise SurveyAnswersError(errors)
    if not answers:
        raise ValidationError(_("Nothing is answered yet. Answer at least one question."), "empty")
    return answers


def _put_among_the_others(cohort: Cohort, assessment: Assessment, answers: dict[str, Any]) -> None:
    there = AnonymousResponse.objects.filter(cohort=cohort, assessment=assessment)
    everything = [*there.values_list("answers", flat=True), answers]
    there.delete()
    rng: random.Random = secrets.SystemRandom()
    rng.shuffle(everything)
    AnonymousResponse.objects.bulk_create(
        AnonymousResponse(cohort=cohort, assessment=assessment, answers=each) for each in everything
    )
