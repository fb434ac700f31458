"""Papers: one or several documents in one PDF, on A4 or F4, below a letterhead, with page numbers.

A template is a ``.typ`` file with ``#let paper(d) = …``; it imports ``/kit/kit.typ`` and reads its own
folder, the kit and nothing else. What ``d`` holds comes from ``Part.data`` and is placed as text, never as
markup.
"""

import shutil
import tempfile
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Literal

from lms.press import print_pdf
from lms.press.indonesian import long_date

_KIT = Path(__file__).parent / "typst"
# What a screen reader can read. Left out, with a plain file, when the font lacks a letter.
_PROFILES = ("ua-1",)
# A pack of forty people takes about two seconds.
_SECONDS = 60

PaperSize = Literal["a4", "f4"]
Orientation = Literal["portrait", "landscape"]
SIZES: tuple[PaperSize, ...] = ("a4", "f4")


@dataclass(frozen=True, slots=True)
class Heading:
    """A letterhead (*kop surat*): lines of the issuer, the last largest; of the address; a PNG or nothing."""

    lines: tuple[str, ...]
    contact: tuple[str, ...] = ()
    logo: bytes = b""


@dataclass(frozen=True, slots=True)
class Frame:
    """What all papers of one PDF share. ``code`` and ``printed_on`` stand at the foot of each page."""

    title: str
    heading: Heading
    code: str
    printed_on: date
    is_simulated: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """One document: its pages are numbered by themselves and begin with the letterhead if it has one."""

    template: Path
    data: dict[str, Any] = field(default_factory=dict)
    orientation: Orientation = "portrait"
    has_heading: bool = True


def print_paper(
    template: Path,
    data: dict[str, Any],
    paper: PaperSize = "a4",
    *,
    frame: Frame,
    orientation: Orientation = "portrait",
    has_heading: bool = True,
) -> bytes:
    """One paper as PDF; the same template, data, frame and size give the same bytes.

    Raises RuntimeError if it takes too long or cannot be set at all.
    """
    return print_parts([Part(template, data, orientation, has_heading)], paper, frame=frame)


def print_parts(parts: Sequence[Part], paper: PaperSize = "a4", *, frame: Frame) -> bytes:
    """Several papers, one behind the other, in one PDF. Raises RuntimeError like ``print_paper``."""
    with _workshop(parts, frame) as main:
        data = {
            "title": frame.title,
            "issuer": frame.heading.lines[-1] if frame.heading.lines else "",
            "code": frame.code,
            "printed_on": long_date(frame.printed_on),
            "is_simulated": frame.is_simulated,
            "paper": paper,
            "heading": {
                "lines": frame.heading.lines,
                "contact": frame.heading.contact,
                "has_logo": bool(frame.heading.logo),
            },
            "parts": [
                {"data": part.data, "landscape": part.orientation == "landscape", "heading": part.has_heading}
                for part in parts
            ],
        }
        timestamp = int(datetime(*frame.printed_on.timetuple()[:3], tzinfo=UTC).timestamp())
        printed = print_pdf(main, _plain(data), timestamp=timestamp, profiles=_PROFILES, seconds=_SECONDS)
        return printed.pdf


def plain(words: str) -> str:
    """Without control and direction characters, which could turn a line around; line breaks stay."""
    text = unicodedata.normalize("NFC", words).replace("\r\n", "\n")
    return "".join(sign for sign in text if sign == "\n" or unicodedata.category(sign)[0] != "C").strip()


def _plain(value: Any) -> Any:
    """The same data with every text made ``plain``, so that no caller can forget it."""
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value


@contextmanager
def _workshop(parts: Sequence[Part], frame: Frame) -> Iterator[Path]:
    """A folder that holds the kit, the folders of the templates and the logo, and goes afterwards.

    It is all that the templates can read. No text of anybody is written there: the data goes in by pipe.
    """
    folders = list(dict.fromkeys(part.template.parent for part in parts))
    with tempfile.TemporaryDirectory(prefix="paper-") as name:
        root = Path(name)
        shutil.copytree(_KIT, root / "kit")
        if frame.heading.logo:
            (root / "kit" / "logo.png").write_bytes(frame.heading.logo)
        for place, folder in enumerate(folders):
            shutil.copytree(folder, root / f"p{place}")
        main = root / "main.typ"
        main.write_text(_main(parts, folders))
        yield main


def _main(parts: Sequence[Part], folders: list[Path]) -> str:
    """The document that calls the templates in turn. Made of numbers and names of our own files only."""
    templates = list(dict.fromkeys(part.template for part in parts))
    lines = ['#import "/kit/kit.typ": d, sheet']
    lines += [
        f'#import "/p{folders.index(template.parent)}/{template.name}" as t{place}'
        for place, template in enumerate(templates)
    ]
    lines.append("#set document(title: d.title, author: d.issuer)")
    lines += [
        f"#sheet(d.parts.at({place}), t{templates.index(part.template)}.paper)"
        for place, part in enumerate(parts)
    ]
    return "\n".join(lines)
