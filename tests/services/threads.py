"""Several people at once: threads that begin together, each with a database connection of its own."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import connection

Result = TypeVar("Result")

# A test that waits this long (seconds) has met the deadlock that it looks for.
PATIENCE = 20


def at_once(works: Sequence[Callable[[], Result]]) -> list[Result]:
    """The results in the order of ``works``. The first exception of a thread is raised here."""
    gate = threading.Barrier(len(works))

    def run(work: Callable[[], Result]) -> Result:
        gate.wait(PATIENCE)
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        futures = [pool.submit(run, work) for work in works]
        return [future.result(PATIENCE) for future in futures]
