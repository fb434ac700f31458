"""Roll-ups and the page over many trainings, on simulated data in a database of this run."""

import os
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from tests.bench.report import Report

# EVALUATION's physical limit: the answers of a million attempts are 2.5 MB of bits, added up in 0.4 ms.
_BITS_A_SECOND = 20_000_000 / 0.0004
_FULL = 1_000_000
_PAGE = """
import time
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.urls import reverse
user = get_user_model().objects.create_user(f"ukur-{time.time()}", is_superuser=True)
client = Client(headers={"host": "localhost"})
client.force_login(user)
frame, page = reverse("wagtailadmin_reports:locked_pages"), reverse("evaluation:across")
def cost(address):
    client.get(address)
    used = []
    def count(execute, *arguments):
        used.append(arguments[0])
        return execute(*arguments)
    with connection.execute_wrapper(count):
        status = client.get(address).status_code
    assert status == 200, status
    times = []
    for _ in range(5):
        began = time.perf_counter()
        client.get(address)
        times.append(time.perf_counter() - began)
    return len(used), min(times) * 1000
print("RESULT", *cost(frame), *cost(page))
"""


def measure(
    report: Report, folder: Path, environment: Mapping[str, str], *, cohorts: int, attempts: int
) -> None:
    """Seed, count anew, look at the page; the bounds are those of a million attempts in 2,000 trainings."""
    variables = {**os.environ, **environment, "LMS_VAR": str(folder)}
    size = f"{attempts} attempts in {cohorts} trainings"
    share = attempts / _FULL
    seconds, _text = _manage(
        variables, "seed_evaluation", f"--cohorts={cohorts}", f"--attempts={attempts}", "--no-rollups"
    )
    report(f"seeding {size}: seconds", seconds, 1200)
    seconds, _text = _manage(variables, "rebuild_rollups")
    report(f"rebuild_rollups, {size}: seconds", seconds, 60)
    report("  the same answers added up as bits: ms", attempts * 20 / _BITS_A_SECOND * 1000)
    _seconds, text = _manage(variables, "rebuild_rollups", "--check")
    report.note(f"  again: {text.strip()}")
    _seconds, text = _manage(variables, "shell", "--no-imports", "--command", _PAGE)
    frame_queries, frame_ms, queries, milliseconds = text.split("RESULT")[1].split()
    report(f"page across trainings, {size}: ms", float(milliseconds), 300)
    report("  the admin's frame alone: ms", float(frame_ms))
    report("  queries above the frame", int(queries) - int(frame_queries), 12)
    report.note(f"  (bounds are for the full size; this is {share:.1%} of it)")


def _manage(variables: Mapping[str, str], *arguments: str) -> tuple[float, str]:
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments], check=True, env=dict(variables), stdout=subprocess.PIPE
    )
    return time.perf_counter() - began, done.stdout.decode()
