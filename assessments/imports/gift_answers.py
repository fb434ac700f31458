"""What stands between the braces of a GIFT question: which kind it is, and its answers."""

import re
from collections.abc import Callable
from decimal import Decimal

from django.utils.translation import gettext as _

from assessments.datasets.drafts import OptionDraft, PairDraft, QuestionDraft
from assessments.imports.moodle_question import decimal
from assessments.imports.plain import CannotTakeError, check_number, html_to_text, one_line, plain_to_text
from assessments.imports.weights import (
    feedback_to_note,
    several_right,
    single_right,
    spellings,
    true_or_false_feedback,
)

_MARKS = "\\~=#{}:"
_SHOWN = {0xE000 + index: mark for index, mark in enumerate(_MARKS)}
_STYLE = re.compile(r"\s*\[(html|markdown|plain|moodle)\]", re.IGNORECASE)
_WEIGHT = re.compile(r"%\s*(-?[0-9]+(?:[.,][0-9]*)?)\s*%")
_TRUTH = {"t": True, "true": True, "f": False, "false": False}
FULL = Decimal(100)


def unescape(text: str) -> str:
    """Hidden marks as the marks that they stand for."""
    return text.translate(_SHOWN)


def rich_text(text: str, style: str, changes: list[str]) -> str:
    """A text with its line breaks. ``\\n`` is GIFT's way to break a line. Raises TooLongError."""
    found = _STYLE.match(text)
    if found:
        style, text = found[1].lower(), text[found.end() :]
    written = unescape(text.replace("\\n", "\n"))
    looks_like_html = style == "html" or (style == "moodle" and re.search(r"</?[a-zA-Z][^<>]*>", written))
    plain = html_to_text(written) if looks_like_html else plain_to_text(written)
    if plain.pictures or plain.lost:
        changes.append(_("Pictures, sound and film are not part of GIFT files and were left out."))
    return plain.text


def read_answers(inner: str, draft: QuestionDraft, style: str) -> None:
    """Fill the draft with kind and answers. Raises CannotTakeError."""
    answers, mark, general = inner.rpartition("####")
    if mark:
        inner, draft.feedback = answers.strip(), rich_text(general, style, draft.changes)
    check_number(inner.count("~") + inner.count("="))
    read = next(read for fits, read in _KINDS if fits(inner))
    read(inner, draft, style)


def _is_truth(inner: str) -> bool:
    return inner.partition("#")[0].strip().lower() in _TRUTH


def _essay(inner: str, draft: QuestionDraft, style: str) -> None:
    draft.kind = "open_text"


def _true_false(inner: str, draft: QuestionDraft, style: str) -> None:
    word, *remarks = inner.split("#")
    draft.kind = "true_false"
    draft.truth = _TRUTH[word.strip().lower()]
    texts = [rich_text(remark, style, draft.changes) for remark in remarks]
    true_or_false_feedback(draft, texts)


def _matching(inner: str, draft: QuestionDraft, style: str) -> None:
    draft.kind = "matching"
    for part in inner.split("=")[1:]:
        left, arrow, right = part.partition("->")
        if not arrow:
            raise CannotTakeError(_("A pair has no -> between its two sides."))
        sides = [one_line(rich_text(side, style, draft.changes)) for side in (left, right)]
        if sides[1]:
            draft.pairs.append(PairDraft(*sides))


def _choice(inner: str, draft: QuestionDraft, style: str) -> None:
    draft.options = _options(inner, draft, style)
    single = any(option.fraction == FULL for option in draft.options) and not _several(inner)
    draft.kind = "single" if single else "multiple"
    (single_right if single else several_right)(draft)


def _several(inner: str) -> bool:
    """Without an answer marked =, weights say that several are right; so Moodle reads it too."""
    return "=" not in inner


def _short_answer(inner: str, draft: QuestionDraft, style: str) -> None:
    draft.kind = "short_answer"
    spellings(draft, _options(inner, draft, style))


def _options(inner: str, draft: QuestionDraft, style: str) -> list[OptionDraft]:
    if not inner.startswith(("=", "~")):
        raise CannotTakeError(_("Its answers must begin with = or ~."))
    options = []
    for mark, part in re.findall(r"([=~])([^=~]*)", inner):
        fraction = FULL if mark == "=" else Decimal(0)
        found = _WEIGHT.match(part.strip())
        if found:
            part = part.strip()[found.end() :]
            fraction = decimal(found[1]) or Decimal(0)
        text, _mark, remark = part.partition("#")
        words = one_line(rich_text(text.strip(), style, draft.changes))
        if words:
            options.append(
                OptionDraft(
                    words, fraction=fraction, rationale=rich_text(remark.strip(), style, draft.changes)
                )
            )
    return options


def _numeric(inner: str, draft: QuestionDraft, style: str) -> None:
    draft.kind = "numeric"
    body = inner[1:].strip()
    parts = re.findall(r"([=~])([^=~]*)", body) if body[:1] in ("=", "~") else [("=", body)]
    full: list[tuple[Decimal, Decimal]] = []
    for mark, part in parts:
        text, _mark, remark = part.partition("#")
        found = _WEIGHT.match(text.strip())
        stated = decimal(found[1]) if found else None
        weight = FULL if stated is None else stated
        number = unescape(text.strip()[found.end() if found else 0 :]).strip()
        why = rich_text(remark.strip(), style, draft.changes)
        if mark == "~" or (number == "*" and weight <= 0):
            # Every other number.
            feedback_to_note(draft, [why])
        elif weight == FULL:
            full.append(_number(number))
            draft.rationale = why
        elif weight <= 0:
            wrong = number.partition(":")[0].strip()
            draft.own.setdefault("common_errors", []).append(
                {"value": wrong, **({"why": why} if why else {})}
            )
        else:
            draft.changes.append(_("Answers that earned a part of the points were left out."))
    if len(full) != 1:
        raise CannotTakeError(
            _("A number question here has exactly one right number; this one has %d.") % len(full)
        )
    draft.answer, draft.tolerance = full[0]


def _number(text: str) -> tuple[Decimal, Decimal]:
    """``3.14``, ``3.14:0.01`` (tolerance) or ``3..4`` (from … to) as number and tolerance."""
    low, dots, high = text.partition("..")
    if dots:
        first, last = decimal(low), decimal(high)
        if first is not None and last is not None and first <= last:
            return (first + last) / 2, (last - first) / 2
    number_text, colon, tolerance_text = text.partition(":")
    number, tolerance = decimal(number_text), decimal(tolerance_text) if colon else Decimal(0)
    if number is None or tolerance is None:
        raise CannotTakeError(_("“%(text)s” is not a number.") % {"text": text[:40]})
    return number, tolerance


# In this order: the first that fits says what the question is.
_KINDS: list[tuple[Callable[[str], bool], Callable[[str, QuestionDraft, str], None]]] = [
    (lambda inner: not inner, _essay),
    (lambda inner: inner.startswith("#"), _numeric),
    (_is_truth, _true_false),
    (lambda inner: inner.startswith("=") and "->" in inner and "~" not in inner, _matching),
    (lambda inner: "~" in inner, _choice),
    (lambda inner: "=" in inner, _short_answer),
    # One right answer may stand there alone.
    (lambda inner: True, lambda inner, draft, style: _short_answer(f"={inner}", draft, style)),
]
