"""Change a meeting, and write down how many were there."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from lms.cohorts.models import Cohort, Meeting, MeetingCounts
from lms.cohorts.queries.inclusion import GROUPS, PEOPLE
from lms.cohorts.signals import cohort_changed


def change_meeting(*, meeting: Meeting, fields: Mapping[str, Any], user: Any) -> Meeting:
    """Change day, times, hours, place and so on; what stood there before goes to the log.

    Attendance stays with the meeting, whichever day it is moved to. Raises ValidationError by field.
    """
    with transaction.atomic():
        held = (
            Meeting.objects.select_for_update(of=("self",))
            .select_related("cohort__village")
            .get(pk=meeting.pk)
        )
        before = {name: getattr(held, name) for name in fields}
        changed = {name: str(old) for name, old in before.items() if old != fields[name]}
        if not changed:
            return held
        for name in changed:
            setattr(held, name, fields[name])
        held.full_clean()
        held.save(update_fields=list(changed))
        data = {"meeting": str(held), "before": changed}
        log(held.cohort, "cohorts.meeting_changed", user=user, data=data)
        if "lesson_hours" in changed:
            # A share of hours may be reached now.
            cohort_changed.send(sender=Cohort, cohort=held.cohort)
    return held


def save_counts(
    *, meeting: Meeting, counts: Mapping[str, int | None], source: str, note: str, user: Any
) -> MeetingCounts:
    """Write down the counts of a meeting; later ones take the place of earlier ones, which the log keeps.

    Raises ValidationError (``more_than_all``), by field, for a group with more people than were there.
    """
    people = [counts[name] for name in PEOPLE]
    if all(number is not None for number in people):
        total = sum(number or 0 for number in people)
        problems = {
            name: ValidationError(_("Only %(total)d people were there."), "more_than_all", {"total": total})
            for name in GROUPS
            if (counts[name] or 0) > total
        }
        if problems:
            raise ValidationError(problems)
    with transaction.atomic():
        Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
        kept = MeetingCounts.objects.filter(meeting=meeting).first() or MeetingCounts(meeting=meeting)
        before = {name: getattr(kept, name) for name in counts}
        for name, number in counts.items():
            setattr(kept, name, number)
        kept.source, kept.note = source, note
        kept.counted_at, kept.counted_by = timezone.now(), user
        kept.full_clean()
        kept.save()
        data = {"meeting": str(meeting), "before": before}
        log(meeting.cohort, "cohorts.counts_saved", user=user, data=data)
    return kept
