"""GIFT: from the file to drafts. What stands between the braces is read in ``gift_answers``."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from assessments.datasets.drafts import ParsedFile, QuestionDraft, Refusal
from assessments.imports.gift_answers import read_answers, rich_text, unescape
from assessments.imports.plain import CannotTakeError, TooLongError
from assessments.imports.reading import MAX_QUESTIONS, decode, refuse

FORMAT = "gift"
# Escaped characters stand as private ones until the text is taken apart, then come back.
_ESCAPABLE = "\\~=#{}:"
_HIDDEN = {f"\\{mark}": chr(0xE000 + index) for index, mark in enumerate(_ESCAPABLE)}
_BLANK = "_____"
_CATEGORY = re.compile(r"\$CATEGORY\s*:\s*(.*)", re.IGNORECASE)
_TITLE = re.compile(r"::(.*?)::", re.DOTALL)
_COMMENT_ID = re.compile(r"\[id:([^\[\]]*)\]")
_COMMENT_TAG = re.compile(r"\[tag:([^\[\]]*)\]")


@dataclass(slots=True)
class Block:
    """The lines of one question, with what comments before it say about it."""

    line: int
    lines: list[str] = field(default_factory=list)
    code: str = ""
    tags: list[str] = field(default_factory=list)
    category: str = ""
    depth: int = 0

    def add(self, line: str) -> None:
        self.lines.append(line)
        self.depth += line.count("{") - line.count("}")

    @property
    def is_open(self) -> bool:
        """Whether its braces are not closed yet, and it has not swallowed the next question."""
        return self.depth > 0 and len(self.lines) < 200

    @property
    def text(self) -> str:
        return "\n".join(self.lines).strip()


def parse(data: bytes) -> ParsedFile:
    """Raises ValidationError if it has too many questions."""
    parsed = ParsedFile(FORMAT)
    for number, block in enumerate(_blocks(decode(data)), start=1):
        if number > MAX_QUESTIONS:
            raise refuse(_("This file has more than 5,000 questions. Divide it into smaller files."), "size")
        _read(block, parsed)
    return parsed


def hide(text: str) -> str:
    """Escaped marks as private characters; private characters of the file itself fall away."""
    bare = re.sub("[\ue000-\ue0ff]", "", text)
    return re.sub(r"\\[\\~=#{}:]", lambda found: _HIDDEN[found[0]], bare)


def _blocks(text: str) -> Iterator[Block]:
    """Questions are parted by empty lines; one between open braces belongs to the question."""
    category = ""
    block = Block(1)
    for number, raw in enumerate(hide(text).split("\n"), start=1):
        line = raw.strip()
        found = _CATEGORY.match(line)
        if line.startswith("//") or found:
            if found:
                category = unescape(found[1]).strip()
            _remark(block, line)
        elif line:
            if not block.lines:
                block.line = number
            block.add(line)
            continue
        if block.lines and not block.is_open and not line.startswith("//"):
            block.category = block.category or category
            yield block
            block = Block(number + 1)
    if block.lines:
        block.category = category
        yield block


def _remark(block: Block, line: str) -> None:
    """Moodle writes number and tags of a question into the comment before it."""
    if block.lines:
        return
    codes = _COMMENT_ID.findall(line)
    if codes:
        block.code = unescape(codes[-1]).strip()
    block.tags += [unescape(tag).strip() for tag in _COMMENT_TAG.findall(line)]


def _read(block: Block, parsed: ParsedFile) -> None:
    text = block.text
    title = ""
    found = _TITLE.match(text)
    if found:
        title = unescape(" ".join(found[1].split()))
        text = text[found.end() :].strip()
    where = _("Line %(line)d “%(name)s”") % {"line": block.line, "name": (title or unescape(text))[:60]}
    where = " ".join(where.split())
    try:
        draft = _draft(text, where)
    except CannotTakeError as reason:
        parsed.entries.append(Refusal(where, str(reason), title))
        return
    except TooLongError:
        parsed.entries.append(Refusal(where, _("A text in it is far too long."), title))
        return
    if draft is None:
        parsed.unknown["description"] += 1
        return
    draft.title, draft.code, draft.tags = title, block.code, block.tags
    draft.place["category"] = block.category.removeprefix("$course$").strip("/").removeprefix("top/")[:200]
    parsed.entries.append(draft)


def _draft(text: str, where: str) -> QuestionDraft | None:
    start, end = text.find("{"), text.rfind("}")
    if start < 0 and end < 0:
        return None
    if start < 0 or end < start:
        raise CannotTakeError(_("A brace { or } is missing."))
    inner = text[start + 1 : end]
    if "{" in inner or "}" in inner:
        raise CannotTakeError(
            _("It has more than one gap. Only questions with one place to answer are taken.")
        )
    before, after = text[:start].rstrip(), text[end + 1 :].strip()
    # The answer stands in the middle of the sentence: the gap shows where.
    stem = f"{before} {_BLANK} {after}" if after else before
    if after and after[0] in ".,;:!?)":
        stem = f"{before} {_BLANK}{after}"
    style, words = split_style(stem)
    draft = QuestionDraft("", where, rich_text(words, style, draft_changes := []))
    draft.changes += draft_changes
    read_answers(inner.strip(), draft, style)
    return draft


def split_style(text: str) -> tuple[str, str]:
    """[html], [markdown], [plain] or [moodle] before a text."""
    found = re.match(r"\[(html|markdown|plain|moodle)\]", text, re.IGNORECASE)
    return (found[1].lower(), text[found.end() :].strip()) if found else ("moodle", text)
