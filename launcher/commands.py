"""The other things that ``./run`` and ``./test`` do."""

import os
import shutil
import signal
import subprocess
from collections.abc import Sequence

from launcher import environment
from launcher.words import LaunchError, pick, say


def manage(arguments: Sequence[str]) -> int:
    """``./run manage …``: Django's command line."""
    environment.ensure(environment.RUNTIME)
    return _call("manage.py", *arguments)


def bench(arguments: Sequence[str]) -> int:
    """``./run bench``: counts, bytes and ratios, measured on a throw-away SQLite database."""
    environment.ensure(environment.DEVELOPMENT)
    return _call("-m", "tests.bench", *arguments)


def messages(arguments: Sequence[str]) -> int:
    """``./run messages``: collect the interface's strings and compile them (needs gettext)."""
    environment.ensure(environment.RUNTIME)
    if shutil.which("msgfmt") is None:
        raise LaunchError(
            pick(
                "gettext is missing: sudo apt install gettext", "gettext belum ada: sudo apt install gettext"
            )
        )
    ignored = [f"--ignore={name}" for name in (".venv*", "var", "tests", "launcher")]
    return _call("manage.py", "makemessages", "-l", "id", "--no-wrap", "--no-location", *ignored) or _call(
        "manage.py", "compilemessages", "--ignore=.venv*", "--ignore=var"
    )


def lock(arguments: Sequence[str]) -> int:
    """``./run lock``: compile the hashed requirements (needs uv)."""
    if shutil.which("uv") is None:
        raise LaunchError(pick("uv is missing: pip install uv", "uv belum ada: pip install uv"))
    for name in ("requirements", "requirements-production", "requirements-dev"):
        say(f"Compiling {name}.txt …", f"Menyusun {name}.txt …")
        command = ["uv", "pip", "compile", "--quiet", "--universal", "--python-version", "3.11"]
        # Extras stay in the list: without them an older pip looks for the newest `coverage[toml]` although
        # `coverage` is pinned, and a release elsewhere ends every installation.
        options = ["--generate-hashes", "--no-strip-extras", "--no-emit-index-url", "--no-header", *arguments]
        status = subprocess.call(
            [*command, *options, f"{name}.in", "-o", f"{name}.txt"], cwd=environment.ROOT
        )
        if status:
            return status
    return 0


def test(arguments: Sequence[str]) -> int:
    """``./test``: pytest with its own settings; the whole suite is spread over the cores."""
    environment.ensure(environment.DEVELOPMENT)
    say("Running the tests …", "Menjalankan pengujian …")
    # Few tests at a time for each process: long ones that wait in one queue would keep the others idle.
    return _call("-m", "pytest", *(arguments or ["-n", "auto", "--maxschedchunk", "2"]))


def _call(*arguments: str) -> int:
    # Ctrl+C reaches the command as well, which ends in its own way: pytest says where it was.
    before = signal.signal(signal.SIGINT, lambda number, frame: None)
    try:
        command = [str(environment.python()), *arguments]
        return subprocess.call(command, cwd=environment.ROOT, env=dict(os.environ))
    finally:
        signal.signal(signal.SIGINT, before)
