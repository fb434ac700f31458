"""What staff can do with an attempt or a whole room, as buttons and confirm pages show it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.forms import Form
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lms.learning.desk.rooms import Room, Row
from lms.learning.domain import rooms, staff
from lms.learning.enums import TEST_OCCASIONS, Mode, Occasion
from lms.learning.models import Attempt, LessonProgress
from lms.learning.staff_forms import MinutesForm, ReasonForm, ReopenForm


def _nothing(attempt: Attempt) -> Iterator[str]:
    return iter(())


@dataclass(frozen=True, slots=True)
class AttemptVerb:
    """One thing to do with one attempt. ``meaning`` is a sentence, ``consequences`` those of this attempt."""

    slug: str
    label: Any
    icon: str
    meaning: Any
    done: Any
    apply: Callable[..., Attempt]
    offered: Callable[[Attempt], bool]
    form: Callable[[Attempt], type[Form]] = lambda attempt: ReasonForm
    consequences: Callable[[Attempt], Iterator[str]] = _nothing
    serious: bool = False


@dataclass(frozen=True, slots=True)
class RoomVerb:
    """One thing to do with everybody who is taking a test now. ``concerns`` gives the rows that change."""

    slug: str
    label: Any
    icon: str
    meaning: Any
    apply: Callable[..., int]
    concerns: Callable[[Room], list[Row]]
    form: type[Form] = ReasonForm
    serious: bool = False


def _is_open(attempt: Attempt) -> bool:
    return attempt.submitted_at is None and attempt.voided_at is None


def _lessons_close(attempt: Attempt) -> Iterator[str]:
    if attempt.occasion == Occasion.PRE and attempt.enrolment.cohort.pretest_first:
        yield _("The lessons are closed for this participant until a pre-test is handed in.")


def _after_reopening(attempt: Attempt) -> Iterator[str]:
    if attempt.score is not None:
        yield ngettext(
            "The %(count)d point of this attempt is taken away until it is handed in again.",
            "The %(count)d points of this attempt are taken away until it is handed in again.",
            attempt.score,
        ) % {"count": attempt.score}
    since = LessonProgress.objects.filter(
        enrolment=attempt.enrolment_id, opened_at__gt=attempt.submitted_at
    ).count()
    if since:
        yield ngettext(
            "%(count)d lesson was opened since it was handed in: what is answered now may come from there.",
            "%(count)d lessons were opened since it was handed in: what is answered now may come from there.",
            since,
        ) % {"count": since}
    yield from _lessons_close(attempt)
    if attempt.mode in (Mode.PAPER, Mode.READ_ALOUD):
        yield _("The answers were entered by staff; the participant can now change them on a computer.")


def _after_voiding(attempt: Attempt) -> Iterator[str]:
    yield _("It counts nowhere any more: not for results, not for the certificate, not for reports.")
    later = staff.later_occasions(attempt.occasion)
    mine = Attempt.objects.counted().filter(enrolment=attempt.enrolment_id, assessment=attempt.assessment_id)
    if attempt.occasion in TEST_OCCASIONS and mine.filter(occasion__in=later).exists():
        yield _("A later test has been begun, so this one cannot be taken again.")
    else:
        yield _("The participant can begin again, as far as the rules of this training allow.")
        yield from _lessons_close(attempt)


REOPEN = AttemptVerb(
    slug="reopen",
    label=gettext_lazy("Reopen"),
    icon="lock-open",
    meaning=gettext_lazy("The participant can go on answering. All answers are still there."),
    done=gettext_lazy("The attempt is open again."),
    apply=staff.reopen_attempt,
    offered=lambda attempt: attempt.submitted_at is not None and attempt.voided_at is None,
    form=lambda attempt: ReasonForm if attempt.time_limit_seconds is None else ReopenForm,
    consequences=_after_reopening,
)
EXTEND = AttemptVerb(
    slug="extend",
    label=gettext_lazy("Give more time"),
    icon="time",
    meaning=gettext_lazy("The time of this participant gets longer."),
    done=gettext_lazy("The participant has more time."),
    apply=staff.extend_attempt,
    offered=lambda attempt: _is_open(attempt) and attempt.time_limit_seconds is not None,
    form=lambda attempt: MinutesForm,
)
PAUSE = AttemptVerb(
    slug="pause",
    label=gettext_lazy("Pause"),
    icon="minus",
    meaning=gettext_lazy("The clock stops, until you let the participant go on."),
    done=gettext_lazy("The attempt is paused."),
    apply=staff.pause_attempt,
    offered=lambda attempt: _is_open(attempt) and attempt.paused_at is None,
)
RESUME = AttemptVerb(
    slug="resume",
    label=gettext_lazy("Let go on"),
    icon="arrow-right",
    meaning=gettext_lazy("The clock runs again. The pause is added to the time."),
    done=gettext_lazy("The participant can go on."),
    apply=staff.resume_attempt,
    offered=lambda attempt: _is_open(attempt) and attempt.paused_at is not None,
)
HAND_IN = AttemptVerb(
    slug="hand-in",
    label=gettext_lazy("Hand in for the participant"),
    icon="check",
    meaning=gettext_lazy("What has been answered counts, as if the participant had handed it in."),
    done=gettext_lazy("The attempt is handed in."),
    apply=staff.hand_in_attempt,
    offered=_is_open,
)
VOID = AttemptVerb(
    slug="void",
    label=gettext_lazy("Declare void"),
    icon="cross",
    meaning=gettext_lazy("It stays in the history, with your reason. This cannot be taken back."),
    done=gettext_lazy("The attempt is void."),
    apply=staff.void_attempt,
    offered=lambda attempt: attempt.voided_at is None,
    consequences=_after_voiding,
    serious=True,
)
ATTEMPT_VERBS = {verb.slug: verb for verb in (RESUME, PAUSE, EXTEND, HAND_IN, REOPEN, VOID)}

ROOM_VERBS = {
    verb.slug: verb
    for verb in (
        RoomVerb(
            slug="resume",
            label=gettext_lazy("Let everybody go on"),
            icon="arrow-right",
            meaning=gettext_lazy("The clocks run again. The pause is added to everybody's time."),
            apply=rooms.resume_room,
            concerns=lambda room: room.paused,
        ),
        RoomVerb(
            slug="pause",
            label=gettext_lazy("Pause for everybody"),
            icon="minus",
            meaning=gettext_lazy("The clocks of all who are answering now stop, until you let them go on."),
            apply=rooms.pause_room,
            concerns=lambda room: room.running,
        ),
        RoomVerb(
            slug="extend",
            label=gettext_lazy("More time for everybody"),
            icon="time",
            meaning=gettext_lazy("Everybody who is answering now gets more time."),
            apply=rooms.extend_room,
            concerns=lambda room: room.timed,
            form=MinutesForm,
        ),
        RoomVerb(
            slug="hand-in",
            label=gettext_lazy("Hand in for everybody"),
            icon="check",
            meaning=gettext_lazy("For those who went home without handing in: what they answered counts."),
            apply=rooms.hand_in_room,
            concerns=lambda room: room.open_rows,
            serious=True,
        ),
    )
}


def verbs_for(attempt: Attempt) -> Sequence[AttemptVerb]:
    """What can be done with an attempt as it stands."""
    return [verb for verb in ATTEMPT_VERBS.values() if verb.offered(attempt)]


def room_verbs_for(room: Room) -> Sequence[RoomVerb]:
    """What can be done with everybody who is in it now."""
    return [verb for verb in ROOM_VERBS.values() if verb.concerns(room)]
