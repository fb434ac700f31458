"""Make the PDF of a certificate, and put a file where a power cut cannot halve it."""

import os
import tempfile
from pathlib import Path
from typing import Any

from lms import press
from lms.press import Printed, qr_svg

_TEMPLATE = Path(__file__).parent / "typst" / "certificate.typ"
# An archive file that a screen reader can read.
_PROFILES = ("a-2a", "ua-1")


def print_pdf(data: dict[str, Any], *, timestamp: int) -> Printed:
    """The certificate of ``data``: the same data and timestamp give the same bytes.

    Raises RuntimeError if it takes too long or there is no file in the end.
    """
    # No QR code when there is no public address to lead to.
    qr = qr_svg(data["verify_url"]) if data["verify_url"] else ""
    return press.print_pdf(_TEMPLATE, {**data, "qr": qr}, timestamp=timestamp, profiles=_PROFILES)


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
