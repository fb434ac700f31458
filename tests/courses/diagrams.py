"""Drawings as the tests look at them: rendered, taken apart, and beside the text that stands for them."""

import re
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from courses.diagrams import diagram_template

CURRICULUM = Path(settings.BASE_DIR) / "courses" / "curriculum"
TEMPLATES = Path(settings.BASE_DIR) / "templates"
ALTERNATIVE = 'Tiga "kotak" & dua panah. ' * 16  # as long as the longest of the lessons
LANGUAGES = ("id", "en")

_LABEL = re.compile(
    r'{% words (?P<marked>_\()?"(?P<text>[^"]*)"\)? \S+ \S+ (?P<width>[\d.]+)'
    r"(?: size=(?P<size>\d+))?(?P<bold> bold)?"
)
_CONTAINER = re.compile(r"^:::diagram (?P<name>\S+)\n(?P<alternative>.+?)\n(?:\n|:::$)", re.M | re.S)


@dataclass(frozen=True, slots=True)
class Place:
    """A label in the words of one language, and the room that its drawing has for it."""

    text: str
    width: float
    size: float
    bold: bool


def places(name: str, language: str) -> list[Place]:
    """The labels of a drawing as its template places them."""
    template = diagram_template(name)
    assert template is not None, f"nobody has drawn {name}"
    source = (TEMPLATES / template).read_text(encoding="utf-8")
    found = list(_LABEL.finditer(source))
    assert len(found) == source.count("{% words ")
    with translation.override(language):
        return [
            Place(
                text=translation.gettext(label["text"]) if label["marked"] else label["text"],
                width=float(label["width"]),
                size=float(label["size"] or 14),
                bold=bool(label["bold"]),
            )
            for label in found
        ]


def drawn(name: str, language: str) -> str:
    """The drawing as a lesson in this language holds it."""
    template = diagram_template(name)
    assert template is not None, f"nobody has drawn {name}"
    with translation.override(language):
        return render_to_string(template, {"alternative": ALTERNATIVE})


def labels(svg: str) -> list[str]:
    """What the drawing says, one entry a label, whatever its lines."""
    root = ElementTree.fromstring(svg)
    return [" ".join(part.strip() for part in text.itertext()) for text in root.iter("text")]


def alternatives() -> list[tuple[str, str, str]]:
    """(lesson file, name of its drawing, text that stands for it) of the curriculum."""
    return [
        (path.name, found["name"], found["alternative"])
        for path in sorted(CURRICULUM.rglob("*.md"))
        for found in _CONTAINER.finditer(path.read_text(encoding="utf-8"))
    ]
