"""A site that runs as it does in a village, in processes of its own, and can lose its power."""

import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import urllib.request
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest

from launcher.environment import ROOT
from launcher.serve import web_command
from launcher.supervisor import Service
from tests.conftest import migrated_template

SECONDS_TO_START = 60


def _environment(var: Path) -> dict[str, str]:
    """The embedded default with a ``var`` of its own, whatever the tests themselves run on."""
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "SECRET_KEY")}
    return {**kept, "LMS_VAR": str(var), "DJANGO_SETTINGS_MODULE": "lms.settings.base"}


def _manage(var: Path, *arguments: str) -> str:
    command = [sys.executable, "manage.py", *arguments]
    done = subprocess.run(
        command, cwd=ROOT, env=_environment(var), check=True, stdout=subprocess.PIPE, text=True
    )
    return done.stdout


def prepare(var: Path, training: str = "make_training()") -> None:
    """Fill a ``var`` folder: a migrated database with one training of ``support_training``, and the
    participants' static files."""
    var.mkdir()
    shutil.copy(migrated_template(), var / "db.sqlite3")
    # Nobody opens the admin here, and compressing its files takes longer than all the rest.
    _manage(var, "collectstatic", "--no-input", "--verbosity=0", "--ignore=wagtail*")
    made = _manage(
        var,
        "shell",
        "--no-imports",
        "--command",
        f"from tests.browser import support_training; print(support_training.{training})",
    )
    (var / "card.json").write_text(made)


class Installation:
    """A prepared ``var`` folder and the web server over it."""

    def __init__(self, var: Path) -> None:
        self.var = var
        self.card: dict[str, Any] = json.loads((var / "card.json").read_text())
        with closing(socket.socket()) as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        self.web = Service("web", web_command("127.0.0.1", self.port))

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start the web server as ``./run`` does; returns when it answers."""
        self.web.start(ROOT, _environment(self.var))
        for _ in range(SECONDS_TO_START * 5):
            with suppress(OSError), urllib.request.urlopen(f"{self.address}/healthz", timeout=5):
                return
            with suppress(subprocess.TimeoutExpired):
                self.web.process.wait(timeout=0.2)
                pytest.fail("the web server ended while it started")
        pytest.fail("the web server did not start")

    def cut_power(self) -> None:
        """Kill the server and all its children in the middle of whatever they do."""
        self.web.signal(signal.SIGKILL)
        self.web.process.wait()

    def rows(self, statement: str) -> list[tuple[Any, ...]]:
        """What the database file holds, read past the application."""
        with closing(sqlite3.connect(self.var / "db.sqlite3")) as connection:
            return connection.execute(statement).fetchall()
