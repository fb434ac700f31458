"""One question of a Moodle file: its parts as texts and pictures, whatever version of Moodle wrote it."""

import base64
import binascii
import re
from decimal import Decimal, InvalidOperation
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _

from assessments.datasets.drafts import PictureDraft
from assessments.imports.plain import (
    MAX_TEXT,
    CannotTakeError,
    Inline,
    PlainText,
    TooLongError,
    html_to_text,
    plain_to_text,
)

MAX_QUESTION_PICTURES = 20
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")


class MoodleQuestion:
    """One <question> with readers for its parts. What is lost on the way is said in ``changes``."""

    def __init__(self, element: Element, where: str) -> None:
        self.element, self.where = element, where
        self.changes: list[str] = []

    def value(self, name: str) -> str:
        """The text of a child, or of the <text> in it."""
        child = self.element.find(name)
        return text_of(child).strip() if child is not None else ""

    def flag(self, name: str, *, default: bool) -> bool:
        written = self.value(name).lower()
        return written in ("1", "true", "yes") if written else default

    def number(self, name: str, *, default: Decimal) -> Decimal:
        number = decimal(self.value(name))
        return default if number is None else number

    def text(self, name: str) -> str:
        """A child with text, without its pictures."""
        return self.read(self.element.find(name))[0]

    def read(self, child: Element | None) -> tuple[str, list[PictureDraft]]:
        """Text and pictures of an element that holds <text> and <file>."""
        if child is None:
            return "", []
        source = text_of(child)
        try:
            plain = plain_to_text(source) if self._is_plain(child, source) else html_to_text(source)
        except TooLongError:
            raise CannotTakeError(_("A text in it is far too long.")) from None
        if plain.lost:
            self.changes.append(_("Sound or film in its text was left out."))
        return plain.text, self._pictures(child, plain)

    def only_text(self, child: Element | None) -> str:
        """Text where no picture can be shown here: one that stands there is told."""
        text, pictures = self.read(child)
        if pictures:
            self.changes.append(_("A picture in an answer or feedback was left out."))
        return text

    def plain_text(self, child: Element | None) -> str:
        """Text that has no format of its own and is HTML only where it holds tags."""
        written = text_of(child)
        if child is None or _TAG.search(written) or len(written) > MAX_TEXT:
            return self.only_text(child)
        return plain_to_text(written).text

    def _is_plain(self, child: Element, source: str) -> bool:
        style = child.get("format") or ""
        return style in ("plain_text", "markdown", "moodle_auto_format") and not (
            style == "moodle_auto_format" and "<" in source
        )

    def _pictures(self, child: Element, plain: PlainText) -> list[PictureDraft]:
        files = {(file.get("name") or "").strip(): file for file in child.iter("file")}
        pictures = [
            picture for inline in plain.pictures if (picture := self._picture(inline, files)) is not None
        ]
        # Before Moodle 2 a picture stood beside the text, in elements of its own.
        beside = self.element.find("image_base64") if child.tag == "questiontext" else None
        if beside is not None and (beside.text or "").strip():
            pictures.append(PictureDraft(self.value("image") or "picture", _bytes(beside.text or "")))
        return pictures[:MAX_QUESTION_PICTURES]

    def _picture(self, inline: Inline, files: dict[str, Element]) -> PictureDraft | None:
        if inline.data is not None:
            return PictureDraft("picture", inline.data, inline.alternative)
        found = files.get(inline.file_name) if inline.file_name else None
        if found is None:
            self.changes.append(
                _("A picture was left out, because it is not in the file: %(address)s")
                % {"address": inline.source[:80]}
            )
            return None
        return PictureDraft(inline.file_name, _bytes(found.text or ""), inline.alternative)


def decimal(text: str) -> Decimal | None:
    """A number as Moodle writes it, with a dot or a comma before the decimals."""
    try:
        number = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number.adjusted()) < 30 else None


def text_of(element: Element | None) -> str:
    """The text in <text>, or directly in the element as old files have it."""
    if element is None:
        return ""
    inner = element.find("text")
    if inner is None:
        return element.text or ""
    # Markup that somebody forgot to escape is text all the same.
    return "".join(inner.itertext())


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=False)
    except (binascii.Error, ValueError):
        return b""
