"""Which letterhead the papers of a training have."""

from django.db.models import Q

from lms.cohorts.models import Cohort, Letterhead


def letterhead_of(cohort: Cohort) -> Letterhead | None:
    """That of the village of the training, else that of the organisation, else None. One query."""
    found = Letterhead.objects.filter(
        Q(village=cohort.village_id) | Q(village__isnull=True), organisation=cohort.organisation_id
    )
    return max(found, key=lambda each: each.village_id is not None, default=None)
