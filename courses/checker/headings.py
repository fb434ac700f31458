"""Headings in the order in which somebody who hears the page goes through it."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from courses.checker.findings import Finding, warning
from courses.checker.words import RawBlock, plain_lines

_HEADING = re.compile(r"<h([1-6])[^>]*>(.*?)</h\1>", re.IGNORECASE | re.DOTALL)


def check_headings(text: str, *, where: str = "", above: int = 1) -> Iterator[Finding]:
    """Headings of a rich text that are empty or skip a level. ``above``: the level that stands over it."""
    for level, words in (
        (int(found[1]), " ".join(plain_lines(found[2]))) for found in _HEADING.finditer(text)
    ):
        if not words:
            yield warning("empty_heading", _("A heading has no words. Write them or remove it."), where=where)
            continue
        if level > above + 1:
            yield warning(
                "heading_order",
                _("The heading “%(words)s” skips a level. Make it a larger heading.") % {"words": words},
                where=where,
            )
        above = level


def check_sections(blocks: list[RawBlock]) -> Iterator[Finding]:
    """Headings of a lesson with nothing below them. Their level is always the same."""
    for place, block in enumerate(blocks, start=1):
        if block.get("type") != "heading":
            continue
        following = blocks[place].get("type") if place < len(blocks) else None
        words = " ".join(plain_lines(str(block.get("value") or "")))
        if not words:
            yield warning("empty_heading", _("A heading has no words. Write them or remove it."), place)
        elif following in (None, "heading"):
            yield warning(
                "empty_section",
                _("Nothing stands below the heading “%(words)s”.") % {"words": words},
                place,
            )
