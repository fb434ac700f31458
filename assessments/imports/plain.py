"""HTML of other systems as plain text: line breaks stay, pictures are listed, all else falls away."""

import base64
import binascii
import html
import re
from dataclasses import dataclass, field
from urllib.parse import unquote

from django.utils.translation import gettext as _

from assessments.imports.reading import clean_text

# Longer texts in a question are a file put in by mistake.
MAX_TEXT = 60_000
MAX_ANSWERS = 100
_BREAKS = {"br", "tr", "hr"}
_BLOCKS = {
    "p",
    "div",
    "li",
    "ul",
    "ol",
    "table",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "pre",
    "blockquote",
    "section",
    "article",
    "dl",
    "dt",
    "dd",
    "figure",
    "figcaption",
    "caption",
}
_SILENT = {"script", "style", "head", "title", "template"}
_RAW = {"script", "style"}
# A tag ends before the next "<", so that each letter is looked at once. The standard library's parser
# takes minutes for a few thousand tags that never end, and fails on some of Word's declarations.
_MARKUP = re.compile(
    r"""<(?:(?P<comment>!--)|[!?][^<>]*+>|(?P<end>/?)(?P<tag>[a-zA-Z][^\s/<>]*+)"""
    r"""(?P<attributes>(?:[^<>"']++|"[^"<]*+"|'[^'<]*+'|["'])*+)>)"""
)
_ATTRIBUTE = re.compile(r"""([^\s=/"'>]++)\s*+=\s*+("[^"]*+"|'[^']*+'|[^\s"'>]++)""")
_RAW_ENDS = {tag: re.compile(f"</{tag}", re.IGNORECASE) for tag in _RAW}
_DATA_PICTURE = re.compile(
    r"data:image/[a-zA-Z0-9.+-]{1,20};base64,([A-Za-z0-9+/=\s%]+)", re.IGNORECASE | re.ASCII
)
_PLUGINFILE = "@@PLUGINFILE@@/"


@dataclass(slots=True)
class Inline:
    """A picture where it stood in a text. ``data`` only if it was written into the address itself."""

    source: str
    alternative: str = ""
    data: bytes | None = None

    @property
    def file_name(self) -> str:
        """The name in the files of the question; "" for addresses elsewhere."""
        if not self.source.startswith(_PLUGINFILE):
            return ""
        return unquote(self.source.removeprefix(_PLUGINFILE).partition("?")[0]).lstrip("/")


@dataclass(slots=True)
class PlainText:
    text: str
    pictures: list[Inline] = field(default_factory=list)
    lost: bool = False  # sound, film or a frame stood here


class CannotTakeError(ValueError):
    """Why a question cannot be asked here, as a sentence."""


def check_number(answers: int) -> None:
    """Raises CannotTakeError for more answers than anybody reads, before each of them is made."""
    if answers > MAX_ANSWERS:
        raise CannotTakeError(_("It has more than %(most)d answers.") % {"most": MAX_ANSWERS})


class TooLongError(ValueError):
    """A text that no question has."""


def html_to_text(source: str) -> PlainText:
    """Raises TooLongError."""
    embedded: list[bytes] = []

    def keep(found: re.Match[str]) -> str:
        try:
            embedded.append(base64.b64decode(unquote(found[1]), validate=False))
        except (binascii.Error, ValueError):
            embedded.append(b"")
        return f"data:kept-{len(embedded) - 1}"

    short = _DATA_PICTURE.sub(keep, source)
    if len(short) > MAX_TEXT:
        raise TooLongError
    if "<" not in short and "&" not in short:
        return PlainText(tidy(short))
    reader = _Reader(embedded)
    reader.read(short)
    return PlainText(tidy("".join(reader.parts)), reader.pictures, reader.lost)


def plain_to_text(source: str) -> PlainText:
    """A text that is plain already, line breaks and spaces kept. Raises TooLongError."""
    if len(source) > MAX_TEXT:
        raise TooLongError
    return PlainText(clean_text(source).strip())


def one_line(text: str) -> str:
    """A text for an option, which has one line."""
    return " ".join(text.split()) if "\n" in text else text.strip()


def tidy(text: str) -> str:
    """Single spaces, no spaces at line ends, one empty line at most."""
    lines = [" ".join(line.split()) for line in clean_text(text).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


class _Reader:
    """Walks once through the HTML. What looks like a tag but never ends is text."""

    def __init__(self, embedded: list[bytes]) -> None:
        self.parts: list[str] = []
        self.pictures: list[Inline] = []
        self.lost = False
        self._embedded = embedded
        self._silent = 0
        self._verbatim = 0

    def read(self, source: str) -> None:
        place = 0
        last_comment = source.rfind("-->")
        while found := _MARKUP.search(source, place):
            self._data(source[place : found.start()])
            place = found.end()
            tag = (found["tag"] or "").lower()
            if found["comment"]:
                place = source.index("-->", place) + 3 if place <= last_comment else place
            elif found["end"]:
                self._end(tag)
            elif tag:
                self._start(tag, found["attributes"])
                place = _after_raw(tag, source, place)
        self._data(source[place:])

    def _start(self, tag: str, attributes: str) -> None:
        if tag in _RAW:
            return
        if tag in _SILENT:
            self._silent += 1
        elif tag == "img":
            self._picture(attributes)
        elif tag in ("audio", "video", "iframe", "object", "embed"):
            self.lost = True
        elif tag in _BREAKS or tag in _BLOCKS:
            self.parts.append("\n")
            if tag == "li":
                self.parts.append("- ")
        elif tag in ("td", "th"):
            self.parts.append(" | " if self.parts and not self.parts[-1].endswith("\n") else "")
        elif tag == "sup":
            self.parts.append("^")
        self._verbatim += tag == "pre"

    def _end(self, tag: str) -> None:
        if tag in _SILENT - _RAW:
            self._silent = max(0, self._silent - 1)
        elif tag in _BLOCKS:
            self.parts.append("\n")
        self._verbatim = max(0, self._verbatim - (tag == "pre"))

    def _data(self, written: str) -> None:
        if written and not self._silent:
            data = html.unescape(written)
            # A line break in the source of HTML is a space, unless it stands in <pre>.
            self.parts.append(data if self._verbatim else re.sub(r"\s+", " ", data))

    def _picture(self, attributes: str) -> None:
        values = {
            name.lower(): html.unescape(value.strip("\"'")).strip()
            for name, value in _ATTRIBUTE.findall(attributes)
        }
        source = values.get("src", "")
        picture = Inline(source, values.get("alt", ""))
        number = source.removeprefix("data:kept-")
        if number != source and number.isdigit() and int(number) < len(self._embedded):
            picture.data = self._embedded[int(number)]
        self.pictures.append(picture)


def _after_raw(tag: str, source: str, place: int) -> int:
    """What stands in a script or a style sheet is no text; one that never ends takes the rest with it."""
    if tag not in _RAW:
        return place
    end = _RAW_ENDS[tag].search(source, place)
    return end.start() if end else len(source)
