"""From bytes to text, and what a file may weigh. Everything here refuses with a sentence, and soon."""

import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MAX_BYTES = 5 * 1024 * 1024
MAX_QUESTIONS = 5_000
# A question of a Moodle file has about 40 elements, and 5 MB of such questions about 80,000.
MAX_ELEMENTS = 100_000
MAX_DEPTH = 50
MAX_UNZIPPED = 20 * 1024 * 1024
MAX_RATIO = 100
MAX_ENTRIES = 100
MAX_CELLS = 400_000

_ENCODINGS = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "windows-1252": "cp1252",
    "cp1252": "cp1252",
    "iso-8859-15": "iso-8859-15",
    "utf-16": "utf-16",
    "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be",
}
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,200}\?>")
_DECLARED = re.compile(rb"""\A\s*<\?xml[^>]{0,120}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
# What XML and databases refuse, and nobody can read.
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def refuse(message: Any, code: str = "file") -> ValidationError:
    """The refusal of a whole file."""
    return ValidationError(message, code=code)


def read_bytes(file: Any) -> bytes:
    """All of an upload, an open file or bytes; never more than may be. Raises ValidationError (``size``)."""
    data: bytes = file if isinstance(file, bytes) else file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise too_large()
    if not data.strip():
        raise refuse(_("This file is empty."), "empty")
    return data


def too_large() -> ValidationError:
    return refuse(
        _("This file is larger than 5 MB. Divide it into smaller files, or make its pictures smaller."),
        "size",
    )


def decode(data: bytes) -> str:
    """The text of a file in UTF-8, UTF-16 or the Windows code page, with plain line ends and no controls."""
    return clean_text(_decoded(data, ""))


def clean_text(text: str) -> str:
    return _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _decoded(data: bytes, declared: str) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decoded_as(data, "utf-16")
    if declared.startswith("utf-16") and b"\x00" not in data[:4]:
        declared = ""  # says so, but is not: saved again by an editor that did not mend the first line
    if not declared and data[1:2] == b"\x00" and data[3:4] == b"\x00":
        return _decoded_as(data, "utf-16-le")
    if declared not in ("", "utf-8"):
        return _decoded_as(data, declared)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _decoded_as(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding).removeprefix("\ufeff")
    except UnicodeError:
        raise refuse(_("The letters of this file cannot be read. Save it again as UTF-8.")) from None


def parse_xml(data: bytes) -> Element:
    """The root of an XML file without DTD, entities or outside addresses, neither deep nor endless."""
    found = _DECLARED.match(data.removeprefix(b"\xef\xbb\xbf")[:400])
    named = found[1].decode("ascii").lower() if found else ""
    if named and named not in _ENCODINGS:
        raise refuse(
            _("This file is written in an encoding that we do not read. Save it again as UTF-8."), "encoding"
        )
    text = _DECLARATION.sub("", clean_text(_decoded(data, _ENCODINGS.get(named, ""))), count=1).lstrip()
    parser = DefusedXMLParser(target=_LimitedBuilder(), forbid_dtd=True)
    try:
        parser.feed(text.encode())
        root: Element = parser.close()
    except DefusedXmlException as error:
        raise refuse(
            _("This XML file declares a document type or entities. We do not read such files."), "dtd"
        ) from error
    except (ParseError, ValueError, RecursionError) as error:
        raise refuse(
            _("This is not well-formed XML (%(problem)s). Export it again.") % {"problem": error}, "xml"
        ) from error
    return root


class _LimitedBuilder(TreeBuilder):
    """Builds the tree, and stops at once when it grows too deep or too large."""

    def __init__(self) -> None:
        super().__init__()
        self.depth = self.elements = 0

    def start(self, tag: Any, attrs: Any, /) -> Element:
        self.depth += 1
        self.elements += 1
        if self.depth > MAX_DEPTH:
            raise refuse(_("The elements of this XML file are nested too deeply."), "depth")
        if self.elements > MAX_ELEMENTS:
            raise refuse(_("This XML file has too many elements. Divide it into smaller files."), "elements")
        return super().start(tag, attrs)

    def end(self, tag: str, /) -> Element:
        self.depth -= 1
        return super().end(tag)


@contextmanager
def refusing_damage() -> Iterator[None]:
    """Turn whatever the readers of workbooks meet inside a broken file into one sentence.

    openpyxl raises KeyError, ParseError, ValueError, TypeError …; zlib and lzma have errors of their own.
    """
    try:
        yield
    except ValidationError:
        raise
    except Exception as error:
        raise refuse(_("This Excel file is damaged. Open it and save it again."), "workbook") from error


def checked_workbook(data: bytes) -> BytesIO:
    """An XLSX file that is safe to open: looked at as a zip first, a small one can unpack to gigabytes."""
    with refusing_damage(), zipfile.ZipFile(BytesIO(data)) as archive:
        _check_sizes(archive.infolist())
        if "xl/workbook.xml" not in archive.namelist():
            raise refuse(_("This is not an Excel workbook (.xlsx)."), "format")
        _check_parts(archive)
    return BytesIO(data)


def _check_sizes(entries: list[zipfile.ZipInfo]) -> None:
    total = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if len(entries) > MAX_ENTRIES or total > MAX_UNZIPPED or total > MAX_RATIO * max(packed, 1):
        raise refuse(_("This Excel file unpacks to far more than a list. Use our template."), "bomb")


def _check_parts(archive: zipfile.ZipFile) -> None:
    """Count cells and texts before a library builds them, and refuse document types."""
    cells = 0
    for name in archive.namelist():
        if not name.endswith((".xml", ".rels")):
            continue
        part = archive.read(name)
        if b"<!DOCTYPE" in part or b"<!ENTITY" in part:
            raise refuse(_("This Excel file is not one that Excel or LibreOffice wrote."), "dtd")
        cells += part.count(b"<c ") + part.count(b"<c>") + part.count(b"<si") + part.count(b"<row")
        if cells > MAX_CELLS:
            raise refuse(
                _("This Excel file has too many cells. Delete the empty rows below your list."), "cells"
            )
