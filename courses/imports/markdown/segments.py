"""A text cut at its ``:::`` containers."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from courses.imports.markdown.text import MalformedTextError

_FENCE = re.compile(r"^:::(?P<kind>\w*)(?:\s+(?P<title>\S.*?))?\s*$")


@dataclass(frozen=True, slots=True)
class Segment:
    """Lines that belong together: free text (no kind) or the inside of a container."""

    line: int
    kind: str = ""
    title: str = ""
    lines: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    @property
    def text_line(self) -> int:
        return self.line + 1 if self.kind else self.line


def segments(text: str, *, known: Collection[str]) -> Iterator[Segment]:
    """Cut a text at its containers. Raises MalformedTextError for one that opens or closes wrongly."""
    current = Segment(line=1)
    for number, line in enumerate(text.splitlines(), start=1):
        fence = _FENCE.match(line)
        if fence is None:
            current.lines.append(line)
            continue
        kind = fence["kind"]
        if kind and current.kind:
            raise MalformedTextError(number, _("A container opens inside another one."))
        if kind and kind not in known:
            params = {"kind": kind, "known": ", ".join(known)}
            raise MalformedTextError(number, _("“:::%(kind)s” is not known. Use: %(known)s.") % params)
        if not kind and not current.kind:
            raise MalformedTextError(number, _("“:::” closes nothing."))
        yield current
        current = Segment(number, kind, fence["title"] or "") if kind else Segment(line=number + 1)
    if current.kind:
        raise MalformedTextError(current.line, _("The container is never closed by “:::”."))
    yield current
