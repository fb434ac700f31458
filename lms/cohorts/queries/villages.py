"""The villages that an organisation works in."""

from django.db.models import QuerySet

from lms.people.models import Organisation, Village


def villages_of(organisation: Organisation) -> QuerySet[Village]:
    """Where it holds or held a training."""
    return Village.objects.filter(pk__in=organisation.cohorts.values("village"))
