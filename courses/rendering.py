"""The text of a lesson as HTML. It is the same for everybody, so each process keeps it for a while.

What belongs to one reader (an answer, a note) or to some readers (notes of facilitators) is never part of
what is kept: those blocks come back as blocks.
"""

import hashlib
import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.html import conditional_escape, format_html_join
from django.utils.safestring import SafeString
from wagtail.blocks.stream_block import StreamValue
from wagtail.images import get_image_model

from courses.blocks.walking import values_of
from courses.legal import law_of
from courses.models import LessonPage, PreparedPicture, TextStamp

LIVE_BLOCKS = frozenset({"practice", "reflection", "facilitator"})
# Seconds. Another description of a picture, or another name of the site, is seen after this.
KEPT_FOR = 300


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a text: HTML, or a block that is drawn for this reader. ``number`` counts the blocks of
    its kind from 1; ``box_level`` is the heading level that a box may use there."""

    html: SafeString
    block: StreamValue.StreamChild | None = None
    number: int = 0
    box_level: int = 3

    @property
    def kind(self) -> str:
        return self.block.block_type if self.block is not None else ""


@dataclass(frozen=True, slots=True)
class LawParts:
    """What readers are told of the rules behind a lesson: a notice above the text, and the list below it."""

    notice: SafeString
    basis: SafeString


def law_parts(
    page: LessonPage, body: StreamValue | None, language: str, *, keep: bool = True, stamp: str = ""
) -> LawParts:
    """The law of a lesson as HTML, drawn in the language of the interface. ``keep`` and ``stamp`` as for
    ``text_parts``. Rules come into force and go on a day, so what is kept belongs to one."""
    key = f"courses.law.{page.pk}.{language}.{timezone.localdate()}.{stamp or TextStamp.objects.now()}"
    drawn: LawParts | None = cache.get(key) if keep else None
    if drawn is None:
        with translation.override(language):
            law = {"law": law_of(page, body)}
            drawn = LawParts(
                notice=render_to_string("courses/legal_notice.html", law),
                basis=render_to_string("courses/legal_basis.html", law) if law["law"].rules else SafeString(),
            )
        if keep:
            cache.set(key, drawn, timeout=KEPT_FOR)
    return drawn


def blocks_of(body: Any, kind: str) -> Iterator[tuple[uuid.UUID, Any]]:
    """Identity and stored value of the blocks of a kind, in order. No block is drawn, no query made. One
    whose identity is none (a browser may send anything) is left out."""
    for raw in body.raw_data if isinstance(body, StreamValue) else ():
        if raw["type"] != kind:
            continue
        try:
            yield uuid.UUID(str(raw.get("id"))), raw["value"]
        except ValueError:
            continue


def text_parts(body: StreamValue, language: str, *, keep: bool = True, stamp: str = "") -> list[Part]:
    """The parts of a text in their order. ``keep`` is False for previews, which change with each look.
    ``stamp`` is that of this moment (``TextStamp``), if it has been asked for already."""
    key = _key(body, language, stamp or TextStamp.objects.now()) if keep else ""
    drawn: list[SafeString] | None = cache.get(key) if key else None
    if drawn is None:
        drawn = list(_draw(body, language))
        if key:
            cache.set(key, drawn, timeout=KEPT_FOR)
    return list(_between(body, drawn))


def _key(body: StreamValue, language: str, stamp: str) -> str:
    """Named by what it says: whoever changes a text, by whatever road, makes another key."""
    said = [list(body.raw_data), language, stamp]
    digest = hashlib.sha256(json.dumps(said, default=str).encode()).hexdigest()
    return f"courses.text.{digest}"


def _draw(body: StreamValue, language: str) -> Iterator[SafeString]:
    """The HTML before the first live block, between each two, and after the last. No request: what is kept
    cannot hold anything of a reader."""
    html: list[str] = []
    PreparedPicture.objects.attach_to(values_of(get_image_model(), body))
    with translation.override(language):
        for block, level in levels(body):
            if block.block_type in LIVE_BLOCKS:
                yield _joined(html)
                html = []
            else:
                # A block without a template of its own gives its bare text.
                html.append(conditional_escape(block.render(context={"box_level": level})))
    yield _joined(html)


def _joined(html: list[str]) -> SafeString:
    return format_html_join("\n", "{}", ((piece,) for piece in html))


def _between(body: StreamValue, drawn: list[SafeString]) -> Iterator[Part]:
    counted: dict[str, int] = {}
    live = _live(body)
    for place, html in enumerate(drawn):
        if html:
            yield Part(html)
        if place < len(live):
            block, level = live[place]
            counted[block.block_type] = counted.get(block.block_type, 0) + 1
            yield Part(SafeString(), block, counted[block.block_type], level)


def _live(body: StreamValue) -> list[tuple[StreamValue.StreamChild, int]]:
    """The live blocks alone; the others need not be read into objects."""
    level, found = 2, []
    for index, raw in enumerate(body.raw_data):
        if raw["type"] == "heading":
            level = 3
        if raw["type"] in LIVE_BLOCKS:
            found.append((body[index], level))
    return found


def levels(body: StreamValue) -> Iterator[tuple[Any, int]]:
    """A box before the first heading stands one level higher, so that no level is skipped."""
    level = 2
    for block in body:
        if block.block_type == "heading":
            level = 3
        yield block, level
