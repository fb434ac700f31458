"""Tests on paper: what is printed, and its pictures, for Typst. The key is a document of its own."""

import io
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import translation
from PIL import Image

from assessments.models import Assessment, QuestionMedia
from lms.learning.domain.keyed import KeyedQuestion, keyed_questions
from lms.learning.domain.printed import Arranged, edition
from lms.press import print_pdf, qr_svg
from lms.press.paper import plain

_TEMPLATES = Path(__file__).parent.parent / "typst"
_PROFILES = ("ua-1",)
# Forty people in large print take a few seconds.
_SECONDS = 60
_LONGEST_SIDE = 1000
_LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Copy:
    """One person's copy; all empty for one to write on."""

    code: str = ""
    name: str = ""
    mark: str = ""  # what the QR code says


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above the questions."""

    training: str
    occasion: str
    letter: str
    issuer: str = ""
    is_simulated: bool = False


def form_pdf(
    *,
    arranged: list[Arranged],
    assessment: Assessment,
    heading: Heading,
    copies: Iterable[Copy],
    large: bool,
) -> bytes:
    """Questions and answer sheet for each copy, in Indonesian as the questions are. Never the key."""
    with translation.override(settings.LANGUAGE_CODE), _workshop("paper.typ") as (template, folder):
        questions = keyed_questions(arranged, assessment)
        pictures = _Pictures(folder, questions)
        data = {
            **_frame(arranged, assessment, heading, large=large),
            "instructions": _text(assessment.instructions),
            "offers_dont_know": any(question.offers_dont_know for question in questions),
            "questions": [_printed(question, pictures) for question in questions],
            "copies": [_copy(copy) for copy in copies],
        }
        return print_pdf(template, data, timestamp=0, profiles=_PROFILES, seconds=_SECONDS).pdf


def key_pdf(*, arranged: list[Arranged], assessment: Assessment, heading: Heading) -> bytes:
    """The right answers, as they are typed and in words, for staff who may see questions."""
    with translation.override(settings.LANGUAGE_CODE), _workshop("key.typ") as (template, _folder):
        rows = zip(arranged, keyed_questions(arranged, assessment), strict=True)
        data = {
            **_frame(arranged, assessment, heading, large=False),
            "questions": [_key(item, question) for item, question in rows],
        }
        return print_pdf(template, data, timestamp=0, profiles=_PROFILES, seconds=_SECONDS).pdf


def _frame(
    arranged: list[Arranged], assessment: Assessment, heading: Heading, *, large: bool
) -> dict[str, Any]:
    return {
        "title": _text(assessment.title),
        "training": _text(heading.training),
        "occasion": _text(heading.occasion),
        "letter": heading.letter,
        "issuer": _text(heading.issuer),
        "is_simulated": heading.is_simulated,
        "edition": edition(arranged),
        "large": large,
    }


def _printed(question: KeyedQuestion, pictures: "_Pictures") -> dict[str, Any]:
    block, payload = question.block, question.payload
    audio = payload.get("audio")
    return {
        "number": question.position,
        "stem": _text(payload["stem"]),
        "image": pictures.of(payload.get("image")),
        "audio": _text(audio["text"]) if audio else None,
        "hint": _text(block["hint"]),
        "lists": [
            {
                "title": _text(each["title"]),
                "rows": [
                    {
                        "label": row["label"],
                        "text": _text(row["text"]),
                        "image": pictures.of(row.get("image")),
                    }
                    for row in each["rows"]
                ],
            }
            for each in block["lists"]
        ],
        "answer": block["answer"],
        "cells": block["cells"],
        "labels": question.letters,
        "dont_know": question.offers_dont_know,
    }


def _key(item: Arranged, question: KeyedQuestion) -> dict[str, Any]:
    correct = item.question.correct_response()
    return {
        "number": question.position,
        "stem": _text(item.question.stem),
        "key": _text(question.write(correct)) if correct is not None else "–",
        "key_words": [_text(part) for part in item.question.describe_key()],
        "points": item.question.points,
    }


def _copy(copy: Copy) -> dict[str, str]:
    return {
        "code": _text(copy.code),
        "name": _text(copy.name)[:_LONGEST_NAME],
        "qr": qr_svg(copy.mark, border=2) if copy.mark else "",
    }


def _text(words: Any) -> str:
    """Without control and direction characters, which could turn a line around; line breaks stay."""
    return plain(str(words))


@contextmanager
def _workshop(template: str) -> Iterator[tuple[Path, Path]]:
    """A folder with the templates, to which the pictures of this document are added, and nothing else."""
    with tempfile.TemporaryDirectory(prefix="paper-") as name:
        folder = Path(name)
        for file in _TEMPLATES.glob("*.typ"):
            shutil.copy(file, folder / file.name)
        yield folder / template, folder


class _Pictures:
    """The pictures of some questions, drawn anew at a size for paper: no upload reaches Typst as it is."""

    def __init__(self, folder: Path, questions: list[KeyedQuestion]) -> None:
        self._folder = folder
        self._files: dict[str, str] = {}
        self._media = QuestionMedia.objects.in_bulk({each["id"] for q in questions for each in _images(q)})

    def of(self, image: dict[str, str] | None) -> dict[str, str] | None:
        """The file and the words of a picture; without a file if it cannot be read."""
        if image is None:
            return None
        if image["id"] not in self._files:
            self._files[image["id"]] = self._draw(image["id"])
        return {"file": self._files[image["id"]], "alt": _text(image["alt"])}

    def _draw(self, identity: str) -> str:
        media = next((m for pk, m in self._media.items() if str(pk) == identity), None)
        name = f"{len(self._files)}.png"
        try:
            with media.file.open("rb") as file:  # type: ignore[union-attr]
                picture = Image.open(io.BytesIO(file.read()))
                picture.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
                picture.convert("RGBA").save(self._folder / name)
        except (AttributeError, OSError, ValueError, Image.DecompressionBombError):
            return ""
        return name


def _images(question: KeyedQuestion) -> Iterator[dict[str, str]]:
    rows = [row for each in question.block["lists"] for row in each["rows"]]
    for holder in (question.payload, *rows):
        if holder.get("image"):
            yield holder["image"]
