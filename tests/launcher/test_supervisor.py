"""A service that dies is started again; stopping leaves nobody behind."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# The service reports its own process and that of a child in its group, then waits for ever.
SERVICE = """
import os, subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
print("alive", os.getpid(), child.pid, flush=True)
time.sleep(600)
"""

SUPERVISED = f"""
import os, sys
from pathlib import Path
from launcher import supervisor
supervisor._STABLE = 0.0
service = supervisor.Service("demo", [sys.executable, "-c", {SERVICE!r}])
sys.exit(supervisor.Supervisor([service], folder=Path("."), environment=dict(os.environ)).run())
"""


@pytest.fixture
def supervised() -> Iterator["subprocess.Popen[str]"]:
    process = subprocess.Popen(
        [sys.executable, "-c", SUPERVISED], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    yield process
    process.terminate()
    process.communicate(timeout=30)


def next_alive(process: "subprocess.Popen[str]") -> tuple[int, int]:
    assert process.stdout is not None
    for line in process.stdout:
        if line.startswith("alive"):
            _, parent, child = line.split()
            return int(parent), int(child)
    raise AssertionError("the service never started")


def is_alive(pid: int) -> bool:
    """A zombie that nobody reaped yet does no work and counts as gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_a_killed_service_is_started_again_without_its_orphans(supervised: "subprocess.Popen[str]") -> None:
    first, orphan = next_alive(supervised)
    os.kill(first, signal.SIGKILL)
    second, _ = next_alive(supervised)
    assert second != first
    assert not is_alive(orphan)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_stopping_ends_the_whole_group(supervised: "subprocess.Popen[str]", number: int) -> None:
    parent, child = next_alive(supervised)
    supervised.send_signal(number)
    assert supervised.wait(timeout=30) == 0
    assert not is_alive(parent)
    assert not is_alive(child)
