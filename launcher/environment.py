"""The virtual environment: made once, installed again only when a list of requirements changed."""

import hashlib
import importlib.util
import os
import subprocess
import sys
import venv
from pathlib import Path

from launcher.words import LaunchError, pick, say

ROOT = Path(__file__).resolve().parent.parent
RUNTIME = "requirements.txt"
DEVELOPMENT = "requirements-dev.txt"  # contains the other two


def venv_folder() -> Path:
    """Where the environment lives; ``LMS_VENV`` moves it."""
    return Path(os.environ.get("LMS_VENV", ROOT / ".venv"))


def python() -> Path:
    return venv_folder() / "bin" / "python"


def ensure(requirements: str) -> None:
    """Make the environment if needed and install ``requirements`` with their hashes. Raises LaunchError."""
    _make_venv()
    wanted = _stamp(requirements)
    stamps = [venv_folder() / f"installed-{name}" for name in {requirements, DEVELOPMENT}]
    current = {requirements: wanted, DEVELOPMENT: _stamp(DEVELOPMENT)}
    if any(s.exists() and s.read_text() == current[s.name.removeprefix("installed-")] for s in stamps):
        return
    say(
        f"Installing the libraries of {requirements} (once; one to three minutes) …",
        f"Memasang pustaka dari {requirements} (sekali saja; satu sampai tiga menit) …",
    )
    command = [python(), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    if subprocess.call([*command, "--require-hashes", "-r", requirements], cwd=ROOT):
        raise LaunchError(
            pick(
                "The libraries could not be installed: check the connection and start again.",
                "Pustaka tidak dapat dipasang: periksa sambungan internet, lalu mulai lagi.",
            )
        )
    (venv_folder() / f"installed-{requirements}").write_text(wanted)


def _make_venv() -> None:
    if python().exists():
        return
    if importlib.util.find_spec("ensurepip") is None:
        package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
        raise LaunchError(
            pick(
                f"Python's venv module is missing: install it with  sudo apt install {package}",
                f"Modul venv untuk Python belum ada: pasang dengan  sudo apt install {package}",
            )
        )
    say("Making a virtual environment …", "Menyiapkan lingkungan Python …")
    try:
        venv.create(venv_folder(), with_pip=True, clear=venv_folder().exists(), symlinks=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise LaunchError(
            pick(
                f"The virtual environment could not be made in {venv_folder()}: {error}",
                f"Lingkungan Python tidak dapat dibuat di {venv_folder()}: {error}",
            )
        ) from error


def _stamp(requirements: str) -> str:
    """Changes with the list and with the interpreter."""
    digest = hashlib.sha256((ROOT / requirements).read_bytes())
    digest.update(sys.version.encode())
    return digest.hexdigest()
