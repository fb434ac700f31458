"""Make the PDF of a certificate in a child process, and put a file where a power cut cannot halve it."""

import io
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import segno

_HERE = Path(__file__).parent
_SCRIPT = _HERE / "typeset.py"
# All that the template can read: no person's data and no secret lies here.
_TEMPLATE_FOLDER = _HERE / "typst"
_PLAIN = 3
SECONDS = 10
# One thread sets two pages as fast as many, and many threads reserve more address space than is allowed.
_ENVIRONMENT = {"RAYON_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "2"}


@dataclass(frozen=True, slots=True)
class Printed:
    """``is_strict`` is False when the font lacked a letter, so that the PDF keeps no archive profile."""

    pdf: bytes
    is_strict: bool


def print_pdf(data: dict[str, Any], *, timestamp: int) -> Printed:
    """Set ``data`` in type; the same data and timestamp give the same bytes.

    Raises RuntimeError if it takes longer than ``SECONDS`` or the child ends without a file. The child
    gets nothing of our environment, so no secret either.
    """
    request = json.dumps({"data": {**data, "qr": _qr(data["verify_url"])}, "timestamp": timestamp})
    command = [sys.executable, "-I", str(_SCRIPT), str(_TEMPLATE_FOLDER)]
    try:
        child = subprocess.run(
            command, input=request.encode(), capture_output=True, timeout=SECONDS, env=_ENVIRONMENT
        )
    except subprocess.TimeoutExpired:
        # The message of TimeoutExpired is dropped: nothing about the person may reach the log.
        raise RuntimeError(f"the certificate was not ready after {SECONDS} seconds") from None
    if child.returncode not in (0, _PLAIN) or not child.stdout.startswith(b"%PDF"):
        raise RuntimeError(f"typesetting ended with status {child.returncode} and no file")
    return Printed(child.stdout, is_strict=child.returncode == 0)


def write_durably(path: Path, content: bytes) -> None:
    """Write a file that is whole or not there, for its owner's eyes only, and on the disk on return."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, path)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _qr(address: str) -> str:
    """The QR code as SVG, or nothing when there is no public address to lead to."""
    if not address:
        return ""
    picture = io.BytesIO()
    segno.make(address, error="m", micro=False).save(picture, kind="svg", border=4, xmldecl=False)
    return picture.getvalue().decode()
