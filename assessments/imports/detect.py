"""Which format a file has, told by what is in it. A name can only break a tie."""

import re
from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from assessments.datasets.drafts import ParsedFile
from assessments.imports import aiken, gift, moodle_xml, xlsx
from assessments.imports.reading import decode, read_bytes, refuse

_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
# Each looks at a line once: \s would run over all empty lines, from each of them anew.
_ANSWER = re.compile(r"^[ \t]*(?:ANSWER|JAWABAN)[ \t]*:[ \t]*[A-Za-z]", re.IGNORECASE | re.MULTILINE)
_OPTION = re.compile(r"^[ \t]*A[.)][ \t]*\S", re.IGNORECASE | re.MULTILINE)
_GIFT = re.compile(r"(?<!\\)\{|^[ \t]*::.*?::|^[ \t]*\$CATEGORY", re.MULTILINE)


def parse_file(file: Any, name: str) -> ParsedFile:
    """Raises ValidationError with a sentence for a file that no parser knows."""
    data = read_bytes(file)
    parsed = _parser(data)(data)
    if not parsed.entries and not parsed.unknown:
        raise refuse(_("There is no question in this file."), "empty")
    return parsed


def _parser(data: bytes) -> Callable[[bytes], ParsedFile]:
    if data.startswith(b"PK\x03\x04"):
        return xlsx.parse
    if data.startswith(_OLD_OFFICE):
        raise refuse(_("This is an old Excel or Word file. Save it as .xlsx from our template."), "format")
    if data.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8")):
        raise refuse(_unknown(), "format")
    text = decode(data[:200_000])
    if text.lstrip()[:1] == "<":
        return moodle_xml.parse
    if _ANSWER.search(text) and _OPTION.search(text) and not re.search(r"(?<!\\)\{\s*[=~#]", text):
        return aiken.parse
    if _GIFT.search(text):
        return gift.parse
    if _OPTION.search(text):
        return aiken.parse
    raise refuse(_unknown(), "format")


def _unknown() -> str:
    return _("This is none of the files that we read: our Excel template, Moodle XML, GIFT or Aiken.")
