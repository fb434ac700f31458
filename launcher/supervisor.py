"""Keeps web server and worker running, each in a process group of its own, and stops both together."""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from launcher.words import say

_GRACE = 12.0  # seconds between the polite and the final signal
_STABLE = 30.0  # a process that ran this long is restarted at once


@dataclass
class Service:
    """A command that should always run."""

    name: str
    command: Sequence[str]
    # Where its output goes; None is the window of ./run.
    log: Path | None = None
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    failures: int = 0
    not_before: float = field(default=0.0)

    def start(self, folder: Path, environment: Mapping[str, str]) -> None:
        # A group of its own: killing a Celery parent alone would orphan its beat.
        with self.log.open("ab") if self.log else nullcontext() as output:
            self.process = subprocess.Popen(
                self.command,
                cwd=folder,
                env=environment,
                start_new_session=True,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT if output else None,
            )
        self.started_at = time.monotonic()

    def signal(self, number: int) -> None:
        if self.process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, number)

    @property
    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None


class Supervisor:
    """Runs services until it is told to stop (SIGINT, SIGTERM, SIGHUP)."""

    def __init__(self, services: Sequence[Service], *, folder: Path, environment: Mapping[str, str]) -> None:
        self.services = services
        self.folder = folder
        self.environment = environment
        self.stopping = False

    def run(self) -> int:
        """Blocks; returns the exit status."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._ask_to_stop)
        try:
            while not self.stopping:
                for service in self.services:
                    self._keep(service)
                time.sleep(0.25)
        finally:
            self._stop_all()
        return 0

    def _ask_to_stop(self, number: int, frame: object) -> None:
        self.stopping = True

    def _keep(self, service: Service) -> None:
        now = time.monotonic()
        if service.is_running or now < service.not_before:
            return
        if service.process is not None:
            # What the dead parent left behind in its group must not work beside its successor.
            service.signal(signal.SIGKILL)
            service.failures = 0 if now - service.started_at > _STABLE else service.failures + 1
            delay = min(2.0**service.failures, 30.0) if service.failures else 0.0
            say(
                f"{service.name} stopped (status {service.process.returncode}); starting it again.",
                f"{service.name} berhenti (status {service.process.returncode}); dijalankan lagi.",
            )
            service.process = None
            service.not_before = now + delay
            if delay:
                return
        service.start(self.folder, self.environment)

    def _stop_all(self) -> None:
        say("Stopping …", "Berhenti …")
        for service in self.services:
            service.signal(signal.SIGTERM)
        deadline = time.monotonic() + _GRACE
        while any(service.is_running for service in self.services) and time.monotonic() < deadline:
            time.sleep(0.1)
        for service in self.services:
            service.signal(signal.SIGKILL)
            if service.process is not None:
                service.process.wait()
