"""Give Django an SQLite without the WAL-reset corruption bug (sqlite.org/wal.html#walresetbug).

The bug needs several processes that write and checkpoint one WAL database, which is exactly the shape
of a village laptop: web server plus worker. It is fixed in SQLite 3.51.3; Debian 12 ships 3.40.
"""

import sqlite3
import sys

FIXED_IN = (3, 51, 3)


def use_safe_sqlite() -> bool:
    """Swap in pysqlite3 when the system's SQLite is too old. True if WAL may then be used."""
    if sqlite3.sqlite_version_info >= FIXED_IN:
        return True
    try:
        import pysqlite3
    except ImportError:
        return False
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
    return bool(pysqlite3.sqlite_version_info >= FIXED_IN)


def init_command(*, wal_is_safe: bool) -> str:
    """The pragmas of every connection: an answer that was acknowledged survives a power cut.

    ``synchronous=FULL`` because NORMAL in WAL mode loses the last acknowledged commits when the power
    goes; DELETE with EXTRA is the slower fallback where WAL is not safe.
    """
    journal = (
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;"
        if wal_is_safe
        else "PRAGMA journal_mode=DELETE;PRAGMA synchronous=EXTRA;"
    )
    return journal + "PRAGMA cache_size=-16000;PRAGMA journal_size_limit=67108864;"
