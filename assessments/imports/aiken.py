"""Aiken: a question, its options A, B, C … and a line ANSWER. As forgiving as people who type it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _

from assessments.datasets.drafts import OptionDraft, ParsedFile, QuestionDraft, Refusal
from assessments.imports.plain import MAX_TEXT
from assessments.imports.reading import MAX_QUESTIONS, decode, refuse

FORMAT = "aiken"
_OPTION = re.compile(r"([A-Za-z])[.)]\s*(\S.*)")
ANSWER = re.compile(r"(?:ANSWER|JAWABAN)\s*:\s*(.*)", re.IGNORECASE)
_MAX_ANSWER = 200  # of a line that names letters; the pattern is slow on endless spaces
_LETTERS = re.compile(r"[A-Za-z](?:\s*[,;&]?\s*[A-Za-z])*\.?")


@dataclass(slots=True)
class _Question:
    line: int = 0
    stem: list[str] = field(default_factory=list)
    options: list[list[str]] = field(default_factory=list)  # the lines of each
    gap: bool = False  # an empty line after the last option
    joined: bool = False

    @property
    def where(self) -> str:
        name = " ".join(self.stem)[:60]
        return _("Line %(line)d “%(name)s”") % {"line": self.line, "name": name}


def parse(data: bytes) -> ParsedFile:
    """Raises ValidationError if it has too many questions."""
    parsed = ParsedFile(FORMAT)
    question = _Question()
    for number, raw in enumerate(decode(data).split("\n"), start=1):
        question = _take(raw.strip(), number, question, parsed)
        if len(parsed.entries) > MAX_QUESTIONS:
            raise refuse(_("This file has more than 5,000 questions. Divide it into smaller files."), "size")
    if question.options or question.stem:
        parsed.entries.append(_unanswered(question))
    return parsed


def _take(line: str, number: int, question: _Question, parsed: ParsedFile) -> _Question:
    """One line more; returns the question that the next line belongs to."""
    answer = ANSWER.fullmatch(line)
    option = _OPTION.fullmatch(line)
    expected = chr(ord("A") + len(question.options))
    if not line:
        question.gap = bool(question.options)
    elif answer:
        parsed.entries.append(_finished(question, answer[1].strip(), number))
        return _Question()
    elif option and question.stem and option[1].upper() == expected:
        question.options.append([option[2]])
        question.gap = False
    elif question.options and not question.gap:
        question.options[-1].append(line)
        question.joined = True
    elif question.options:
        # A new question begins although the last one had no answer.
        parsed.entries.append(_unanswered(question))
        return _Question(number, [line])
    else:
        question.line = question.line or number
        question.stem.append(line)
    return question


def _unanswered(question: _Question) -> Refusal:
    reason = (
        _("The line with ANSWER is missing.")
        if question.options
        else _("It has no options A, B, C to choose.")
    )
    return Refusal(question.where, reason, " ".join(question.stem)[:120])


def _finished(question: _Question, answer: str, number: int) -> QuestionDraft | Refusal:
    question.line = question.line or number
    if not question.options or not question.stem:
        return Refusal(question.where, _("It has no options A, B, C to choose."))
    is_letters = len(answer) <= _MAX_ANSWER and _LETTERS.fullmatch(answer)
    letters = re.findall(r"[A-Za-z]", answer) if is_letters else []
    places = {ord(letter.upper()) - ord("A") for letter in letters}
    if not places or max(places) >= len(question.options):
        reason = _("Its ANSWER “%(answer)s” is not the letter of an option.") % {"answer": answer[:20]}
        return Refusal(question.where, reason, " ".join(question.stem)[:120])
    options = [" ".join(lines) for lines in question.options]
    if len("\n".join([*question.stem, *options])) > MAX_TEXT:
        return Refusal(question.where, _("A text in it is far too long."))
    draft = QuestionDraft(
        "multiple" if len(places) > 1 else "single", question.where, "\n".join(question.stem)
    )
    draft.options = _options(options, places)
    if question.joined:
        draft.changes.append(_("Lines that belong to no letter were joined to the option above."))
    return draft


def _options(texts: Iterable[str], right: set[int]) -> list[OptionDraft]:
    return [
        OptionDraft(text, correct=place in right, fraction=Decimal(100 if place in right else 0))
        for place, text in enumerate(texts)
    ]
