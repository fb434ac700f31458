"""A database of our own on somebody's PostgreSQL server, for as long as it is measured."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit


@contextmanager
def database(url: str) -> Iterator[str]:
    """Make an empty database on the server that ``url`` names; drops it at the end. Yields its address."""
    import psycopg
    from psycopg import sql

    name = f"balai_bench_{os.getpid()}"
    with psycopg.connect(url.replace("postgres://", "postgresql://", 1), autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
