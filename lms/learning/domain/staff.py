"""What staff do with one attempt. Each verb needs a reason and writes it into the attempt's history.

Locks are taken in the order attempt, enrolment, organisation, as handing in does. A completion, and what
follows from it, is never taken back: who decides sees ``registry.what_rests_on`` first. Of an archived
training nothing changes (``stage``).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.enums import MOMENTS, TEST_OCCASIONS
from lms.cohorts.models import Enrolment
from lms.cohorts.stages import Deed, require_stage
from lms.learning.domain.attempts import submit_attempt
from lms.learning.domain.scoring import tell_results
from lms.learning.enums import AttemptAction, ClosedBy
from lms.learning.models import Attempt, AttemptItem, AttemptRecord
from lms.learning.queries import terms_of
from lms.learning.registry import what_rests_on

MOST_MINUTES = 600


def reopen_attempt(*, attempt: Attempt, actor: Any, reason: str, minutes: int = 0) -> Attempt:
    """Give a handed-in attempt back to its owner. Answers stay, points go until it is handed in again.

    The time that was left when it was handed in is left again, and ``minutes`` more. Only the newest
    attempt of a person can be reopened: what was measured before the training would else be answered with
    what came after. A later attempt that was a mistake is declared void first.

    Raises ValidationError: ``void``, ``open``, ``told``, ``later_begun``, ``no_time``, ``minutes``,
    ``reason``.
    """
    seconds = _seconds(minutes)
    with _held(attempt, reason) as locked:
        handed_in = locked.submitted_at
        if handed_in is None:
            raise ValidationError(_("This attempt is open already."), "open")
        _refuse_if_told(locked)
        _refuse_if_later_begun(locked)
        before = _figures(locked)
        locked.paused_seconds += _seconds_closed(locked, handed_in)
        locked.extra_seconds += seconds if locked.time_limit_seconds is not None else 0
        locked.submitted_at, locked.score, locked.closed_by = None, None, ""
        if locked.seconds_left() == 0:
            raise ValidationError(
                _("The time of this attempt is over. Say how many minutes you give."), "no_time"
            )
        locked.save()
        AttemptItem.objects.filter(attempt=locked).update(earned=None, dont_know=False)
        _write_down(locked, AttemptAction.REOPENED, actor, reason, minutes=minutes, **before)
        tell_results(locked)
    return locked


def extend_attempt(*, attempt: Attempt, actor: Any, reason: str, minutes: int) -> Attempt:
    """Give an open attempt more time. Raises ValidationError: ``void``, ``closed``, ``no_limit``,
    ``minutes``, ``reason``."""
    seconds = _seconds(minutes)
    with _held(attempt, reason) as locked:
        _refuse_if_closed(locked)
        if locked.time_limit_seconds is None:
            raise ValidationError(
                _("This attempt has no time limit, so there is nothing to lengthen."), "no_limit"
            )
        if not seconds:
            raise ValidationError(_("Say how many minutes you give."), "minutes")
        locked.extra_seconds += seconds
        locked.save(update_fields=["extra_seconds"])
        _write_down(locked, AttemptAction.EXTENDED, actor, reason, minutes=minutes)
    return locked


def pause_attempt(*, attempt: Attempt, actor: Any, reason: str) -> Attempt:
    """Stop the clock of an open attempt; one that is paused already stays as it is, without a new record.

    Raises ValidationError: ``void``, ``closed``, ``reason``.
    """
    with _held(attempt, reason) as locked:
        _refuse_if_closed(locked)
        if locked.paused_at is None:
            locked.paused_at = timezone.now()
            locked.save(update_fields=["paused_at"])
            _write_down(locked, AttemptAction.PAUSED, actor, reason)
    return locked


def resume_attempt(*, attempt: Attempt, actor: Any, reason: str) -> Attempt:
    """Let the clock of a paused attempt run again; the pause is added to its time.

    Raises ValidationError: ``void``, ``closed``, ``reason``.
    """
    with _held(attempt, reason) as locked:
        _refuse_if_closed(locked)
        if locked.paused_at is not None:
            seconds = _end_pause(locked, timezone.now())
            locked.save(update_fields=["paused_at", "paused_seconds"])
            _write_down(locked, AttemptAction.RESUMED, actor, reason, seconds=seconds)
    return locked


def void_attempt(*, attempt: Attempt, actor: Any, reason: str) -> Attempt:
    """Let an attempt count nowhere. It stays in the history, and the person may begin another one in its
    place as far as the rules of the training allow. Raises ValidationError: ``void``, ``told``, ``reason``.
    """
    with _held(attempt, reason) as locked:
        _refuse_if_told(locked)
        locked.voided_at = timezone.now()
        locked.save(update_fields=["voided_at"])
        _write_down(locked, AttemptAction.VOIDED, actor, reason, **_figures(locked))
        tell_results(locked)
    return locked


def hand_in_attempt(*, attempt: Attempt, actor: Any, reason: str) -> Attempt:
    """Hand in for somebody who went home without doing so: what was answered counts.

    Raises ValidationError: ``void``, ``closed``, ``told``, ``reason``.
    """
    with _held(attempt, reason) as locked:
        _refuse_if_closed(locked)
        _refuse_if_told(locked)
        _end_pause(locked, timezone.now())
        locked.save(update_fields=["paused_at", "paused_seconds"])
        done = submit_attempt(attempt=locked, closed_by=ClosedBy.STAFF)
        _write_down(done, AttemptAction.HANDED_IN, actor, reason, new=done.score)
    return done


@contextmanager
def _held(attempt: Attempt, reason: str) -> Iterator[Attempt]:
    """The attempt and its person's enrolment, held against submitting, saving and beginning another one."""
    if not reason.strip():
        raise ValidationError(_("Say why. It will be read in the history of the attempt."), "reason")
    try:
        with transaction.atomic():
            locked = Attempt.objects.select_for_update(of=("self",)).get(pk=attempt.pk)
            people = Enrolment.objects.select_for_update(of=("self",)).select_related("cohort")
            locked.enrolment = people.get(pk=locked.enrolment_id)
            require_stage(locked.enrolment.cohort, Deed.MARK)
            if locked.voided_at is not None:
                raise ValidationError(
                    _("This attempt was declared void. Nothing more can be done with it."), "void"
                )
            yield locked
    except IntegrityError:
        # A database without row locks: another attempt of this occasion was begun meanwhile.
        raise _later_begun() from None


