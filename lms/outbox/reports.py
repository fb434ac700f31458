"""How the installation is: database, worker, outbox, disk. Figures only, nothing about people."""

import shutil
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import DatabaseError, connection
from django.db.models import Count, Min, Q

from lms.conf import private_root
from lms.outbox.enums import EntryState
from lms.outbox.models import OutboxEntry, WorkerHeartbeat

# Four beats missed (CELERY_BEAT_SCHEDULE sends one each 15 s).
WORKER_SILENT_AFTER = timedelta(seconds=60)
OUTBOX_LATE_AFTER = timedelta(minutes=15)
DISK_LOW_BELOW = 1 << 30


@dataclass(frozen=True, slots=True)
class OutboxFigures:
    """``oldest_seconds`` is the age of the oldest waiting entry, None if nothing waits."""

    pending: int
    failed: int
    oldest_seconds: int | None


def outbox_figures(now: datetime) -> OutboxFigures:
    """Count what waits and what was given up. One query."""
    waiting = Q(state=EntryState.PENDING)
    row = OutboxEntry.objects.exclude(state=EntryState.DONE).aggregate(
        pending=Count("pk", filter=waiting),
        failed=Count("pk", filter=Q(state=EntryState.FAILED)),
        oldest=Min("created_at", filter=waiting),
    )
    return OutboxFigures(row["pending"], row["failed"], _age(row["oldest"], now))


def report_health(now: datetime) -> dict[str, Any]:
    """State of each part with ``ok`` and ``state``; ``status`` is ok, degraded, or failed without a database.

    ``free_bytes`` are bytes, every ``*_seconds`` whole seconds.
    """
    try:
        parts = {"database": _database(), "worker": _worker(now), "outbox": _outbox(now)}
    except DatabaseError:
        # A wrong disk is the usual reason, so that part is told all the same.
        return {"status": "failed", "database": {"ok": False, "state": "unreachable"}, "disk": _disk()}
    parts["disk"] = _disk()
    status = "ok" if all(part["ok"] for part in parts.values()) else "degraded"
    return {"status": status, **parts}


def _database() -> dict[str, Any]:
    with connection.cursor() as cursor:
        if connection.vendor != "sqlite":
            cursor.execute("SELECT 1")
            return {"ok": True, "state": "answers", "engine": connection.vendor}
        cursor.execute("SELECT sqlite_version()")
        version = cursor.fetchone()[0]
        cursor.execute("PRAGMA journal_mode")
        journal_mode = cursor.fetchone()[0]
    return {
        "ok": True,
        "state": "answers",
        "engine": connection.vendor,
        "version": version,
        "journal_mode": journal_mode,
    }


def _worker(now: datetime) -> dict[str, Any]:
    heartbeat = WorkerHeartbeat.objects.first()
    if heartbeat is None:
        return {"ok": False, "state": "never seen", "heartbeat_seconds": None}
    alive = now - heartbeat.beat_at < WORKER_SILENT_AFTER
    state = "running" if alive else "silent"
    return {"ok": alive, "state": state, "heartbeat_seconds": _age(heartbeat.beat_at, now)}


def _outbox(now: datetime) -> dict[str, Any]:
    figures = outbox_figures(now)
    late = (figures.oldest_seconds or 0) > OUTBOX_LATE_AFTER.total_seconds()
    state = "given up" if figures.failed else "late" if late else "in time"
    return {"ok": state == "in time", "state": state, **asdict(figures)}


def _disk() -> dict[str, Any]:
    free = shutil.disk_usage(_existing(private_root())).free
    enough = free >= DISK_LOW_BELOW
    return {"ok": enough, "state": "enough" if enough else "low", "free_bytes": free}


def _existing(folder: Path) -> Path:
    """The folder, or the nearest one above it that is there already."""
    return next(path for path in (folder.absolute(), *folder.absolute().parents) if path.exists())


def _age(moment: datetime | None, now: datetime) -> int | None:
    return None if moment is None else max(0, int((now - moment).total_seconds()))
