"""Years in a text that were left over from an earlier round of a course."""

import re
from dataclasses import dataclass

_YEAR = re.compile(r"(?<![\d/.,])(20\d\d)(?![\d/]|[.,]\d)")
# The year of a rule stays: "PP 43/2014", "Nomor 6 Tahun 2014", "UU No. 3 Thn 2024".
_RULE = re.compile(
    r"\b(?:(?:nomor|no\.?|nr\.?)\s*)?\d{1,4}[A-Z]?\s*(?:/|(?:tahun|thn\.?|th\.?|of)\s+)\s*20\d\d\b",
    re.IGNORECASE,
)
# The day on which something was in force, read or signed is a fact: "27 Maret 2026".
_MONTHS = (
    r"jan(?:uari|uary)?|feb(?:ruari|ruary)?|mar(?:et|ch)?|apr(?:il)?|mei|may|jun[ie]|jul[iy]|agustus|august|"
    r"sep(?:tember)?|okt(?:ober)?|oct(?:ober)?|nov(?:ember)?|des(?:ember)?|dec(?:ember)?"
)
_DAY = re.compile(rf"\b\d{{1,2}}\s+(?:{_MONTHS})\s+20\d\d\b", re.IGNORECASE)
_AROUND = 24


@dataclass(frozen=True, slots=True)
class StaleYear:
    """A year before that of the course, and the words around it. ``expected``: it is the former one."""

    year: int
    context: str
    expected: bool


def stale_years(text: str, *, year: int, formerly: int | None = None) -> list[StaleYear]:
    """The years from 2000 on that lie before ``year``, each once, as they come.

    Left out: the year of a rule, which is part of its name. A full date stays, too, unless it has the year
    of the course that the text was copied from (``formerly``).
    """
    blanked = _RULE.sub(lambda found: " " * len(found.group()), text)
    found: dict[int, StaleYear] = {}
    dates = [match.span() for match in _DAY.finditer(blanked)]
    for match in _YEAR.finditer(blanked):
        value, expected = int(match[1]), int(match[1]) == formerly
        dated = any(start <= match.start() < end for start, end in dates)
        if value < year and value not in found and (expected or not dated):
            found[value] = StaleYear(value, _around(text, *match.span()), expected)
    return list(found.values())


def _around(text: str, start: int, end: int) -> str:
    """The words beside a place, cut at spaces."""
    before = text[max(0, start - _AROUND) : start].split("\n")[-1]
    after = text[end : end + _AROUND].split("\n")[0]
    if start > _AROUND and " " in before:
        before = "… " + before.split(" ", 1)[1]
    if end + _AROUND < len(text) and " " in after:
        after = after.rsplit(" ", 1)[0] + " …"
    return f"{before}{text[start:end]}{after}".strip()