def _write_down(attempt: Attempt, action: AttemptAction, actor: Any, reason: str, **detail: Any) -> None:
    resting = what_rests_on([attempt.enrolment_id])[attempt.enrolment_id]
    if resting:
        detail["unchanged"] = resting
    AttemptRecord.objects.create(
        attempt=attempt, action=action, actor=actor, reason=reason.strip()[:500], detail=detail
    )


def _figures(attempt: Attempt) -> dict[str, Any]:
    """What the attempt showed before: points, and who handed it in when."""
    if attempt.submitted_at is None:
        return {}
    return {
        "old": attempt.score,
        "submitted_at": attempt.submitted_at.isoformat(),
        "closed_by": attempt.closed_by,
    }


def _refuse_if_closed(attempt: Attempt) -> None:
    if attempt.submitted_at is not None:
        raise ValidationError(_("This attempt has been handed in meanwhile."), "closed")


def _refuse_if_told(attempt: Attempt) -> None:
    """Once the sums of a moment may be read, no attempt enters or leaves them: the difference between two
    sums would be one person's answers."""
    if attempt.occasion not in MOMENTS:
        return
    if terms_of(attempt.enrolment, attempt.occasion, attempt.assessment).has_closed:
        raise ValidationError(
            _(
                "This survey has closed and its sums can be read. Whoever took one person out now, or in, "
                "would read that person's answers; so it stays as it is."
            ),
            "told",
        )


def _refuse_if_later_begun(attempt: Attempt) -> None:
    mine = Attempt.objects.counted().filter(enrolment=attempt.enrolment_id, assessment=attempt.assessment_id)
    later = mine.filter(occasion=attempt.occasion, number__gt=attempt.number)
    later |= mine.filter(occasion__in=later_occasions(attempt.occasion))
    if later.exists():
        raise _later_begun()


def later_occasions(occasion: str) -> list[str]:
    """The occasions of the same test or survey that come after this one."""
    order = [str(one) for one in (MOMENTS if occasion in MOMENTS else TEST_OCCASIONS)]
    return order[order.index(occasion) + 1 :] if occasion in order else []


def _later_begun() -> ValidationError:
    return ValidationError(
        _(
            "This person has begun a later attempt, so this one stays as it is. If the later one was a "
            "mistake, declare it void first."
        ),
        "later_begun",
    )


def _seconds(minutes: int) -> int:
    if not 0 <= minutes <= MOST_MINUTES:
        raise ValidationError(
            _("Give between 0 and %(most)d minutes."), "minutes", params={"most": MOST_MINUTES}
        )
    return minutes * 60


def _seconds_closed(attempt: Attempt, handed_in: datetime) -> int:
    """How long the attempt was closed: since it was handed in, or since its time was over."""
    end = attempt.deadline()
    since = min(handed_in, end) if end is not None else handed_in
    return max(0, int((timezone.now() - since).total_seconds()))


def _end_pause(attempt: Attempt, now: datetime) -> int:
    if attempt.paused_at is None:
        return 0
    seconds = max(0, int((now - attempt.paused_at).total_seconds()))
    attempt.paused_seconds += seconds
    attempt.paused_at = None
    return seconds
