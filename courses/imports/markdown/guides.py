"""The facilitator's guide of a lesson: steps with minutes, words to read aloud, and what to do afterwards."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from courses.imports.markdown.containers import rich
from courses.imports.markdown.drafts import Draft, RawBlock
from courses.imports.markdown.segments import Segment, segments
from courses.imports.markdown.text import MalformedTextError, flow, parse, within

_STEP = re.compile(
    r"(?:Langkah|Step) (?P<number>\d+): (?P<title>.+?) \((?P<minutes>\d+) (?:menit|minutes?)\)", re.IGNORECASE
)
_AFTER = re.compile(r"Setelah sesi|After the session", re.IGNORECASE)
_CONTAINERS = ("script", "note")
_TITLE_LIMIT = 120


@dataclass(frozen=True, slots=True)
class _Section:
    """A heading and what stands below it."""

    line: int
    heading: str
    text: str


def guide_blocks(text: str, *, seed: str) -> list[RawBlock]:
    """The body of a guide as raw StreamField data. Raises MalformedTextError. ``seed`` names the lesson."""
    draft = Draft(f"{seed}/guide")
    for section in _sections(text):
        if not section.heading:
            draft.add("opening", {"parts": _parts(section, f"{draft.seed}/opening")})
            continue
        number = draft.count["step"] + 1
        if draft.count["after"]:
            raise MalformedTextError(section.line, _("“Setelah sesi” (after the session) comes last."))
        if _AFTER.fullmatch(section.heading):
            draft.add("after", {"parts": _parts(section, f"{draft.seed}/after")})
            continue
        step = _STEP.fullmatch(section.heading)
        if step is None or int(step["number"]) != number:
            example = f"## Langkah {number}: … (10 menit)"
            raise MalformedTextError(
                section.line, _("This heading should read “%(example)s”.") % {"example": example}
            )
        value = {
            "title": within(step["title"], _TITLE_LIMIT, section.line),
            "minutes": int(step["minutes"]),
            "parts": _parts(section, f"{draft.seed}/step/{number}"),
        }
        draft.add("step", value)
    return draft.blocks


def _sections(text: str) -> Iterator[_Section]:
    heading, start, lines = "", 0, []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.startswith("## "):
            lines.append(line)
            continue
        yield from _closed(heading, start, lines)
        heading, start, lines = line.removeprefix("## ").strip(), number, []
    yield from _closed(heading, start, lines)


def _closed(heading: str, start: int, lines: list[str]) -> Iterator[_Section]:
    """What stands before the first heading has none, and no line of its own that holds it."""
    text = "\n".join(lines)
    if heading or text.strip():
        yield _Section(start, heading, text)


def _parts(section: _Section, seed: str) -> list[RawBlock]:
    draft = Draft(seed, flow_kind="text")
    try:
        for segment in segments(section.text, known=_CONTAINERS):
            _add(draft, segment)
    except MalformedTextError as error:
        raise MalformedTextError(section.line + error.line, error.problem) from error
    draft.flush()
    if not draft.blocks:
        raise MalformedTextError(section.line, _("This step is empty."))
    return draft.blocks


def _add(draft: Draft, segment: Segment) -> None:
    if not segment.kind:
        for node in parse(segment.text):
            draft.add_flow(flow(node, segment.text_line))
        return
    draft.flush()
    if not segment.text.strip():
        raise MalformedTextError(segment.line, _("The container is empty."))
    if segment.kind == "script":
        if segment.title:
            raise MalformedTextError(segment.line, _("This container takes no title."))
        draft.add("script", {"text": rich(segment)})
    else:
        title = within(segment.title, _TITLE_LIMIT, segment.line)
        draft.add("note", {"title": title, "text": rich(segment)})
