"""Documents of the shared library: which kind a file is, by its content and never by its name."""

import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from courses.intake.recordings import clean_recording, container_of

MAX_BYTES = 10 * 1024 * 1024
_MAX_PARTS = 3_000
_MAX_UNPACKED = 200 * 1024 * 1024
_MAX_RATIO = 200
_DAMAGE = (zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError, RuntimeError, EOFError)
_OFFICE = {"word/document.xml": ".docx", "ppt/presentation.xml": ".pptx", "xl/workbook.xml": ".xlsx"}


@dataclass(frozen=True, slots=True)
class CleanFile:
    """What is stored: the bytes and the ending that fits them."""

    data: bytes
    suffix: str


def clean_file(data: bytes) -> CleanFile:
    """A PDF or Office file as it came; a recording or film packed anew.

    Raises ValidationError: ``size``, ``type``, ``macros``, ``bomb`` and those of recordings.
    """
    if container_of(data):
        packed = clean_recording(data)
        return CleanFile(packed.data, packed.suffix)
    if len(data) > MAX_BYTES:
        raise ValidationError(
            _("This document is larger than 10 MB. Save it with smaller pictures, or divide it."), code="size"
        )
    if data.startswith(b"%PDF-"):
        return _pdf(data)
    if data.startswith(b"PK\x03\x04"):
        return CleanFile(data, _office_suffix(data))
    raise _unknown()


def _pdf(data: bytes) -> CleanFile:
    if b"%%EOF" not in data[-2_048:]:
        raise ValidationError(
            _("This PDF is not complete. Save it again and choose the new file."), code="type"
        )
    return CleanFile(data, ".pdf")


def _office_suffix(data: bytes) -> str:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
            broken = None if _unpacks_to_too_much(parts) else archive.testzip()
    except _DAMAGE as error:
        raise _unknown() from error
    if _unpacks_to_too_much(parts):
        raise ValidationError(
            _("This file unpacks to far more than a document. Save it anew and choose the new file."),
            code="bomb",
        )
    names = {part.filename for part in parts}
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise ValidationError(
            _("This file contains programs (macros). Save it as .docx, .xlsx or .pptx and choose that file."),
            code="macros",
        )
    kinds = [suffix for name, suffix in _OFFICE.items() if name in names]
    if broken or len(kinds) != 1 or "[Content_Types].xml" not in names:
        raise _unknown()
    return kinds[0]


def _unpacks_to_too_much(parts: list[zipfile.ZipInfo]) -> bool:
    total = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    return len(parts) > _MAX_PARTS or total > _MAX_UNPACKED or total > _MAX_RATIO * max(packed, 1)


def _unknown() -> ValidationError:
    return ValidationError(
        _(
            "This is no document that we take. Choose a PDF, a Word, Excel or PowerPoint file (.docx, .xlsx, "
            ".pptx), a recording or a film. Pictures belong in the library of pictures."
        ),
        code="type",
    )
