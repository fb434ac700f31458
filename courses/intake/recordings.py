"""Recordings and films: opened and packed anew by a process that can neither hang nor harm the site."""

import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from courses.intake import repack

MAX_BYTES = 25 * 1024 * 1024
# The web server gives up after 60 seconds.
_SECONDS = 50


@dataclass(frozen=True, slots=True)
class CleanRecording:
    """A recording or film as it is stored."""

    data: bytes
    suffix: str
    seconds: int


def container_of(data: bytes) -> str:
    """Which box the first bytes show, or an empty text."""
    if data.startswith(b"ID3") or (len(data) > 1 and data[0] == 0xFF and data[1] & 0xE6 == 0xE2):
        return "mp3"
    if data[:2] in (b"\xff\xf1", b"\xff\xf9"):
        return "aac"
    if data.startswith(b"OggS"):
        return "ogg"
    if data.startswith(b"#!AMR"):
        return "amr"
    if data.startswith(b"RIFF") and data[8:12] == b"WAVE":
        return "wav"
    if data.startswith(b"\x1a\x45\xdf\xa3"):
        return "webm"
    # HEIC and AVIF pictures live in the same kind of box.
    is_box = data[4:8] == b"ftyp" and data[8:12] not in (b"heic", b"heix", b"mif1", b"avif", b"msf1")
    return "mp4" if is_box else ""


def clean_recording(data: bytes) -> CleanRecording:
    """A recording as MP3 with one channel of 32 kbit/s, or a film without names and places.

    Raises ValidationError: ``size``, ``type``, ``length``, ``unplayable``, ``unavailable``.
    """
    if len(data) > MAX_BYTES:
        raise ValidationError(
            _("This recording is larger than 25 MB. Cut it into shorter parts and upload them one by one."),
            code="size",
        )
    container = container_of(data)
    if not container:
        raise _unreadable()
    with tempfile.TemporaryDirectory(prefix="lms-media-") as folder:
        source, target = Path(folder) / "in", Path(folder) / "out"
        source.write_bytes(data)
        told = _ask(container, source, target)
        return CleanRecording(target.read_bytes(), str(told["suffix"]), int(str(told["seconds"])))


def _ask(container: str, source: Path, target: Path) -> dict[str, object]:
    command = [sys.executable, "-I", repack.__file__, container, str(source), str(target)]
    try:
        done = subprocess.run(
            command, cwd=source.parent, capture_output=True, timeout=_SECONDS, check=False, env={}
        )
    except subprocess.TimeoutExpired as error:
        raise ValidationError(
            _("This file takes too long to convert. Cut it into shorter parts and try again."), code="length"
        ) from error
    if done.returncode == 0:
        told: dict[str, object] = json.loads(done.stdout)
        return told
    raise _refusal(done.returncode)


def _refusal(status: int) -> ValidationError:
    if status == repack.UNPLAYABLE:
        return ValidationError(
            _(
                "Many phones cannot play this film. In the settings of the camera choose “most compatible” "
                "(H.264) and film again, or save the film as MP4 with H.264."
            ),
            code="unplayable",
        )
    if status == repack.TOO_LONG:
        return ValidationError(
            _("This is longer than 20 minutes. Cut it into shorter parts and upload them one by one."),
            code="length",
        )
    if status == repack.NO_LIBRARY:
        return ValidationError(
            _(
                "This site cannot convert recordings and films yet. An administrator installs the package "
                "“av”."
            ),
            code="unavailable",
        )
    return _unreadable()


def _unreadable() -> ValidationError:
    return ValidationError(
        _(
            "This recording or film cannot be opened. Play it on your phone first; if it plays, record "
            "it anew."
        ),
        code="type",
    )
