"""Ask for an effect inside a transaction; do it after the commit, once, however often a worker dies."""

import logging
import uuid
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from lms.outbox.enums import EntryState
from lms.outbox.models import OutboxEntry, WorkerHeartbeat
from lms.outbox.queries import unleased
from lms.outbox.registry import Payload, handler_for
from lms.outbox.signals import entry_enqueued

logger = logging.getLogger(__name__)

MAX_TRIES = 8
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=1)
DIED = "The worker ended without a result, each time."


def enqueue(*, kind: str, key: str, payload: Payload) -> OutboxEntry:
    """Write an effect to be done, with the change that asks for it; asking again with the key is one effect.

    Raises TransactionManagementError outside ``atomic``: an effect that can be committed without its change
    is the loss that an outbox exists to prevent. Raises LookupError for a kind without a handler and
    ValueError for a key already used by another kind.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("enqueue() belongs into the transaction of the change")
    handler_for(kind)
    entry, created = OutboxEntry.objects.get_or_create(key=key, defaults={"kind": kind, "payload": payload})
    if entry.kind != kind:
        raise ValueError(f"the key {key!r} belongs to {entry.kind!r}")
    if created:
        _nudge_on_commit(entry.pk)
    return entry


def reopen(*, key: str) -> bool:
    """Do a finished or given-up effect once more. True if there was one under this key."""
    with transaction.atomic():
        entry = OutboxEntry.objects.exclude(state=EntryState.PENDING).filter(key=key).first()
        if entry is None:
            return False
        _reopen(entry.pk)
    return True


def reopen_failed() -> int:
    """Give every entry that was given up a fresh set of tries. Returns how many."""
    with transaction.atomic():
        failed = list(OutboxEntry.objects.filter(state=EntryState.FAILED).values_list("pk", flat=True))
        for pk in failed:
            _reopen(pk)
    return len(failed)


def run_entry(entry_id: uuid.UUID) -> bool:
    """Claim an entry and do its work. True if this call did it; False if it was not free, or failed."""
    entry = _claim(entry_id)
    if entry is None:
        return False
    try:
        handler_for(entry.kind).run(entry.payload)
    except Exception as error:
        # Whatever a handler raises, the entry is kept and tried again.
        logger.warning("outbox entry %s (%s) failed", entry.pk, entry.kind, exc_info=True)
        _hand_back(entry, error)
        return False
    with transaction.atomic():
        OutboxEntry.objects.filter(pk=entry.pk).exclude(state=EntryState.DONE).update(
            state=EntryState.DONE, done_at=timezone.now(), lease_until=None, last_error=""
        )
    return True


def give_up_exhausted(now: datetime) -> int:
    """Close entries whose last try ended with the worker's death, so that they cannot kill it for ever."""
    exhausted = OutboxEntry.objects.filter(unleased(now), attempts__gte=MAX_TRIES)
    return exhausted.update(state=EntryState.FAILED, lease_until=None, last_error=DIED)


def record_heartbeat(now: datetime) -> None:
    """A worker says that it lives and does what beat asks."""
    WorkerHeartbeat.objects.update_or_create(pk=1, defaults={"beat_at": now})


def _nudge_on_commit(entry_id: uuid.UUID) -> None:
    def nudge() -> None:
        entry_enqueued.send_robust(sender=OutboxEntry, entry_id=entry_id)

    transaction.on_commit(nudge, robust=True)


def _reopen(entry_id: uuid.UUID) -> None:
    OutboxEntry.objects.filter(pk=entry_id).update(
        state=EntryState.PENDING, attempts=0, lease_until=None, done_at=None, last_error=""
    )
    _nudge_on_commit(entry_id)


def _claim(entry_id: uuid.UUID) -> OutboxEntry | None:
    """Take the entry by a conditional UPDATE: of any number of workers exactly one sees a changed row."""
    entry = OutboxEntry.objects.filter(pk=entry_id).first()
    if entry is None:
        return None
    now = timezone.now()
    free = OutboxEntry.objects.filter(unleased(now), pk=entry_id, attempts__lt=MAX_TRIES)
    lease_until = now + _lease(entry.kind)
    if not free.update(lease_until=lease_until, attempts=F("attempts") + 1):
        return None
    entry.refresh_from_db()
    return entry


def _lease(kind: str) -> timedelta:
    try:
        return handler_for(kind).lease
    except LookupError:
        # Written by a version with more apps: claimed all the same, so that it fails where it can be seen.
        return FIRST_WAIT


def _hand_back(entry: OutboxEntry, error: Exception) -> None:
    """Wait twice as long after each failure, then give up. Only while the entry is still ours."""
    ours = OutboxEntry.objects.filter(
        pk=entry.pk, state=EntryState.PENDING, attempts=entry.attempts, lease_until=entry.lease_until
    )
    reason = f"{type(error).__name__}: {error}"[:500]
    if entry.attempts >= MAX_TRIES:
        ours.update(state=EntryState.FAILED, lease_until=None, last_error=reason)
        return
    wait = min(FIRST_WAIT * 2 ** (entry.attempts - 1), LONGEST_WAIT)
    ours.update(lease_until=timezone.now() + wait, last_error=reason)
