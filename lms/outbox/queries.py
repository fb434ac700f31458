"""Reads of the outbox that several callers need."""

import uuid
from datetime import datetime

from django.db.models import Q

from lms.outbox.enums import EntryState
from lms.outbox.models import OutboxEntry


def unleased(now: datetime) -> Q:
    """Waiting, and nobody is at it: never taken, or taken by a worker that must be dead by now."""
    free = Q(lease_until__isnull=True) | Q(lease_until__lt=now)
    return Q(state=EntryState.PENDING) & free


def due_entries(now: datetime, *, limit: int) -> list[uuid.UUID]:
    """Ids of the entries to work on now, oldest first."""
    return list(OutboxEntry.objects.filter(unleased(now)).values_list("pk", flat=True)[:limit])
