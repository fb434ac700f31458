"""What may no longer change in a training."""

from django.utils.translation import gettext_lazy as _

from lms.cohorts import registry
from lms.cohorts.models import Cohort, Enrolment


def closed_fields(cohort: Cohort, changed: set[str]) -> dict[str, str]:
    """Which of the changed fields of a saved cohort may not change any more, each with the reason."""
    closed: dict[str, str] = {}
    if "organisation" in changed and Enrolment.objects.filter(cohort=cohort).exists():
        closed["organisation"] = str(_("People are enrolled; the organisation can no longer change."))
    for lock in registry.locks_on(changed):
        fields = changed & set(lock.fields) - set(closed)
        if fields and lock.is_closed(cohort):
            closed |= dict.fromkeys(fields, str(lock.reason))
    return closed
