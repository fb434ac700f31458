"""Taking a test: which occasion is open, starting, opening again, submitting once."""

import secrets

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.domain import hold_questions
from assessments.models import AssessmentForm, Question
from assessments.queries import load_questions
from lms.cohorts.models import Enrolment
from lms.learning.domain.completion import review_completion
from lms.learning.domain.scoring import score_items
from lms.learning.enums import Occasion
from lms.learning.models import Attempt, AttemptItem
from lms.learning.queries import Tries, form_letter, tries_of


def start_attempt(*, enrolment: Enrolment, occasion: str, number: int | None = None) -> Attempt:
    """The open attempt on this occasion, made if there is none, with its questions frozen.

    ``number`` is the try that the person asked for; a form that was sent before (another number) starts
    nothing. Raises ValidationError with the code ``not_open``, ``too_late``, ``done``, ``stale`` or
    ``no_form``.
    """
    try:
        with transaction.atomic():
            # Read under the lock: the order of forms may have been drawn anew since the caller looked.
            locked = (
                Enrolment.objects.select_for_update(of=("self",))
                .select_related("cohort")
                .get(pk=enrolment.pk)
            )
            state = tries_of(locked)
            already = state.open_attempt(occasion)
            if already is not None:
                return already
            _refuse_unless_open(state, occasion)
            if number is not None and number != state.next_number(occasion):
                raise ValidationError(_("This form was sent before. Please look at the page again."), "stale")
            return _create(locked, occasion, state.next_number(occasion))
    except IntegrityError:
        # A database without row locks: somebody started it between our look and our insert.
        return Attempt.objects.get(enrolment=enrolment, occasion=occasion, submitted_at=None)


def open_sitting(*, attempt: Attempt) -> int:
    """Count one more opening of the attempt and return its number, 1 for the first.

    The number is the server's own order of devices and browsers: later sittings win.
    """
    with transaction.atomic():
        Attempt.objects.filter(pk=attempt.pk).update(sittings=F("sittings") + 1)
        return int(Attempt.objects.values_list("sittings", flat=True).get(pk=attempt.pk))


def submit_attempt(*, attempt: Attempt) -> Attempt:
    """Close the attempt and score it, once: sent again, it returns the result that is there."""
    with transaction.atomic():
        locked = (
            Attempt.objects.select_for_update(of=("self",))
            .select_related("enrolment__cohort__assessment")
            .get(pk=attempt.pk)
        )
        if locked.submitted_at is not None:
            return locked
        items = score_items(locked)
        AttemptItem.objects.bulk_update(items, ["earned"])
        locked.score = sum(item.earned or 0 for item in items)
        locked.submitted_at = timezone.now()
        locked.save(update_fields=["score", "submitted_at"])
        review_completion(enrolment=locked.enrolment)
    return locked


def _refuse_unless_open(state: Tries, occasion: str) -> None:
    if occasion == Occasion.PRE:
        if state.submitted(Occasion.PRE):
            raise ValidationError(_("You have already handed in the pre-test."), "done")
        if state.attempts(Occasion.POST):
            raise ValidationError(
                _("The pre-test is closed, because you have already begun the post-test."), "too_late"
            )
        return
    if state.open_attempt(Occasion.PRE) is not None:
        raise ValidationError(_("Hand in your pre-test first. Then the post-test opens."), "not_open")
    if state.pretest_first and not state.submitted(Occasion.PRE):
        raise ValidationError(_("Take the pre-test first. Then the post-test opens."), "not_open")
    if not state.may_start(Occasion.POST):
        raise ValidationError(_("You have handed in the post-test as often as this training allows."), "done")


def _create(enrolment: Enrolment, occasion: str, number: int) -> Attempt:
    form = AssessmentForm.objects.filter(
        assessment_id=enrolment.cohort.assessment_id, letter=form_letter(enrolment, occasion)
    ).first()
    ids = list(form.items.order_by("position").values_list("question_id", flat=True)) if form else []
    if form is None or not ids:
        raise ValidationError(
            _("This test has no questions yet. Please tell your trainer."),
            "no_form",
        )
    hold_questions(ids)
    loaded = load_questions(ids)
    questions = [loaded[pk] for pk in ids]
    attempt = Attempt.objects.create(
        enrolment=enrolment,
        occasion=occasion,
        number=number,
        form=form,
        max_score=sum(question.points for question in questions),
    )
    AttemptItem.objects.bulk_create(
        _freeze(attempt, position, question) for position, question in enumerate(questions, start=1)
    )
    return attempt


def _freeze(attempt: Attempt, position: int, question: Question) -> AttemptItem:
    return AttemptItem(
        attempt=attempt,
        position=position,
        question=question,
        kind=question.kind,
        points=question.points,
        option_order=question.draw_order(secrets.SystemRandom()),
    )
