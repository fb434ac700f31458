"""What the boards of a training have in common."""

import uuid
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from lms.cohorts.models import Cohort
from lms.cohorts.stages import Deed, require_stage


def locked(cohort_id: uuid.UUID, deed: Deed | None) -> Cohort:
    """The cohort, locked until the transaction ends: one change of a board at a time.

    Raises ValidationError (``stage``) where its state does not allow the deed; None: whatever its state.
    """
    held = Cohort.objects.select_for_update(of=("self",)).select_related("village")
    cohort: Cohort = held.get(pk=cohort_id)
    if deed is not None:
        require_stage(cohort, deed)
    return cohort


def day_of(moment: Any, cohort: Cohort) -> Any:
    """The beginning of the village's day: a time of day could be laid beside a sign-in."""
    local = timezone.localtime(moment, ZoneInfo(cohort.village.time_zone))
    return local.replace(hour=0, minute=0, second=0, microsecond=0)
