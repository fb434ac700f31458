"""Save a tick list that several people may have open at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from lms.cohorts.domain.attendance import record_meeting
from lms.cohorts.domain.enrolling import hold_enrolments
from lms.cohorts.domain.moving import let_attend
from lms.cohorts.enums import Means
from lms.cohorts.models import Attendance, Enrolment, Meeting


@dataclass(frozen=True, slots=True)
class Answer:
    """One row: what the screen began with (``seen``, empty for nothing) and what it says now."""

    enrolment: Enrolment
    seen: str
    status: str
    thumb_seen: bool = False
    thumb: bool = False

    @property
    def is_changed(self) -> bool:
        return bool(self.status) and (self.status != self.seen or self.thumb != self.thumb_seen)


@dataclass(frozen=True, slots=True)
class Saved:
    """How many answers were taken, and which rows somebody else had changed meanwhile: those are not taken,
    with the attendance as it stands now."""

    count: int
    overtaken: tuple[tuple[Answer, Attendance], ...]


def save_list(
    *, meeting: Meeting, answers: Sequence[Answer], recorded_by: Any, means: str = "", reason: str = ""
) -> Saved:
    """Take what this screen changed. Rows that changed under it are left to be asked about, and told.

    ``means`` "lembar" (as on the signed sheet) is a statement about the whole screen: answers that were there
    already get it too. Raises ValidationError as ``record_attendance`` does; then nothing is taken.
    """
    on_paper = means == Means.PAPER
    wanted = [each for each in answers if each.is_changed or (on_paper and each.status)]
    with transaction.atomic():
        # The training before its people, as every verb does.
        let_attend(cohort=meeting.cohort, user=recorded_by, reason=reason)
        hold_enrolments(Enrolment.objects.filter(pk__in=[each.enrolment.pk for each in wanted]))
        known = _known(meeting, wanted)
        overtaken = tuple(
            (each, now)
            for each in wanted
            if (now := known.get(each.enrolment.pk)) and now.status not in (each.seen, each.status)
        )
        left = {each.enrolment.pk for each, _now in overtaken}
        free = [each for each in wanted if each.enrolment.pk not in left]
        count = record_meeting(
            meeting=meeting,
            statuses={each.enrolment: each.status for each in free},
            thumbprints={each.enrolment: each.thumb for each in free if each.thumb != each.thumb_seen},
            recorded_by=recorded_by,
            means=means,
            reason=reason,
        )
    return Saved(count, overtaken)


def _known(meeting: Meeting, wanted: Sequence[Answer]) -> Mapping[Any, Attendance]:
    rows = Attendance.objects.filter(
        meeting=meeting, enrolment__in=[each.enrolment.pk for each in wanted]
    ).select_related("recorded_by")
    return {row.enrolment_id: row for row in rows}
