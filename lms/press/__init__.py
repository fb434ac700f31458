"""PDF files, set by Typst in a child process. Knows nothing of what is printed.

A caller has a folder with a template and whatever the template draws; what differs from one document to the
next comes in as JSON and is placed as text, never as markup.
"""

import io
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import segno

_SCRIPT = Path(__file__).parent / "typeset.py"
_PLAIN = 3
SECONDS = 10
# One thread sets two pages as fast as many, and many threads reserve more address space than is allowed.
_ENVIRONMENT = {"RAYON_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "2"}


@dataclass(frozen=True, slots=True)
class Printed:
    """``is_strict`` is False when the font lacked a letter, so that the PDF keeps no archive profile."""

    pdf: bytes
    is_strict: bool


def print_pdf(
    template: Path, data: dict[str, Any], *, timestamp: int, profiles: tuple[str, ...], seconds: float = 0
) -> Printed:
    """Set ``data`` in type; the same template, data and timestamp give the same bytes.

    The folder of the template is all that the template can read: no person's data and no secret lies there.
    ``profiles`` are the PDF standards to keep. Raises RuntimeError if it takes longer than ``seconds``
    (``SECONDS`` if not given) or the child ends without a file. The child gets nothing of our environment,
    so no secret either.
    """
    limit = seconds or SECONDS
    request = json.dumps({"data": data, "timestamp": timestamp, "profiles": profiles, "seconds": limit})
    command = [sys.executable, "-I", str(_SCRIPT), str(template)]
    try:
        child = subprocess.run(
            command, input=request.encode(), capture_output=True, timeout=limit, env=_ENVIRONMENT
        )
    except subprocess.TimeoutExpired:
        # The message of TimeoutExpired is dropped: nothing about the person may reach the log.
        raise RuntimeError(f"the document was not ready after {limit} seconds") from None
    if child.returncode not in (0, _PLAIN) or not child.stdout.startswith(b"%PDF"):
        raise RuntimeError(f"typesetting ended with status {child.returncode} and no file")
    return Printed(child.stdout, is_strict=child.returncode == 0)


def qr_svg(text: str, *, border: int = 4) -> str:
    """A QR code as SVG, for ``image(bytes(…), format: "svg")``."""
    picture = io.BytesIO()
    segno.make(text, error="m", micro=False).save(picture, kind="svg", border=border, xmldecl=False)
    return picture.getvalue().decode()
