"""The places for years in the texts of a course, so that the next round needs no search and replace.

Leaf and pure. Authors write ``{tahun_pelaksanaan}`` (the year of the training) and ``{tahun_dokumen}`` (the
year after, that of the village's documents). What is published holds the years; what is edited the places.
"""

from typing import Any

YEAR_OF_TRAINING = "{tahun_pelaksanaan}"
YEAR_OF_DOCUMENTS = "{tahun_dokumen}"


def has_token(text: str) -> bool:
    """Whether a text holds a place for a year."""
    return YEAR_OF_TRAINING in text or YEAR_OF_DOCUMENTS in text


def with_years(value: Any, *, year: int) -> Any:
    """The same value with years in all of its texts, however deep they lie. Other braces stay as they are."""
    if isinstance(value, str):
        return value.replace(YEAR_OF_TRAINING, str(year)).replace(YEAR_OF_DOCUMENTS, str(year + 1))
    if isinstance(value, dict):
        return {name: with_years(part, year=year) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [with_years(part, year=year) for part in value]
    return value
