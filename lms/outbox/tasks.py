"""What Celery is asked to do. The database knows what is to be done; a lost message costs time only."""

import uuid

from celery import shared_task
from django.utils import timezone

from lms.outbox import domain
from lms.outbox.queries import due_entries

SWEEP_LIMIT = 200


@shared_task
def run_entry(entry_id: str) -> None:
    """Do one entry, if it is still to be done."""
    domain.run_entry(uuid.UUID(entry_id))


@shared_task
def sweep() -> None:
    """Send what lost its nudge or its worker once more."""
    now = timezone.now()
    domain.give_up_exhausted(now)
    for entry_id in due_entries(now, limit=SWEEP_LIMIT):
        run_entry.delay(str(entry_id))


@shared_task
def beat() -> None:
    """Leave a sign of life for /healthz."""
    domain.record_heartbeat(timezone.now())
