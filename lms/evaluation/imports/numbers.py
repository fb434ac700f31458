"""From the text of a cell to an exact number, with a comma or a point before the decimals."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from lms.evaluation.imports.opening import DATE, FORMULA
from lms.evaluation.imports.vocabulary import MISSING, RIGHT, WRONG
from lms.people.names import plain

_NUMBER = re.compile(r"([+-]?)(\d{1,12})(?:[.,](\d{1,12}))?(%?)")
_GROUPED = re.compile(r"([+-]?)(\d{1,3}(?:([.,\s'])\d{3})+)(?:([.,])(\d{1,12}))?")
_OUT_OF = re.compile(r"(\d{1,6}(?:[.,]\d{1,6})?)\s*/\s*(\d{1,6})")
_LIKE_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}")


@dataclass(frozen=True, slots=True)
class Parsed:
    """``value`` None: nothing stands there, or nothing that can be used; then ``problem`` says so.

    ``out_of`` is the 20 of a cell that says 15/20. ``separator`` is the decimal sign that was read.
    """

    value: Fraction | None = None
    problem: str = ""
    out_of: int | None = None
    separator: str = ""


NOTHING = Parsed()
UNREADABLE, A_DATE, A_FORMULA = Parsed(problem="text"), Parsed(problem="date"), Parsed(problem="formula")


@lru_cache(maxsize=5_000)
def is_missing(text: str) -> bool:
    """Whether a cell says that there is nothing: empty, a dash, *tidak hadir*."""
    return not text or plain(text) in MISSING


@lru_cache(maxsize=5_000)
def parse_score(text: str) -> Parsed:
    """A total score, or the points of an answer. Exact: ``0,1`` is one tenth."""
    if is_missing(text):
        return NOTHING
    if text in (DATE, FORMULA):
        return A_DATE if text == DATE else A_FORMULA
    spaced = text.replace("−", "-").replace("\u00a0", " ").strip()
    found = _NUMBER.fullmatch(spaced)
    if found:
        sign, whole, decimals, _percent = found.groups()
        separator = "" if decimals is None else spaced[len(sign) + len(whole)]
        return Parsed(_exact(sign, whole, decimals or ""), separator=separator)
    grouped = _GROUPED.fullmatch(spaced)
    if grouped and grouped[3] != grouped[4]:
        whole = re.sub(r"\D", "", grouped[2])
        return Parsed(_exact(grouped[1], whole, grouped[5] or ""), separator=grouped[4] or "")
    share = _OUT_OF.fullmatch(spaced)
    if share:
        part = parse_score(share[1])
        return Parsed(part.value, out_of=int(share[2]), separator=part.separator)
    return UNREADABLE


@lru_cache(maxsize=5_000)
def parse_answer(text: str) -> Parsed:
    """The points of one answer: a number, or a word or sign for right and wrong."""
    word = plain(text)
    if word in RIGHT:
        return Parsed(Fraction(1))
    if word in WRONG:
        return Parsed(Fraction(0))
    return parse_score(text)


def looks_grouped(cells: Iterable[str]) -> bool:
    """Whether 1.234 may have meant a thousand here: every cell with a sign looks like that."""
    signed = [text for text in cells if parse_score(text).separator]
    return bool(signed) and all(_LIKE_THOUSANDS.fullmatch(text) for text in signed)


def _exact(sign: str, whole: str, decimals: str) -> Fraction:
    value = Fraction(int(whole + decimals), 10 ** len(decimals))
    return -value if sign == "-" else value
