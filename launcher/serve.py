"""``./run``: prepare the site and serve it until Ctrl-C."""

import argparse
import fcntl
import json
import os
import subprocess
import threading
import time
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

from launcher import environment, network
from launcher.supervisor import Service, Supervisor
from launcher.words import LaunchError, pick, say

SETTINGS = "lms.settings.base"
_LARGE_LOG = 5_000_000  # bytes
# Hashing a PIN takes 19 MiB. glibc would keep that much for each thread that ever signed somebody in:
# measured 475 MiB after a few hundred sign-ins, 175 MiB with large pieces given back at once.
MEMORY = {"MALLOC_MMAP_THRESHOLD_": "1000000"}


def var_folder() -> Path:
    """Database, keys, files and logs of this installation; ``LMS_VAR`` moves it."""
    return Path(os.environ.get("LMS_VAR", environment.ROOT / "var"))


def serve(arguments: Sequence[str]) -> int:
    """Set up, then serve. Returns the exit status; raises LaunchError."""
    options = _parse(arguments)
    network.check_port(options.host, options.port)
    environment.ensure(environment.RUNTIME)
    var_folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    with (var_folder() / "run.lock").open("w") as lock:
        _lock(lock)
        variables = _variables(options.host)
        _prepare(variables, demonstration=options.demo)
        threading.Thread(
            target=_announce, args=(options.host, options.port, options.demo), daemon=True
        ).start()
        services = [
            Service("web", web_command(options.host, options.port)),
            Service("worker", _worker_command(), log=_worker_log()),
        ]
        return Supervisor(services, folder=environment.ROOT, environment=variables).run()


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./run", description="Set up and serve Balai Belajar.")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on; 0.0.0.0 for a whole room")
    parser.add_argument("--port", default=8000, type=int)
    parser.add_argument(
        "--no-demo", dest="demo", action="store_false", help="do not load the demonstration training"
    )
    options = parser.parse_args(arguments)
    if not 0 < options.port < 65536:
        parser.error("--port must be between 1 and 65535")
    return options


def _lock(lock: IO[str]) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise LaunchError(
            pick(
                "The site is already running from this folder: stop it first (Ctrl-C in its window).",
                "Situs ini sudah berjalan dari folder ini: hentikan dahulu (Ctrl-C di jendelanya).",
            )
        ) from error


def _variables(host: str) -> dict[str, str]:
    variables = {"DJANGO_SETTINGS_MODULE": SETTINGS, **MEMORY, **os.environ}
    variables.setdefault("ALLOWED_HOSTS", ",".join(network.names(host)))
    variables["PYTHONUNBUFFERED"] = "1"
    return variables


def _prepare(variables: dict[str, str], *, demonstration: bool) -> None:
    say("Preparing database, curriculum and pages …", "Menyiapkan basis data, kurikulum, dan halaman …")
    command = [str(environment.python()), "manage.py", "prepare_site"]
    if not demonstration:
        command.append("--no-demo")
    if subprocess.call(command, cwd=environment.ROOT, env=variables):
        raise LaunchError(
            pick(
                "The site could not be prepared; the lines above say why. Nothing was served.",
                "Situs tidak dapat disiapkan; baris di atas menyebut sebabnya. Situs belum berjalan.",
            )
        )


def web_command(host: str, port: int) -> list[str]:
    """The web server as a village runs it."""
    bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    gunicorn = [str(environment.python()), "-m", "gunicorn", "lms.wsgi:application", "--bind", bind]
    # One process, many threads: SQLite has one writer anyway, and a village laptop little memory.
    return [
        *gunicorn,
        "--worker-class",
        "gthread",
        "--threads",
        "16",
        "--timeout",
        "60",
        "--log-level",
        "warning",
    ]


def _worker_command() -> list[str]:
    celery = [str(environment.python()), "-m", "celery", "-A", "lms.celery", "worker"]
    return [*celery, "-B", "-P", "solo", "--loglevel", "warning", "--without-gossip", "--without-mingle"]


def _worker_log() -> Path:
    """The worker's own log, begun anew when it grew large."""
    log = var_folder() / "log" / "worker.log"
    log.parent.mkdir(exist_ok=True)
    if log.exists() and log.stat().st_size > _LARGE_LOG:
        log.replace(log.with_suffix(".old.log"))
    return log


def _announce(host: str, port: int, demonstration: bool) -> None:
    """When the site answers, print where it is and who may sign in."""
    shown = "127.0.0.1" if host in ("0.0.0.0", "::") else host
    address = f"http://{shown}:{port}/"
    for _ in range(240):
        try:
            with urllib.request.urlopen(f"{address}healthz", timeout=2):
                break
        except OSError:
            time.sleep(0.25)
    lines = [pick("Ready:", "Siap:"), f"  {address}"]
    if host in ("0.0.0.0", "::"):
        lines += [f"  http://{name}:{port}/" for name in network.names(host)[3:]]
    lines += [pick("  Staff: ", "  Petugas: ") + f"{address}admin/"]
    if demonstration:
        lines += sign_in_lines(var_folder() / "demonstration.json")
    lines.append(pick("Stop with Ctrl-C.", "Hentikan dengan Ctrl-C."))
    print("\n".join(lines), flush=True)


def sign_in_lines(file: Path) -> list[str]:
    """The demonstration's sign-ins, read from the file that the loader keeps in ``var/``."""
    if not file.exists():
        return []
    data: dict[str, list[dict[str, Any]]] = json.loads(file.read_text())
    lines = [pick("Demonstration sign-ins (simulated people):", "Masuk untuk peragaan (orang rekaan):")]
    for person in data["staff"]:
        lines.append(f"  {person['role']}: {person['username']} / {person['password']}")
    for person in data["participants"]:
        lines.append(f"  {person['name']} ({person['state']}): {person['code']} / PIN {person['pin']}")
    return lines
