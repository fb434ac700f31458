"""Bringing an installation to the state that ``./run`` serves. Each step is idempotent."""

import hashlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.migrations.executor import MigrationExecutor

from courses.search import INDEX_VERSION
from lms.portal.backups import backup_sqlite

Say = Callable[[str], None]


def migrate(say: Say) -> None:
    """Bring the schema up to date, after copying an SQLite database that already holds data."""
    executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return
    if executor.loader.applied_migrations and connection.vendor == "sqlite":
        folder = Path(settings.VAR_DIR) / "backups"
        folder.mkdir(parents=True, exist_ok=True)
        copy = folder / f"before-migration-{datetime.now(UTC):%Y%m%dT%H%M%S}.sqlite3"
        backup_sqlite(copy)
        say(f"Copied the database to {copy} before changing it.")
    say("Migrating the database …")
    call_command("migrate", verbosity=0)


def fill_search_index(say: Say) -> None:
    """Put into the index what an earlier version did not: pages get there only when they are saved."""
    stamp = Path(settings.VAR_DIR) / ".search-index"
    if stamp.exists() and stamp.read_text() == INDEX_VERSION:
        return
    say("Reading lessons and documents for the search (once) …")
    call_command("update_index", verbosity=0)
    stamp.write_text(INDEX_VERSION)


def collect_static(say: Say) -> None:
    """Compress and hash static files, unless none changed since the last time (it takes many seconds)."""
    stamp = Path(settings.STATIC_ROOT) / ".sources"
    wanted = _static_fingerprint()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    say("Compressing static files (once) …")
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(wanted)


def _static_sources() -> Iterator[Path]:
    for finder in get_finders():
        for path, storage in finder.list([]):
            yield Path(storage.path(path))


def _static_fingerprint() -> str:
    digest = hashlib.sha256()
    for source in sorted(_static_sources()):
        status = source.stat()
        digest.update(f"{source}:{status.st_size}:{status.st_mtime_ns}\n".encode())
    return digest.hexdigest()
