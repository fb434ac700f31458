"""Reads a PDF as a person would: its words page by page, and how large its pages are."""

import io
from typing import Any

import pypdf


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page."""
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def text_of(pdf: bytes) -> str:
    """The text of all pages, with every run of blanks and line ends as one blank."""
    return " ".join(" ".join(pages_of(pdf)).split())


def sizes_of(pdf: bytes) -> set[tuple[int, int]]:
    """The sizes of the pages in millimetres."""
    boxes = [page.mediabox for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]
    return {(round(box.width / 72 * 25.4), round(box.height / 72 * 25.4)) for box in boxes}


def pieces_of(pdf: bytes, page: int = 0) -> list[tuple[str, float, float]]:
    """Each piece of text of a page with the place where it begins, in points from the left and the bottom."""
    pieces: list[tuple[str, float, float]] = []

    def note(text: str, outer: Any, inner: Any, _font: Any, _size: Any) -> None:
        if text.strip():
            x = inner[4] * outer[0] + inner[5] * outer[2] + outer[4]
            y = inner[4] * outer[1] + inner[5] * outer[3] + outer[5]
            pieces.append((text.strip(), x, y))

    pypdf.PdfReader(io.BytesIO(pdf)).pages[page].extract_text(visitor_text=note)
    return pieces
