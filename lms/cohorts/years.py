"""Years in the words of a training: tokens that follow its dates, and years that were left over from another.

The founding document spoke of "2017 for the 2018 documents" at an event of June 2018: it had been copied from
the year before. Pure functions.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

TOKEN_OF_TRAINING = "{tahun_pelaksanaan}"
TOKEN_OF_DOCUMENTS = "{tahun_dokumen}"

# A year that stands alone. What follows "/" or "Nomor 6 Tahun" is the year of a rule: PP 16/2026.
_YEAR = re.compile(r"(?<![\d/])(20(?:1[6-9]|[2-9]\d))(?!\d)")
_RULE = re.compile(r"\b(?:nomor|no\.?)\s*\d+\s+tahun\s+20\d\d", re.IGNORECASE)


def render_years(text: str, *, training: int, documents: int) -> str:
    """The text with both tokens replaced; everything else, other braces included, stays as it is."""
    return text.replace(TOKEN_OF_TRAINING, str(training)).replace(TOKEN_OF_DOCUMENTS, str(documents))


def has_token(text: str) -> bool:
    """Whether a text holds a token."""
    return TOKEN_OF_TRAINING in text or TOKEN_OF_DOCUMENTS in text


@dataclass(frozen=True, slots=True)
class StaleYear:
    """A year that does not fit the training, and the token that would follow it by itself."""

    year: int
    token: str


def stale_years(
    text: str, *, fitting: Collection[int], formerly: tuple[int, int] | None = None
) -> list[StaleYear]:
    """The years from 2016 to 2099 in a text that are none of the ``fitting`` ones, each once, as they come.

    ``formerly`` are the years (training, documents) of the training that the text was copied from: they tell
    which token is meant. Without them, an earlier year is taken for that of the training.
    """
    years = dict.fromkeys(_years_in(text))
    return [StaleYear(year, _meant(year, fitting, formerly)) for year in years if year not in fitting]


def _years_in(text: str) -> Iterator[int]:
    for found in _YEAR.finditer(_RULE.sub("", text)):
        yield int(found[1])


def _meant(year: int, fitting: Collection[int], formerly: tuple[int, int] | None) -> str:
    if formerly is not None and year in formerly:
        return TOKEN_OF_TRAINING if year == formerly[0] else TOKEN_OF_DOCUMENTS
    return TOKEN_OF_DOCUMENTS if fitting and year > max(fitting) else TOKEN_OF_TRAINING
