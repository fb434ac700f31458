"""Attempts, their items and answers, and the forms that they are made from."""

import uuid
from collections.abc import Collection
from typing import Any

from django.db.models import Count, Max, QuerySet, Sum

from assessments.models import Assessment, AssessmentForm, FormItem, QuestionMedia
from assessments.queries import media_uses
from lms.cohorts.models import Cohort, Enrolment
from lms.learning.enums import Occasion
from lms.learning.models import AnonymousResponse, AnswerEvent, Attempt, AttemptItem, SurveyReceipt


def current_answers(attempt: Attempt) -> dict[uuid.UUID, Any]:
    """The response that counts, by item: of the event in time with the greatest (sitting, sequence, id).

    The id only decides between two tabs that counted alike; it makes the order total, so that every
    reader and every rebuild sees the same answer.
    """
    events = AnswerEvent.objects.filter(item__attempt=attempt, is_late=False)
    return dict(events.order_by("sitting", "sequence", "id").values_list("item_id", "response"))


def last_sequence(attempt: Attempt, sitting: int) -> int:
    """The greatest sequence that the server knows in a sitting, 0 if none."""
    events = AnswerEvent.objects.filter(item__attempt=attempt, sitting=sitting)
    return int(events.aggregate(last=Max("sequence"))["last"] or 0)


def own_items(participant_id: uuid.UUID) -> QuerySet[AttemptItem]:
    """The items of a person's own attempts, with attempt and enrolment; void attempts are not there."""
    return AttemptItem.objects.select_related("attempt__enrolment").filter(
        attempt__enrolment__participant_id=participant_id, attempt__voided_at__isnull=True
    )


def item_for_participant(
    *, participant_id: uuid.UUID, attempt_id: uuid.UUID, position: int
) -> AttemptItem | None:
    """The item with its attempt, enrolment and cohort, if the attempt is this person's own. One query."""
    return (
        own_items(participant_id)
        .select_related("attempt__enrolment__cohort", "attempt__assessment")
        .filter(attempt_id=attempt_id, position=position)
        .first()
    )


def attempt_for_participant(
    *, participant_id: uuid.UUID, attempt_id: uuid.UUID, for_result: bool = False
) -> Attempt | None:
    """The attempt with its enrolment and cohort, if it is this person's own and not void. One query.

    ``for_result`` loads what a result is drawn from besides: the training's test, course and village.
    """
    related = ["enrolment__cohort", "assessment"]
    if for_result:
        related += [f"enrolment__cohort__{name}" for name in ("assessment", "course", "village")]
    own = Attempt.objects.counted().filter(pk=attempt_id, enrolment__participant_id=participant_id)
    return own.select_related(*related).order_by().first()


def overdue_attempts() -> list[Attempt]:
    """Open attempts whose time and grace are over. Those with a limit are few, so Python does the sum."""
    timed = Attempt.objects.counted().filter(
        submitted_at__isnull=True, time_limit_seconds__isnull=False, paused_at__isnull=True
    )
    return [attempt for attempt in timed if attempt.is_overdue()]


def cohort_has_attempts(cohort: Cohort) -> bool:
    """Whether anybody in the cohort has begun a test."""
    return Attempt.objects.filter(enrolment__cohort=cohort, assessment_id=cohort.assessment_id).exists()


def question_was_shown(question_id: int) -> bool:
    """Whether any attempt has frozen this version of a question, or an anonymous answer names it."""
    return (
        AttemptItem.objects.filter(question_id=question_id).exists()
        or AnonymousResponse.objects.filter(answers__has_key=str(question_id)).exists()
    )


def media_was_shown(*, media: QuestionMedia, participant_id: uuid.UUID) -> bool:
    """Whether a picture or recording belongs to a question of this person's own attempts, or of an anonymous
    survey that this person's training has."""
    ids = media_uses([media.pk]).get(media.pk, set())
    surveys = FormItem.objects.filter(
        question__in=ids,
        form__assessment__is_anonymous=True,
        form__assessment__assignments__cohort__enrolments__participant=participant_id,
    )
    return own_items(participant_id).filter(question__in=ids).exists() or surveys.exists()


def assessment_was_taken(assessment_id: int) -> bool:
    """Whether anybody has begun an assessment or answered it without a name."""
    return (
        Attempt.objects.filter(assessment=assessment_id).exists()
        or SurveyReceipt.objects.filter(assessment=assessment_id).exists()
    )


def times_shown(question_ids: Collection[int]) -> dict[int, int]:
    """How many attempts have frozen each of these versions; those of none are left out."""
    items = AttemptItem.objects.filter(question_id__in=question_ids).order_by()
    return dict(items.values_list("question_id").annotate(Count("pk")))


def form_letter(enrolment: Enrolment, occasion: str) -> str:
    """The form drawn for a test: the first of the person's order before, the second after the training.

    The follow-up test is the post-test's form: what is asked there is how much of *that* was kept.
    """
    return enrolment.form_order[0 if occasion == Occasion.PRE else 1]


def form_for(enrolment: Enrolment, occasion: str, assessment: Assessment) -> AssessmentForm | None:
    """The form that a new attempt is made from, with its assessment. Practices and surveys have one form,
    the first."""
    forms = AssessmentForm.objects.filter(assessment=assessment)
    if assessment.pk == enrolment.cohort.assessment_id:
        forms = forms.filter(letter=form_letter(enrolment, occasion))
    form = forms.order_by("letter").first()
    if form is not None:
        form.assessment = assessment
    return form


def form_size(enrolment: Enrolment, occasion: str, assessment: Assessment | None = None) -> int:
    """How many questions an attempt on this occasion would have, drawn ones included."""
    form = form_for(enrolment, occasion, assessment or enrolment.cohort.assessment)
    if form is None:
        return 0
    drawn = form.sections.aggregate(total=Sum("draw"))["total"] or 0
    return FormItem.objects.filter(form=form).count() + int(drawn)
