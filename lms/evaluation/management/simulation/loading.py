"""Rows into tables by the fastest road that a database has, indexes afterwards where that is possible.

All in one transaction: indexes and constraints that were put aside come back with the rows, or nothing has
changed. Tables are locked meanwhile; this is no command for a site that people use.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.db.models import Model

from lms.cohorts.models import Enrolment
from lms.evaluation.management.simulation.results import Batch, Row
from lms.learning.models import AnswerEvent, Attempt, AttemptItem
from lms.people.models import Participant

TABLES: tuple[tuple[str, type[Model]], ...] = (
    ("people", Participant),
    ("enrolments", Enrolment),
    ("attempts", Attempt),
    ("items", AttemptItem),
    ("events", AnswerEvent),
)
_BIG = (Attempt, AttemptItem, AnswerEvent)


def load(batch: Batch) -> int:
    """Write the rows of a batch; returns how many."""
    written = 0
    for name, model in TABLES:
        rows = getattr(batch, name)
        _load(model, rows)
        written += len(rows)
    return written


@contextmanager
def indexes_afterwards() -> Iterator[None]:
    """Put indexes, and on PostgreSQL all constraints, of the big tables aside, and make them anew."""
    aside = _aside_on_postgresql if connection.vendor == "postgresql" else _aside_on_sqlite
    with connection.cursor() as cursor:
        drop, restore = aside(cursor)
        for statement in drop:
            cursor.execute(statement)
        yield
        for statement in restore:
            cursor.execute(statement)
        if connection.vendor == "postgresql":
            cursor.execute("ANALYZE")


def _load(model: type[Model], rows: Sequence[Row]) -> None:
    columns = [field.column for field in model._meta.concrete_fields]
    names = ", ".join(connection.ops.quote_name(column) for column in columns)
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                copy.write("".join(_lines(rows)))
        else:
            places = ", ".join(["%s"] * len(columns))
            adapted = [tuple(map(_adapted, row)) for row in rows]
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({places})", adapted)


def _lines(rows: Iterable[Row]) -> Iterator[str]:
    r"""COPY's text: tabs between, \N for nothing. Nothing that is written here needs escaping but backslashes
    and quotes of JSON, of which it has none of the former."""
    for row in rows:
        yield "\t".join(["\\N" if value is None else str(value) for value in row]) + "\n"


def _adapted(value: Any) -> Any:
    if hasattr(value, "hex") and not isinstance(value, float):
        return value.hex
    return value.replace(tzinfo=None).isoformat(" ") if hasattr(value, "tzinfo") else value


def _aside_on_postgresql(cursor: Any) -> tuple[list[str], list[str]]:
    cursor.execute("SET LOCAL maintenance_work_mem = '256MB'")
    # A table with checks that wait for the commit cannot be altered.
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    tables = [model._meta.db_table for model in _BIG]
    cursor.execute(
        "SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid), contype "
        "FROM pg_constraint WHERE conrelid::regclass::text = ANY(%s) OR confrelid::regclass::text = ANY(%s)",
        [tables, tables],
    )
    constraints = cursor.fetchall()
    cursor.execute(
        "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index "
        "WHERE indrelid::regclass::text = ANY(%s) AND indexrelid NOT IN "
        "(SELECT conindid FROM pg_constraint WHERE conindid <> 0)",
        [tables],
    )
    indexes = cursor.fetchall()
    # Foreign keys go before the keys that they name, and come back after them.
    ordered = sorted(constraints, key=lambda row: row[3] != "f")
    drop = [f"ALTER TABLE {table} DROP CONSTRAINT {name}" for table, name, _how, _kind in ordered]
    drop += [f"DROP INDEX {name}" for name, _how in indexes]
    restore = [how for _name, how in indexes]
    restore += [
        f"ALTER TABLE {table} ADD CONSTRAINT {name} {how}" for table, name, how, _kind in reversed(ordered)
    ]
    return drop, restore


def _aside_on_sqlite(cursor: Any) -> tuple[list[str], list[str]]:
    """Only what was made as an index: keys and unique rules are part of the table there."""
    tables = [model._meta.db_table for model in _BIG]
    places = ", ".join(["%s"] * len(tables))
    cursor.execute(
        f"SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL "
        f"AND tbl_name IN ({places})",
        tables,
    )
    found = cursor.fetchall()
    return [f'DROP INDEX "{name}"' for name, _sql in found], [sql for _name, sql in found]
