"""Tell Celery that there is work, and tell ourselves that a worker is there."""

import logging
import uuid
from typing import Any

from celery import current_app
from celery.signals import worker_ready
from django.dispatch import receiver
from kombu.exceptions import ChannelError, OperationalError

from lms.outbox import tasks
from lms.outbox.signals import entry_enqueued

logger = logging.getLogger(__name__)

# Celery's own defaults held a request for 6 s while the broker was down (measured on Redis).
IMPATIENT = {"max_retries": 1, "interval_start": 0, "interval_step": 0, "interval_max": 0}
CONNECT_SECONDS = 1


@receiver(entry_enqueued, dispatch_uid="outbox.nudge")
def nudge_worker(sender: Any, entry_id: uuid.UUID, **kwargs: Any) -> None:
    """Send the entry to a worker now. The change is committed: no trouble of the broker may reach the
    person who made it, and the sweep finds the entry anyway."""
    try:
        with _impatient_connection() as connection:
            tasks.run_entry.apply_async([str(entry_id)], retry=False, connection=connection)
    except (OperationalError, ChannelError, OSError) as error:
        logger.warning("outbox: no broker (%s); the sweep will find %s", type(error).__name__, entry_id)


@worker_ready.connect(dispatch_uid="outbox.worker_ready")
def begin_at_once(**kwargs: Any) -> None:
    """After a power cut nobody should wait for the first beat."""
    tasks.beat.apply_async(retry=False)
    tasks.sweep.apply_async(retry=False)


def _impatient_connection() -> Any:
    """A connection of its own: the pooled one has the patience that a worker needs."""
    options = dict(IMPATIENT)
    if current_app.conf.broker_url.startswith("redis"):
        options["socket_connect_timeout"] = CONNECT_SECONDS
    return current_app.connection_for_write(connect_timeout=CONNECT_SECONDS, transport_options=options)
