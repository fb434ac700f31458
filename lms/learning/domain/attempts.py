"""Taking an assessment: starting, opening again, submitting once, and handing in when the time is over."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.models import Assessment
from lms.cohorts.models import Enrolment
from lms.cohorts.stages import Deed, require_stage
from lms.learning.domain.completion import review_completion
from lms.learning.domain.composition import sheet_of
from lms.learning.domain.printed import SHARED_MODES, Arranged
from lms.learning.domain.refusals import refusal_of
from lms.learning.domain.scoring import hold_attempt, score_items, tell_results, write_scores
from lms.learning.enums import ClosedBy, Mode
from lms.learning.models import Attempt, AttemptItem
from lms.learning.queries import Tries, form_for, overdue_attempts, tries_of

_WINDOW = ("not_yet", "closed")
_BETWEEN_NAMES = ", "
# What came on paper was taken when it was taken; ``domain.paper`` compares the days.
_ORDER = ("stage", "too_late", "pre_test_first", "post_test_first")


def start_attempt(
    *,
    enrolment: Enrolment,
    occasion: str,
    number: int | None = None,
    assessment: Assessment | None = None,
    mode: str = Mode.SELF,
    scribe_name: str = "",
    entered_by: Any = None,
) -> Attempt:
    """The open attempt on this occasion, made if there is none, with its questions frozen.

    ``number`` is the try that the person asked for; a form that was sent before (another number) starts
    nothing. ``assessment`` is a practice or survey of the training, its test unless given. With
    ``entered_by`` staff may enter what was written in time after the window has closed. A scribe who comes
    later is named on the open attempt, beside the ones before.

    Raises ValidationError with a code of ``refusals``, ``stale``, ``no_form`` or ``in_progress`` (a sheet
    with its own letters was asked for, but the person has begun on a computer).
    """
    try:
        with transaction.atomic():
            # Read under the lock: the order of forms may have been drawn anew since the caller looked.
            rows = Enrolment.objects.select_for_update(of=("self",)).select_related("cohort__assessment")
            locked = rows.get(pk=enrolment.pk)
            state = tries_of(locked, assessment)
            already = state.open_attempt(occasion)
            if already is None:
                if entered_by is not None and mode == Mode.PAPER:
                    require_stage(locked.cohort, Deed.ENTER_PAPER)
                excused = _excused(mode, by_staff=entered_by is not None)
                _refuse_unless_open(state, occasion, number, excused)
                return _create(
                    locked,
                    state,
                    occasion,
                    mode=Mode.SCRIBE if scribe_name and mode == Mode.SELF else mode,
                    scribe_name=scribe_name,
                    entered_by=entered_by,
                )
    except IntegrityError:
        # A database without row locks: somebody started it between our look and our insert.
        chosen = assessment.pk if assessment else enrolment.cohort.assessment_id
        already = Attempt.objects.counted().get(
            enrolment=enrolment, assessment_id=chosen, occasion=occasion, submitted_at=None
        )
    # After the lock on the enrolment: staff take the attempt first.
    return _go_on(already, mode, scribe_name)


def open_sitting(*, attempt: Attempt) -> int:
    """Count one more opening of the attempt and return its number, 1 for the first.

    The number is the server's own order of devices and browsers: later sittings win.
    """
    with transaction.atomic():
        Attempt.objects.filter(pk=attempt.pk).update(sittings=F("sittings") + 1)
        return int(Attempt.objects.values_list("sittings", flat=True).get(pk=attempt.pk))


def submit_attempt(*, attempt: Attempt, closed_by: str = ClosedBy.PARTICIPANT) -> Attempt:
    """Close the attempt and score it, once: sent again, it returns the result that is there.

    The score stays empty while a person has to mark an answer. A void attempt stays as it is.
    """
    with transaction.atomic():
        locked = hold_attempt(attempt)
        if locked.submitted_at is not None or locked.voided_at is not None:
            return locked
        write_scores(locked, score_items(locked, afresh=False))
        locked.submitted_at, locked.closed_by = timezone.now(), closed_by
        locked.save(update_fields=["score", "submitted_at", "closed_by"])
        review_completion(enrolment=locked.enrolment)
        tell_results(locked)
    return locked


def close_if_overdue(*, attempt: Attempt) -> Attempt:
    """Hand in an attempt whose time and grace are over, whoever looks first; else return it as it is."""
    if attempt.submitted_at is None and attempt.is_overdue():
        return submit_attempt(attempt=attempt, closed_by=ClosedBy.DEADLINE)
    return attempt


def hand_in_overdue() -> int:
    """Hand in every attempt whose time and grace are over. Returns how many."""
    overdue = overdue_attempts()
    for attempt in overdue:
        close_if_overdue(attempt=attempt)
    return len(overdue)


def _go_on(attempt: Attempt, mode: str, scribe_name: str) -> Attempt:
    if mode in SHARED_MODES and attempt.mode not in SHARED_MODES:
        raise ValidationError(
            _(
                "This participant has already begun on a computer, where the letters are in another order. "
                "Let the participant finish there, or declare that attempt void first."
            ),
            "in_progress",
        )
    if scribe_name and attempt.mode in (Mode.SELF, Mode.SCRIBE):
        _name_scribe(attempt, scribe_name)
    return attempt


def _name_scribe(attempt: Attempt, name: str) -> None:
    """Name who helps from now on beside who has helped before: both have written answers."""
    known = attempt.scribe_name.split(_BETWEEN_NAMES) if attempt.scribe_name else []
    if name in (*known, attempt.scribe_name):
        return
    longest = Attempt._meta.get_field("scribe_name").max_length
    attempt.mode = Mode.SCRIBE
    attempt.scribe_name = _BETWEEN_NAMES.join([*known, name])[:longest]
    attempt.save(update_fields=["mode", "scribe_name"])


def _excused(mode: str, *, by_staff: bool) -> tuple[str, ...]:
    """The hindrances that do not matter to who enters what others have written."""
    if not by_staff:
        return ()
    return (*_WINDOW, *_ORDER) if mode == Mode.PAPER else _WINDOW


def _refuse_unless_open(state: Tries, occasion: str, number: int | None, excused: tuple[str, ...]) -> None:
    terms = state.terms.get(occasion)
    if terms is not None and terms.assessment.is_anonymous:
        raise refusal_of("anonymous", occasion, terms)
    code = state.hindrance(occasion)
    if code and code not in excused:
        raise refusal_of(code, occasion, terms)
    if number is not None and number != state.next_number(occasion):
        raise ValidationError(_("This form was sent before. Please look at the page again."), "stale")


def _create(enrolment: Enrolment, state: Tries, occasion: str, **how: Any) -> Attempt:
    terms = state.terms[occasion]
    form = form_for(enrolment, occasion, terms.assessment)
    sheet = sheet_of(enrolment=enrolment, occasion=occasion, form=form, mode=how["mode"]) if form else []
    if form is None or not sheet:
        raise ValidationError(_("This test has no questions yet. Please tell your trainer."), "no_form")
    attempt = Attempt.objects.create(
        enrolment=enrolment,
        assessment_id=form.assessment_id,
        occasion=occasion,
        number=state.next_number(occasion),
        form=form,
        max_score=sum(entry.question.points for entry in sheet),
        # On paper and read aloud a person keeps the time, and nobody types as fast as they write.
        time_limit_seconds=None if how["mode"] in SHARED_MODES else terms.time_limit_seconds,
        **how,
    )
    AttemptItem.objects.bulk_create(
        _freeze(attempt, position, entry, terms.assessment) for position, entry in enumerate(sheet, start=1)
    )
    return attempt


def _freeze(attempt: Attempt, position: int, entry: Arranged, assessment: Assessment) -> AttemptItem:
    question = entry.question
    # Attitudes have no answer to know, and a task is handed in or not.
    offers = assessment.offer_dont_know and question.can_be_unknown
    return AttemptItem(
        attempt=attempt,
        position=position,
        section=entry.section,
        question=question,
        kind=question.kind,
        points=question.points,
        option_order=entry.order,
        offers_dont_know=offers,
    )
