"""Citations as people write them, into their parts and back. Pure: knows no register and no database.

One citation names one place: ``UU 6/2014 Ps 79 ayat (2) jo. UU 3/2024``, ``PP 16/2026 Ps 146 ayat (4)-(6)``,
``Penjelasan UU 6/2014 Ps 54``, or a whole regulation: ``PP 43/2014``. Texts often name several places at once
(``PP 16/2026 Ps 31, 32, 108(3)``); ``citations_in`` takes them apart.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

__all__ = ["Citation", "Rule", "citations_in", "parse_citation", "parse_rule", "rules_named"]

_KIND = r"(?!Penjelasan\b)[A-Z][A-Za-z]*(?: (?!Ps\b)[A-Z][A-Za-z]*)*"
_RULE = rf"{_KIND} [1-9]\d{{0,3}}/(?:19|20|21)\d\d"
_ARTICLE = r"(?:\d+[A-Z]?(?:-\d+[A-Z]?)?|[IVX]+)"
_NUMBERS = r"\(\d+[a-z]?\)(?:-\(\d+[a-z]?\))?(?:(?:, \(\d+[a-z]?\))* dan \(\d+[a-z]?\))?"
_PART = rf"(?:ayat {_NUMBERS}|huruf [a-z](?:-[a-z])?|angka \d+(?:-\d+)?)"
_PLACE = re.compile(rf"(?P<article>{_ARTICLE})(?: (?P<part>{_PART}(?: {_PART})*))?")
_ONE = re.compile(
    rf"(?:(?P<explanation>Penjelasan(?: Umum)?) )?(?P<rule>{_RULE})"
    rf"(?: Ps (?P<article>{_ARTICLE})(?: (?P<part>{_PART}(?: {_PART})*))?)?(?: jo\. (?P<amended_by>{_RULE}))?"
)
_SEVERAL = re.compile(rf"(?P<rule>{_RULE}) Ps (?P<places>.+?)(?: jo\. (?P<amended_by>{_RULE}))?")
# What stands behind a citation for the reader: "(diubah UU 3/2024, isi sama)". Never an ayat: "(4)".
_REMARK = re.compile(r"\s+\((?!\d+[a-z]?\))[^()]*(?:\([^()]*\)[^()]*)*\)$")
_LONG_WORDS = (
    (re.compile(r"\bUndang-Undang\b", re.IGNORECASE), "UU"),
    (re.compile(r"\bPeraturan Pemerintah\b", re.IGNORECASE), "PP"),
    (re.compile(r"\bPasal\b", re.IGNORECASE), "Ps"),
    (re.compile(r"\bjuncto\b|\bjo\b\.?", re.IGNORECASE), "jo."),
    (re.compile(r"\s*\b(?:Nomor|No\.?)\s*(?=\d)", re.IGNORECASE), " "),
    (re.compile(r"(?<=\d)\s*(?:Tahun|Th\.?)\s*(?=\d{4}\b)", re.IGNORECASE), "/"),
    # "146(4)" is short for "146 ayat (4)".
    (re.compile(r"(?<=[\dA-Z])\s?(?=\(\d+[a-z]?\))(?<!ayat )"), " ayat "),
)


@dataclass(frozen=True, slots=True, order=True)
class Rule:
    """A regulation by the name that people know it by: ``PP 16/2026``."""

    kind: str
    number: int
    year: int

    def __str__(self) -> str:
        return f"{self.kind} {self.number}/{self.year}"


@dataclass(frozen=True, slots=True)
class Citation:
    """One place in a regulation. ``part`` is what follows the article: ``ayat (2) huruf b``."""

    rule: Rule
    article: str = ""
    part: str = ""
    explanation: str = ""
    amended_by: Rule | None = None

    def __str__(self) -> str:
        place = f" Ps {self.article}" if self.article else ""
        part = f" {self.part}" if self.part else ""
        amended = f" jo. {self.amended_by}" if self.amended_by else ""
        return f"{self.explanation} {self.rule}{place}{part}{amended}".strip()


def parse_rule(text: str) -> Rule | None:
    """``PP 16/2026`` as a rule; None for anything else."""
    text = _normal(text)
    if not re.fullmatch(_RULE, text):
        return None
    kind, _space, name = text.rpartition(" ")
    number, _slash, year = name.partition("/")
    return Rule(kind, int(number), int(year))


def parse_citation(text: str) -> Citation | None:
    """A text that is one citation and nothing else; None for anything else."""
    found = _ONE.fullmatch(_normal(text))
    rule = parse_rule(found["rule"]) if found else None
    if found is None or rule is None:
        return None
    amended_by = parse_rule(found["amended_by"]) if found["amended_by"] else None
    return Citation(rule, found["article"] or "", found["part"] or "", found["explanation"] or "", amended_by)


def citations_in(text: str) -> list[Citation]:
    """All citations that a text consists of, remarks in brackets left out. Empty if it is no law citation.

    A list of places is taken apart, and ``(7)`` or ``c`` alone goes on where the place before it stands:
    ``Ps 122(6),(7), 113`` are three places, ``Ps 68(1) huruf b,c`` two.
    """
    found: list[Citation] = []
    for part in text.split(";"):
        several = _of_one_rule(_REMARK.sub("", _normal(part)))
        if not several:
            return []
        found += several
    return list(dict.fromkeys(found))


def rules_named(text: str, kinds: Collection[str]) -> list[Rule]:
    """The regulations of these kinds that a text names anywhere, each once, in the order of the text."""
    words = "|".join(re.escape(kind) for kind in sorted(kinds, key=len, reverse=True))
    if not words:
        return []
    by_word = {kind.casefold(): kind for kind in kinds}
    named = re.finditer(rf"\b({words}) 0*(\d{{1,4}})/(\d{{4}})\b", _normal(text), re.IGNORECASE)
    rules = (Rule(by_word[each[1].casefold()], int(each[2]), int(each[3])) for each in named)
    return list(dict.fromkeys(rules))


def _of_one_rule(text: str) -> list[Citation]:
    one = parse_citation(text)
    if one is not None:
        return [one]
    found = _SEVERAL.fullmatch(text)
    rule = parse_rule(found["rule"]) if found else None
    if found is None or rule is None:
        return []
    amended_by = parse_rule(found["amended_by"]) if found["amended_by"] else None
    try:
        return list(_places(found["places"], Citation(rule, amended_by=amended_by)))
    except ValueError:
        return []


def _places(text: str, base: Citation) -> Iterator[Citation]:
    """Raises ValueError for a piece that is no place."""
    last = base
    for piece in re.split(r",\s*(?:dan\s+)?|\s+dan\s+", text):
        last = _place(piece.strip(), last, base)
        yield last


def _place(piece: str, last: Citation, base: Citation) -> Citation:
    explained = piece.startswith("Penjelasan Ps ")
    found = _PLACE.fullmatch(piece.removeprefix("Penjelasan ").removeprefix("Ps "))
    if found:
        explanation = "Penjelasan" if explained else ""
        return replace(base, article=found["article"], part=found["part"] or "", explanation=explanation)
    if last.article and re.fullmatch(_NUMBERS, piece.removeprefix("ayat ")):
        return replace(last, part=f"ayat {piece.removeprefix('ayat ')}")
    before, letter, _old = last.part.rpartition("huruf ")
    if letter and re.fullmatch(r"[a-z]", piece.removeprefix("huruf ")):
        return replace(last, part=f"{before}huruf {piece.removeprefix('huruf ')}")
    raise ValueError(piece)


def _normal(text: str) -> str:
    """One way to write it: short words, single spaces, plain hyphens."""
    text = re.sub(r"[‐-―]", "-", text)
    for pattern, word in _LONG_WORDS:
        text = pattern.sub(word, text)
    text = re.sub(r"\s*([-/])\s*", r"\1", text)
    return " ".join(text.split()).strip(" .,") if text.strip() else ""
