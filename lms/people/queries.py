"""Reads about people that several places need."""

from django.db import models
from django.db.models.deletion import Collector, ProtectedError, RestrictedError

from lms.people.models import Organisation, Participant, Village


def namesakes(
    *, organisation: Organisation, village: Village, full_name: str, dusun: str
) -> models.QuerySet[Participant]:
    """People of the organisation with the same name in the same hamlet of the same village."""
    return Participant.objects.filter(
        organisation=organisation, village=village, full_name__iexact=full_name, dusun__iexact=dusun
    )


def has_records(instance: models.Model) -> bool:
    """Whether records point at this one, so that the database would refuse to delete it."""
    collector = Collector(using=instance._state.db or "default", origin=instance)
    try:
        collector.collect([instance])
    except (ProtectedError, RestrictedError):
        return True
    return False
