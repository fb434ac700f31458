"""A throw-away site as ``./run`` makes it, and its web server as ``./run`` starts it."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from launcher.serve import MEMORY, web_command
from tests.bench.training import Crowd, read_cards

_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Server:
    """A running web server."""

    address: str
    process: "subprocess.Popen[bytes]"

    def cpu_seconds(self) -> float:
        """CPU used so far by the server and its workers."""
        pids = [self.process.pid, *_children(self.process.pid)]
        return sum(_cpu_of(pid) for pid in pids)


@contextmanager
def serving(folder: Path, environment: Mapping[str, str]) -> Iterator[Server]:
    """Serve the site whose var folder this is."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        web_command("127.0.0.1", port),
        env={**MEMORY, **_variables(folder, environment)},
        stdin=subprocess.DEVNULL,
    )
    try:
        server = Server(f"http://127.0.0.1:{port}", process)
        _wait_for(server)
        yield server
    finally:
        process.terminate()
        process.wait()


def prepare(folder: Path, environment: Mapping[str, str]) -> None:
    """Make the site with its demonstration."""
    _python(folder, environment, "manage.py", "prepare_site")


def sign_ins(folder: Path) -> dict[str, list[dict[str, str]]]:
    """Who may sign in to the demonstration."""
    found: dict[str, list[dict[str, str]]] = json.loads((folder / "demonstration.json").read_text())
    return found


def make_crowds(folder: Path, environment: Mapping[str, str], people: int) -> dict[str, Crowd]:
    """The trainings to be measured, in the database of this site."""
    cards = folder / "cards.json"
    _python(folder, environment, "-m", "tests.bench.training", str(cards), str(people))
    return read_cards(cards)


def _python(folder: Path, environment: Mapping[str, str], *arguments: str) -> None:
    variables = _variables(folder, environment)
    subprocess.run([sys.executable, *arguments], check=True, env=variables, stdout=subprocess.DEVNULL)


def _variables(folder: Path, environment: Mapping[str, str]) -> dict[str, str]:
    return {
        **os.environ,
        **environment,
        "LMS_VAR": str(folder),
        "DJANGO_SETTINGS_MODULE": "lms.settings.base",
    }


def _wait_for(server: Server) -> None:
    for _ in range(200):
        try:
            with urllib.request.urlopen(f"{server.address}/healthz", timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("The server did not answer.")


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _cpu_of(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS
